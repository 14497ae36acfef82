/** The filters of the address, as chips; the days are said by their own control. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { DashboardFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { useProjects } from "../../ui/use-projects.ts";

export function useDashboardChips(
  { instanceId, projectId, tag }: DashboardFilters,
  change: (next: DashboardFilters) => void,
): Chip[] {
  const instances = useQuery({ ...ask.instances(), enabled: instanceId !== undefined });
  const projects = useProjects(undefined, projectId !== undefined);
  const instance = instances.data?.rows.find(({ id }) => id === instanceId);
  const project = projects.find(({ value }) => value === projectId);
  const said: Readonly<Record<string, string | undefined>> = {
    instanceId: instanceId === undefined ? undefined : (instance?.name ?? "One instance"),
    projectId: projectId === undefined ? undefined : (project?.label ?? "One project"),
    tag: tag === undefined ? undefined : `Tag ${tag}`,
  };
  return Object.entries(said).flatMap(([key, name]) =>
    name === undefined ? [] : [{ key, name, label: name, remove: () => change({ [key]: undefined }) }],
  );
}
