/**
 * Semantic versions, read generously: a leading `v`, any number of parts, a prerelease without its hyphen (`1.21rc2`).
 * Pub also orders what others ignore: the build after `+`.
 */
import { compareParts, compareWholes, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface SemanticVersion {
  readonly numbers: readonly Whole[];
  readonly prerelease: readonly (Whole | string)[];
  readonly build: readonly (Whole | string)[];
  readonly isVersion: boolean;
}

const shape = /^[\s=]*[vV]?(\d+(?:\.\d+)*)(?:[-._~]?([^+]+))?(?:\+(.*))?/s;

export const semverOrder: VersionOrder<SemanticVersion> = {
  parse,
  compare: (a, b) => {
    if (a.isVersion !== b.isVersion) return a.isVersion ? 1 : -1;
    return compareWholes(a.numbers, b.numbers) || comparePrereleases(a.prerelease, b.prerelease);
  },
  isPrerelease: ({ prerelease, isVersion }) => isVersion && prerelease.length > 0,
  isVersion: ({ isVersion }) => isVersion,
};

/** `1.0.0 < 1.0.0+1 < 1.0.0+2`. */
export const semverOrderWithBuilds: VersionOrder<SemanticVersion> = {
  ...semverOrder,
  compare: (a, b) => semverOrder.compare(a, b) || compareIdentifiers(a.build, b.build),
};

function parse(text: string): SemanticVersion {
  const [, numbers, prerelease = "", build = ""] = shape.exec(text) ?? [];
  if (numbers === undefined) return { numbers: [], prerelease: [text], build: [], isVersion: false };
  return {
    numbers: numbers.split(".").map(wholeOf),
    prerelease: identifiersOf(prerelease.trim()),
    build: identifiersOf(build.trim()),
    isVersion: true,
  };
}

function identifiersOf(text: string): readonly (Whole | string)[] {
  return text === "" ? [] : text.split(".").map((part) => (/^\d+$/.test(part) ? wholeOf(part) : part));
}

/** Without one it is a release, and that is the newest. */
export function comparePrereleases(a: readonly (Whole | string)[], b: readonly (Whole | string)[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareIdentifiers(a, b);
}

/** Numbers before words; of two that begin alike the longer is the newer. */
function compareIdentifiers(a: readonly (Whole | string)[], b: readonly (Whole | string)[]): number {
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
