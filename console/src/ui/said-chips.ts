/** Chips of filters that have one value each, by what is said of it; none where nothing is. */
import type { Chip } from "./filter-chips.tsx";

export function saidChips(
  said: Readonly<Record<string, string | undefined>>,
  change: (next: Readonly<Record<string, undefined>>) => void,
): Chip[] {
  return Object.entries(said).flatMap(([key, name]) =>
    name === undefined ? [] : [{ key, name, label: name, remove: () => change({ [key]: undefined }) }],
  );
}

/** A text that was searched for, as a chip says it. */
export function searched(search: string | undefined): string | undefined {
  return search === undefined ? undefined : `“${search}”`;
}
