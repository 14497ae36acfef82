/**
 * The fewest settings that end every way to a target. Small sets are tried exactly, each against the ways that remain; where no
 * small set does, the path that is left is ended again and again, and it is told if some way cannot be ended.
 */
import type { CutSetting } from "./cut-settings.ts";
import type { Way } from "./guarded-graph.ts";

export interface Cuts {
  /** Sets that end all ways, none of them larger than another; empty: none was found. */
  readonly sets: readonly (readonly CutSetting[])[];
  /** What ends some of the ways, where nothing ends all. */
  readonly partial: readonly CutSetting[];
}

const largestExact = 3;
const mostTries = 200;
const mostSets = 12;
const largestSet = 30;

/** Some path that is left when these settings are made. */
type Search = (settings: readonly CutSetting[]) => readonly Way[] | undefined;

export function cutsOf(search: Search): Cuts {
  const budget = { left: mostTries };
  for (let size = 1; size <= largestExact; size++) {
    const sets = new Map<string, readonly CutSetting[]>();
    collect({ search, size, sets, budget }, []);
    if (sets.size > 0) return { sets: [...sets.values()], partial: [] };
  }
  return greedy(search);
}

interface Collecting {
  readonly search: Search;
  readonly size: number;
  readonly sets: Map<string, readonly CutSetting[]>;
  readonly budget: { left: number };
}

/** Some setting of every cut stands on the path that remains: so it is enough to try those. */
function collect(given: Collecting, chosen: readonly CutSetting[]): void {
  const { search, size, sets, budget } = given;
  if (budget.left-- <= 0 || sets.size >= mostSets) return;
  const path = search(chosen);
  if (!path) {
    const sorted = chosen.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    sets.set(sorted.map(({ id }) => id).join("\n"), sorted);
    return;
  }
  if (chosen.length === size) return;
  for (const setting of settingsOn(path)) collect(given, [...chosen, setting]);
}

type Prefer = (settings: readonly CutSetting[]) => CutSetting | undefined;

const preferences: readonly Prefer[] = [
  (settings) => settings.toSorted((a, b) => a.price - b.price)[0],
  (settings) => settings.at(-1),
  (settings) => settings[0],
];

/** The smallest of what different preferences come to. */
function greedy(search: Search): Cuts {
  const tried = preferences.map((prefer) => endOneByOne(search, prefer));
  const [best] = tried.flatMap(({ sets }) => sets).toSorted((a, b) => a.length - b.length);
  return best ? { sets: [best], partial: [] } : (tried[0] ?? { sets: [], partial: [] });
}

function endOneByOne(search: Search, prefer: Prefer): Cuts {
  const chosen: CutSetting[] = [];
  for (let path = search([]); path; path = search(chosen)) {
    const setting = prefer(settingsOn(path));
    if (!setting || chosen.length === largestSet) return { sets: [], partial: chosen };
    chosen.push(setting);
  }
  return { sets: [withoutSpare(search, chosen)], partial: [] };
}

/** What was chosen early may be needed no more. */
function withoutSpare(search: Search, chosen: readonly CutSetting[]): readonly CutSetting[] {
  return chosen.reduce<readonly CutSetting[]>((kept, setting) => {
    const fewer = kept.filter((one) => one !== setting);
    return search(fewer) ? kept : fewer;
  }, chosen);
}

function settingsOn(path: readonly Way[]): readonly CutSetting[] {
  return [...new Set(path.flatMap(({ endedBy }) => endedBy))];
}
