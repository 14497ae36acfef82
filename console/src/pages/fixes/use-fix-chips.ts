/** The filters of the address, as chips. */
import { type FixFilters, fixStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { fixStates } from "../../ui/words.ts";

export const fixWordFilters = [
  wordFilter({ key: "state", label: "State", words: fixStateWords, say: (state) => fixStates[state].label }),
] as const;

export function useFixChips(filters: FixFilters, change: (next: FixFilters) => void): Chip[] {
  const { fingerprint } = filters;
  const said = { ...usePlaceNames(filters), fingerprint: fingerprint === undefined ? undefined : "Of one problem" };
  return [...wordChips({ of: fixWordFilters, filters, onChange: change }), ...saidChips(said, change)];
}
