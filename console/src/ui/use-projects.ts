/** The projects of the repositories that are watched, by name. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";

interface Project {
  readonly value: string;
  readonly label: string;
}

export function useProjects(instanceId: string | undefined, enabled = true): readonly Project[] {
  const query = useQuery({ ...ask.projects(instanceId), enabled });
  return (query.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
