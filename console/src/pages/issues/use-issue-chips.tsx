/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import type { IssueFilters } from "../../search-filters.ts";
import { without } from "../../search-text.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { Severity, severityLabels } from "../../ui/severity.tsx";
import { ecosystemLabels, frameworkLabels, issueStates, scannerLabels } from "../../ui/words.ts";

export function useIssueChips(filters: IssueFilters, change: (next: IssueFilters) => void): Chip[] {
  const repository = useQuery({
    ...ask.repository(filters.repositoryId ?? ""),
    enabled: filters.repositoryId !== undefined,
  });
  const instances = useQuery({ ...ask.instances(), enabled: filters.instanceId !== undefined });
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void, label: Chip["label"] = name) =>
    chips.push({ key, name, label, remove });
  if (filters.search !== undefined) {
    add("search", `“${filters.search}”`, () => change({ search: undefined }));
  }
  for (const severity of filters.severity ?? []) {
    const rest = without(filters.severity, severity);
    add(severity, severityLabels[severity], () => change({ severity: rest }), <Severity severity={severity} />);
  }
  for (const scanner of filters.scanner ?? []) {
    add(scanner, scannerLabels[scanner], () => change({ scanner: without(filters.scanner, scanner) }));
  }
  for (const framework of filters.framework ?? []) {
    const rest = without(filters.framework, framework);
    add(framework, frameworkLabels[framework] ?? framework, () => change({ framework: rest }));
  }
  for (const state of filters.state ?? []) {
    add(state, issueStates[state].label, () => change({ state: without(filters.state, state) }));
  }
  if (filters.repositoryId !== undefined) {
    add("repository", repository.data?.name ?? "one repository", () => change({ repositoryId: undefined }));
  }
  if (filters.instanceId !== undefined) {
    const name = instances.data?.rows.find((row) => row.id === filters.instanceId)?.name;
    add("instance", name ?? "one instance", () => change({ instanceId: undefined }));
  }
  if (filters.package !== undefined) {
    const remove = () => change({ package: undefined, ecosystem: undefined });
    const where = filters.ecosystem === undefined ? "" : ` (${ecosystemLabels[filters.ecosystem]})`;
    add("package", `${filters.package}${where}`, remove);
  } else if (filters.ecosystem !== undefined) {
    add("ecosystem", ecosystemLabels[filters.ecosystem], () => change({ ecosystem: undefined }));
  }
  if (filters.archived !== undefined) add("archived", "Archived", () => change({ archived: undefined }));
  if (filters.rule !== undefined) add("rule", filters.rule, () => change({ rule: undefined }));
  return chips;
}
