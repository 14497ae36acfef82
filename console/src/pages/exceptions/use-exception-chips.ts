/** The filters of the address, as chips. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api.ts";
import { type ExceptionFilters, exceptionSourceWords, exceptionStateWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
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
  const repository = useQuery({ ...ask.repository(repositoryId ?? ""), enabled: repositoryId !== undefined });
  const chips: Chip[] = [];
  const add = (key: string, name: string, remove: () => void) => chips.push({ key, name, label: name, remove });
  if (search !== undefined) add("search", `“${search}”`, () => change({ search: undefined }));
  chips.push(...wordChips({ of: exceptionWordFilters, filters, onChange: change }));
  if (author !== undefined) add("author", `By ${author}`, () => change({ author: undefined }));
  if (repositoryId !== undefined) {
    add("repository", repository.data?.name ?? "One repository", () => change({ repositoryId: undefined }));
  }
  if (due !== undefined) add("due", "End within 14 days", () => change({ due: undefined }));
  return chips;
}
