/** Tables of an entry of poetry.lock: reproduced for the old version, then written for the new one. */
import type { LockBlock, LockPart } from "./lock-blocks.ts";
import { partIn, quoted } from "./lock-blocks.ts";
import { dependencyText, extraText } from "./poetry-texts.ts";
import { extrasIn, judgeMarker, type Surroundings } from "./python-marker.ts";
import type { Need } from "./python-needs.ts";
import type { Release, TwoReleases } from "./raise-locked.ts";

export interface Line {
  readonly key: string;
  readonly value: string;
}

/** What Poetry locks of the needs: not those of extras that nobody asks for, nor those of Pythons that are not meant. */
export function lockedNeeds(needs: readonly Need[], where: Surroundings): readonly Need[] {
  return needs.filter(({ marker }) => {
    if (!marker) return true;
    const extras = extrasIn(marker);
    if (extras.length > 0 && !extras.some((extra) => where.extras.has(extra))) return false;
    return judgeMarker(marker, where) !== false;
  });
}

/** The lines of `[package.dependencies]`; a clause is why not. */
export function dependencyLines(
  { old, now }: TwoReleases,
  block: LockBlock,
  where: Surroundings,
): readonly Line[] | string {
  const [before, after] = [byName(lockedNeeds(old.needs, where)), byName(lockedNeeds(now.needs, where))];
  const there = new Set(block.tables.find(({ name }) => name === "dependencies")?.parts.map(({ key }) => key));
  const apart = [...before.keys()].find((name) => !there.has(name)) ?? [...there].find((name) => !before.has(name));
  if (apart !== undefined) return `what ${old.version} needs is not what the lock file says: ${apart}`;
  const lines: Line[] = [];
  for (const [name, needs] of after) {
    const own = partIn(block, name, "dependencies");
    const had = before.get(name);
    const isSame = had && own && wordsOf(had) === wordsOf(needs);
    if (had && own && !isSame && written(had) !== own.value) return notAsPoetry(name);
    const value = isSame ? own.value : written(needs);
    if (value === undefined) return notAsPoetry(name);
    lines.push({ key: name, value });
  }
  return lines;
}

function notAsPoetry(name: string): string {
  return `how Poetry writes what is asked of ${name} is not known for certain`;
}

/** As the first one writes the name, in the order of keys. */
function byName(needs: readonly Need[]): ReadonlyMap<string, readonly Need[]> {
  const sorted = needs.toSorted((one, other) => compare(one.key, other.key));
  return Map.groupBy(sorted, ({ name }) => name);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function wordsOf(needs: readonly Need[]): string {
  return needs.map(({ words }) => words).join("\n");
}

/** Several of one name are in an order that is not known here. */
function written(needs: readonly Need[]): string | undefined {
  const [need] = needs;
  return need && needs.length === 1 ? dependencyText(need, extrasIn(need.marker).length > 0) : undefined;
}

/** The lines of `[package.extras]`; `hasMarkers`: as Poetry 2 writes them. */
export function extraLines({ old, now }: TwoReleases, block: LockBlock, hasMarkers: boolean): readonly Line[] | string {
  const [before, after] = [byExtra(old), byExtra(now)];
  const there = block.tables.find(({ name }) => name === "extras")?.parts ?? [];
  const known = new Map(there.map((part: LockPart) => [part.key, part.value]));
  const apart =
    [...before.keys()].find((name) => !known.has(name)) ?? [...known.keys()].find((name) => !before.has(name));
  if (apart !== undefined) return `the extras of ${old.version} are not those that the lock file has: ${apart}`;
  const texts = (needs: readonly Need[]): string | undefined => {
    const words = needs.map((need) => extraText(need, hasMarkers));
    return words.includes(undefined) ? undefined : `[${(words as string[]).toSorted(compare).map(quoted).join(", ")}]`;
  };
  const lines: Line[] = [];
  for (const [name, needs] of [...after].toSorted(([one], [other]) => compare(one, other))) {
    const had = before.get(name);
    const own = known.get(name);
    const isSame = had !== undefined && own !== undefined && sameNeeds(had, needs);
    if (had && !isSame && texts(had) !== own) return notAsPoetry(`its extra ${name}`);
    const value = isSame ? own : texts(needs);
    if (value === undefined) return notAsPoetry(`its extra ${name}`);
    lines.push({ key: name, value });
  }
  return lines;
}

function sameNeeds(one: readonly Need[], other: readonly Need[]): boolean {
  const sorted = (needs: readonly Need[]) =>
    needs
      .map(({ words }) => words)
      .toSorted(compare)
      .join("\n");
  return sorted(one) === sorted(other);
}

function byExtra({ needs }: Release): ReadonlyMap<string, readonly Need[]> {
  const found = new Map<string, Need[]>();
  for (const need of needs)
    for (const extra of new Set(extrasIn(need.marker))) found.set(extra, [...(found.get(extra) ?? []), need]);
  return found;
}
