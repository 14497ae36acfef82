/**
 * Conan, Conda, Docker tags and all others without a rule of their own: dots divide, runs of digits are numbers, letters after
 * a number are newer than the number alone (`1.1.1` < `1.1.1k`), and what follows a hyphen is a prerelease if it says so.
 */
import { comparePrereleases } from "./semver-order.ts";
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface NaturalVersion {
  readonly parts: readonly (Whole | string)[];
  readonly prerelease: readonly (Whole | string)[];
  readonly isVersion: boolean;
}

const prereleaseWord = /[-._]?(?:alpha|beta|preview|pre|rc|dev|snapshot)(?![a-z]).*$/s;

export const naturalOrder: VersionOrder<NaturalVersion> = {
  parse: (text) => {
    const version = text
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/, "")
      .replace(/\+.*$/s, "");
    const [prerelease = ""] = /^\d/.test(version) ? (prereleaseWord.exec(version) ?? []) : [];
    return {
      parts: withoutZeros(runsOf(version.slice(0, version.length - prerelease.length))),
      prerelease: runsOf(prerelease),
      isVersion: /\d/.test(version),
    };
  },
  compare: (a, b) => compareRuns(a.parts, b.parts) || comparePrereleases(a.prerelease, b.prerelease),
  isPrerelease: ({ prerelease }) => prerelease.length > 0,
  isVersion: ({ isVersion }) => isVersion,
};

function runsOf(text: string): readonly (Whole | string)[] {
  return (text.match(/\d+|[a-z]+/g) ?? []).map((run) => (/^\d/.test(run) ? wholeOf(run) : run));
}

function withoutZeros(parts: readonly (Whole | string)[]): readonly (Whole | string)[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== 0) + 1);
}

/** Words after numbers; the longer is the newer. */
function compareRuns(a: readonly (Whole | string)[], b: readonly (Whole | string)[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a[at]!, b[at]!];
    const isWord = typeof one === "string";
    if (isWord !== (typeof other === "string")) return isWord ? 1 : -1;
    const order = compareParts(one, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
