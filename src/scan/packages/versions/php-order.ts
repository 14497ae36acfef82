/**
 * Packagist: the order of PHP's `version_compare`, which Composer builds on. Parts are divided by dots, hyphens, `_`, `+` and
 * changes between digits and letters; words that are not known come before all others, and `1.0` before `1.0.0`. So
 * the advisories order them, which are asked: `1.0.0-stable`, too, though Composer itself takes that word away.
 */
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface Part {
  readonly rank: number;
  /** Undefined for a word. */
  readonly number: Whole | undefined;
}

/** A word is known by how it begins. */
const words: readonly (readonly [string, number])[] = [
  ["dev", 0],
  ["alpha", 1],
  ["a", 1],
  ["beta", 2],
  ["b", 2],
  ["RC", 3],
  ["rc", 3],
  ["#", 4],
  ["pl", 5],
  ["p", 5],
];
/** A number stands among words where the release stands. */
const release = 4;

export const phpOrder: VersionOrder<readonly Part[]> = {
  parse: (text) =>
    (
      text
        .trim()
        .replace(/^[vV]/, "")
        .match(/\d+|[^\d.\-_+\s]+/g) ?? []
    ).map(partOf),
  compare: (a, b) => {
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at += 1) {
      const found = compareOne(a[at]!, b[at]!);
      if (found !== 0) return found;
    }
    return a.length === b.length ? 0 : a.length > length ? overhang(a[length]!) : -overhang(b[length]!);
  },
  isPrerelease: (parts) => parts.some(({ rank }) => rank < release),
  isVersion: ([first]) => first?.number !== undefined,
};

function partOf(text: string): Part {
  if (/^\d/.test(text)) return { rank: release, number: wholeOf(text) };
  return { rank: words.find(([word]) => text.startsWith(word))?.[1] ?? -1, number: undefined };
}

/** Whether what follows the end of the shorter one makes the longer one newer. */
function overhang({ rank, number }: Part): number {
  return number === undefined ? Math.sign(rank - release) : 1;
}

function compareOne(a: Part, b: Part): number {
  if (a.number !== undefined && b.number !== undefined) return compareParts(a.number, b.number);
  return a.rank - b.rank;
}
