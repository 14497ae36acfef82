/** The filters of the address, as chips; the days are said by their own control. */
import type { DashboardFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { useProjects } from "../../ui/use-projects.ts";

export function useDashboardChips(
  { instanceId, projectId, tag }: DashboardFilters,
  change: (next: DashboardFilters) => void,
): Chip[] {
  const projects = useProjects(undefined, projectId !== undefined);
  const project = projects.find(({ value }) => value === projectId);
  const said = {
    ...usePlaceNames({ instanceId }),
    projectId: projectId === undefined ? undefined : (project?.label ?? "One project"),
    tag: tag === undefined ? undefined : `Tag ${tag}`,
  };
  return saidChips(said, change);
}
