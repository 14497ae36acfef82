import type { Finding } from "./finding.ts";

export interface Comparison {
  /** Found now and not before. */
  readonly appeared: readonly Finding[];
  /** Found now and before; the finding of now, whose place may have moved. */
  readonly stayed: readonly Finding[];
  /** Fingerprints found before and not now. */
  readonly gone: readonly string[];
}

/** Compares by fingerprint. The same problem in several places counts once, at its first place. */
export function compareFindings(before: Iterable<string>, now: Iterable<Finding>): Comparison {
  const known = new Set(before);
  const seen = new Set<string>();
  const appeared: Finding[] = [];
  const stayed: Finding[] = [];
  for (const finding of now) {
    if (seen.has(finding.fingerprint)) continue;
    seen.add(finding.fingerprint);
    (known.has(finding.fingerprint) ? stayed : appeared).push(finding);
  }
  return { appeared, stayed, gone: [...known].filter((fingerprint) => !seen.has(fingerprint)) };
}
