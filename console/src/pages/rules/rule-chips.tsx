/** The filters of the address, as chips. */
import type { RuleFilters } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { ruleFilters, wordChips } from "../../ui/word-filters.tsx";

export function ruleChips(filters: RuleFilters, change: (next: RuleFilters) => void): Chip[] {
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void) => chips.push({ key, name, label: name, remove });
  if (filters.search !== undefined) add("search", `“${filters.search}”`, () => change({ search: undefined }));
  chips.push(...wordChips({ of: ruleFilters, filters, onChange: change }));
  if (filters.changed !== undefined) add("changed", "Changed by us", () => change({ changed: undefined }));
  return chips;
}
