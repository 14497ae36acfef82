import type { Finding } from "./finding.ts";

export interface Comparison {
  /** Found now and not before. */
  readonly appeared: readonly Finding[];
  /** Found now and before; the finding of now, whose place may have moved. */
  readonly stayed: readonly Finding[];
  /** Fingerprints found before and not now. */
  readonly gone: readonly string[];
}

/** Compares by fingerprint. The same problem in several places counts once, at its first place, and names the others. */
export function compareFindings(before: Iterable<string>, now: Iterable<Finding>): Comparison {
  const known = new Set(before);
  const seen = Map.groupBy(now, ({ fingerprint }) => fingerprint);
  const appeared: Finding[] = [];
  const stayed: Finding[] = [];
  for (const [fingerprint, [first, ...others]] of seen) {
    if (first === undefined) continue;
    (known.has(fingerprint) ? stayed : appeared).push(withOthers(first, others));
  }
  return { appeared, stayed, gone: [...known].filter((fingerprint) => !seen.has(fingerprint)) };
}

/** A finding is kept with each verdict that it was part of: a million of its places would be more than a row of the store can hold. */
const mostOthers = 10_000;

function withOthers(first: Finding, others: readonly Finding[]): Finding {
  return others.length === 0 ? first : { ...first, alsoAt: others.slice(0, mostOthers).map(({ at }) => at) };
}
