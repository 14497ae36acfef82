import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import type { Unjudged } from "#store/issues/occurrences.ts";

/** Tells of a finding whether it stands where its scanner could not look: then it may be there, or not. */
export function isUnjudgedBy(unjudged: readonly Unjudged[]): (finding: Finding) => boolean {
  const paths = new Map<string, Set<string>>();
  for (const { scanner, paths: more } of unjudged) {
    const own = paths.get(scanner) ?? new Set();
    for (const path of more) own.add(path);
    paths.set(scanner, own);
  }
  return ({ rule, at }) => isSpan(at) && paths.get(rule.slice(0, rule.indexOf("/")))?.has(at.path) === true;
}
