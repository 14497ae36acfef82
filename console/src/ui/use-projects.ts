/** The projects of the repositories that are watched, by name. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";

interface Project {
  readonly value: string;
  readonly label: string;
}

export function useProjects(instanceId: string | undefined, enabled = true): readonly Project[] {
  const query = useQuery({ ...ask.repositories({ instanceId, chosen: true, limit: 500 }), enabled });
  const names = new Map(query.data?.rows.map(({ projectId, project }) => [projectId, project]));
  return [...names].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label));
}
