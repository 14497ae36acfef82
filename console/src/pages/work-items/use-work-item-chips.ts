/** The filters of the address, as chips. */
import { type WorkItemFilters, workItemStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { workItemStates } from "../../ui/words.ts";

export const workItemWordFilters = [
  wordFilter({ key: "state", label: "State", words: workItemStateWords, say: (state) => workItemStates[state].label }),
] as const;

export function useWorkItemChips(filters: WorkItemFilters, change: (next: WorkItemFilters) => void): Chip[] {
  const { issueId } = filters;
  const said = { ...usePlaceNames(filters), issueId: issueId === undefined ? undefined : "Of one issue" };
  return [...wordChips({ of: workItemWordFilters, filters, onChange: change }), ...saidChips(said, change)];
}
