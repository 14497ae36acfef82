/** Filters by words of a known list: a page names them once and has their menus and their chips from that. */
import type { ReactNode } from "react";
import { frameworkWords, issueStateWords, scannerWords, severityWords } from "../search-filters.ts";
import { without } from "../search-text.ts";
import type { Chip } from "./filter-chips.tsx";
import { FilterMenu } from "./filter-menu.tsx";
import { Severity, severityLabels } from "./severity.tsx";
import { frameworkLabels, issueStates, scannerLabels } from "./words.ts";

/** `key` is the name of the filter in the address. */
export interface WordFilter<Key extends string = string, Word extends string = string> {
  readonly key: Key;
  readonly label: string;
  readonly words: readonly Word[];
  say(word: Word): string;
  /** Where it is more than its name. */
  show?(word: Word): ReactNode;
}

/** The filters of an address that hold several words of a list. */
type Values<Filter extends WordFilter> = {
  readonly [One in Filter as One["key"]]?: One["words"][number][] | undefined;
};

export function wordFilter<const Key extends string, Word extends string>(
  filter: WordFilter<Key, Word>,
): WordFilter<Key, Word> {
  return filter;
}

export const severityFilter = wordFilter({
  key: "severity",
  label: "Severity",
  words: severityWords,
  say: (severity) => severityLabels[severity],
  show: (severity) => <Severity severity={severity} />,
});

export const stateFilter = wordFilter({
  key: "state",
  label: "State",
  words: issueStateWords,
  say: (state) => issueStates[state].label,
});

/** Issues and policies share them, for both are told by their rules. */
export const ruleFilters = [
  severityFilter,
  wordFilter({ key: "scanner", label: "Category", words: scannerWords, say: (scanner) => scannerLabels[scanner] }),
  wordFilter({
    key: "framework",
    label: "Framework",
    words: frameworkWords,
    say: (framework) => frameworkLabels[framework] ?? framework,
  }),
] as const;

interface Properties<Filter extends WordFilter> {
  readonly of: readonly Filter[];
  readonly filters: Values<Filter>;
  readonly onChange: (change: Values<Filter>) => void;
}

export function WordFilters<Filter extends WordFilter>({ of, filters, onChange }: Properties<Filter>) {
  return of.map((filter) => (
    <FilterMenu
      key={filter.key}
      label={filter.label}
      words={filter.words}
      chosen={chosenOf(filters, filter)}
      say={(word) => filter.show?.(word) ?? filter.say(word)}
      onChange={(chosen) => onChange({ [filter.key]: chosen } as Values<Filter>)}
    />
  ));
}

export function wordChips<Filter extends WordFilter>({ of, filters, onChange }: Properties<Filter>): Chip[] {
  return of.flatMap((filter) => {
    const chosen = chosenOf(filters, filter);
    return chosen.map((word) => ({
      key: `${filter.key} ${word}`,
      name: filter.say(word),
      label: filter.show?.(word) ?? filter.say(word),
      remove: () => onChange({ [filter.key]: without(chosen, word) } as Values<Filter>),
    }));
  });
}

function chosenOf(filters: object, { key }: WordFilter): readonly string[] {
  return (filters as Readonly<Record<string, readonly string[] | undefined>>)[key] ?? [];
}
