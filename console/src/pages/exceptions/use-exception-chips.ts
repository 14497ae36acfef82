/** The filters of the address, as chips. */
import { type ExceptionFilters, exceptionSourceWords, exceptionStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { usePlaceNames } from "../../ui/use-place-names.ts";
import { wordChips, wordFilter } from "../../ui/word-filters.tsx";
import { exceptionSourceLabels, exceptionStates } from "../../ui/words.ts";

export const exceptionWordFilters = [
  wordFilter({
    key: "state",
    label: "State",
    words: exceptionStateWords,
    say: (state) => exceptionStates[state].label,
  }),
  wordFilter({
    key: "source",
    label: "Made in",
    words: exceptionSourceWords,
    say: (source) => exceptionSourceLabels[source],
  }),
] as const;

export function useExceptionChips(filters: ExceptionFilters, change: (next: ExceptionFilters) => void): Chip[] {
  const { search, author, repositoryId, due } = filters;
  const said = {
    author: author === undefined ? undefined : `By ${author}`,
    ...usePlaceNames({ repositoryId }),
    due: due === undefined ? undefined : "End within 14 days",
  };
  return [
    ...saidChips({ search: searched(search) }, change),
    ...wordChips({ of: exceptionWordFilters, filters, onChange: change }),
    ...saidChips(said, change),
  ];
}
