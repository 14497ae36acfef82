/** What rules on settings are filtered by, and the filters of the address as chips. */
import { type PostureRuleFilters, postureAnswerWords, postureCategoryWords } from "../../search-filters.ts";
import type { Chip } from "../../ui/filter-chips.tsx";
import { postureAnswers, postureCategoryLabels } from "../../ui/posture-words.ts";
import { useProjectName } from "../../ui/project-picker.tsx";
import { saidChips, searched } from "../../ui/said-chips.ts";
import { severityFilter, wordChips, wordFilter } from "../../ui/word-filters.tsx";

export const postureWordFilters = [
  wordFilter({
    key: "category",
    label: "Category",
    words: postureCategoryWords,
    say: (category) => postureCategoryLabels[category],
  }),
  wordFilter({
    key: "answer",
    label: "Answer",
    words: postureAnswerWords,
    say: (answer) => postureAnswers[answer].label,
  }),
  severityFilter,
] as const;

export function useRuleChips(
  organizationId: string,
  filters: PostureRuleFilters,
  change: (next: PostureRuleFilters) => void,
): Chip[] {
  const { search, projectId } = filters;
  const project = useProjectName(organizationId, projectId);
  const said = { search: searched(search), projectId: project };
  return [...saidChips(said, change), ...wordChips({ of: postureWordFilters, filters, onChange: change })];
}
