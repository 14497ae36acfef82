/**
 * The fewest settings that end every way between two nodes. Small sets are tried exactly, each against the ways that remain;
 * where no small set does, the cheapest path is ended again and again, and it is told if some way cannot be ended.
 */
import type { CutSetting } from "./cut-settings.ts";
import type { Way } from "./guarded-graph.ts";
import { cheapestPath } from "./walk-graph.ts";

export interface Cuts {
  /** Sets that end all ways, none of them larger than another; empty: none was found. */
  readonly sets: readonly (readonly CutSetting[])[];
  /** What ends some of the ways, where nothing ends all. */
  readonly partial: readonly CutSetting[];
}

const largestExact = 3;
const mostTries = 150;
const mostSets = 12;
const largestSet = 12;

type Ways = ReadonlyMap<string, readonly Way[]>;
type Search = (without: ReadonlySet<CutSetting>) => readonly Way[] | undefined;

export function cutsOf(ways: Ways, start: string, target: string): Cuts {
  const search: Search = (without) => cheapestPath(ways, start, target, without);
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
  const path = search(new Set(chosen));
  if (!path) {
    const sorted = chosen.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    sets.set(sorted.map(({ id }) => id).join("\n"), sorted);
    return;
  }
  if (chosen.length === size) return;
  for (const setting of settingsOn(path)) collect(given, [...chosen, setting]);
}

function greedy(search: Search): Cuts {
  const chosen: CutSetting[] = [];
  for (let path = search(new Set()); path; path = search(new Set(chosen))) {
    const [cheapest] = settingsOn(path).toSorted((a, b) => a.price - b.price);
    if (!cheapest || chosen.length === largestSet) return { sets: [], partial: chosen };
    chosen.push(cheapest);
  }
  return { sets: [withoutSpare(search, chosen)], partial: [] };
}

/** What was chosen early may be needed no more. */
function withoutSpare(search: Search, chosen: readonly CutSetting[]): readonly CutSetting[] {
  return chosen.reduce<readonly CutSetting[]>((kept, setting) => {
    const fewer = kept.filter((one) => one !== setting);
    return search(new Set(fewer)) ? kept : fewer;
  }, chosen);
}

export function settingsOn(path: readonly Way[]): readonly CutSetting[] {
  return [...new Set(path.flatMap(({ endedBy }) => endedBy))];
}
