/**
 * Packagist: the order of PHP's `version_compare`, which Composer builds on. Parts are divided by dots, hyphens, `_`, `+` and
 * changes between digits and letters; words that are not known come before all others, and `1.0` before `1.0.0`.
 */
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

type Parts = readonly (Whole | string)[];

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

export const phpOrder: VersionOrder<Parts> = {
  parse: (text) => {
    const parts =
      text
        .trim()
        .replace(/^[vV]/, "")
        .match(/\d+|[^\d.\-_+\s]+/g) ?? [];
    return parts.map((part) => (/^\d/.test(part) ? wholeOf(part) : part));
  },
  compare: (a, b) => {
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at += 1) {
      const found = compareOne(a[at]!, b[at]!);
      if (found !== 0) return found;
    }
    return a.length === b.length ? 0 : a.length > length ? overhang(a[length]!) : -overhang(b[length]!);
  },
  isPrerelease: (parts) => parts.some((part) => typeof part === "string" && rankOf(part) < release),
  isVersion: ([first]) => first !== undefined && typeof first !== "string",
};

/** Whether what follows the end of the shorter one makes the longer one newer. */
function overhang(part: Whole | string): number {
  return typeof part === "string" ? Math.sign(rankOf(part) - release) : 1;
}

function compareOne(a: Whole | string, b: Whole | string): number {
  if (typeof a !== "string" && typeof b !== "string") return compareParts(a, b);
  return rankOf(a) - rankOf(b);
}

function rankOf(part: Whole | string): number {
  if (typeof part !== "string") return release;
  return words.find(([word]) => part.startsWith(word))?.[1] ?? -1;
}
