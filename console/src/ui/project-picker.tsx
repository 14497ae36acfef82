/** Chooses a project of an organization. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api.ts";

interface Properties {
  readonly organizationId: string | undefined;
  readonly projectId: string | undefined;
  /** Offers what belongs to no project, too. */
  readonly withNone?: boolean;
  readonly onChange: (projectId: string | undefined) => void;
}

export function ProjectPicker({ organizationId, projectId, withNone = false, onChange }: Properties) {
  const projects = useProjectsOf(organizationId);
  return (
    <NativeSelect
      aria-label="Project"
      value={projectId ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: "", label: "All projects" },
        ...(withNone && organizationId !== undefined ? [{ value: organizationId, label: noProject }] : []),
        ...projects.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

const noProject = "The organization itself";

function useProjectsOf(organizationId: string | undefined) {
  const query = useQuery({ ...ask.posture(organizationId ?? ""), enabled: organizationId !== undefined });
  return query.data?.projects ?? [];
}

/** As a chip says it. */
export function useProjectName(organizationId: string | undefined, projectId: string | undefined): string | undefined {
  const projects = useProjectsOf(projectId === undefined ? undefined : organizationId);
  if (projectId === undefined) return undefined;
  if (projectId === organizationId) return noProject;
  return projects.find(({ id }) => id === projectId)?.name ?? "One project";
}
