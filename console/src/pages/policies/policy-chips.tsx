/** The filters of the address, as chips. */
import type { PolicyFilters } from "../../search-filters.ts";
import { without } from "../../search-text.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { Severity, severityLabels } from "../../ui/severity.tsx";
import { frameworkLabels, scannerLabels } from "../../ui/words.ts";

export function policyChips(filters: PolicyFilters, change: (next: PolicyFilters) => void): Chip[] {
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void, label: Chip["label"] = name) =>
    chips.push({ key, name, label, remove });
  if (filters.search !== undefined) add("search", `“${filters.search}”`, () => change({ search: undefined }));
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
  if (filters.changed !== undefined) add("changed", "Changed by us", () => change({ changed: undefined }));
  return chips;
}
