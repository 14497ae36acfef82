/** An alias, or a key that is merged, writes a text once and uses it often: what is wrong with it is told once. */
import { compareSeverity, type Severity } from "#model/severity.ts";
import type { Hit } from "../cicd-rule.ts";

/** Of the hits that say the same about the same text, the first of the worst; `severity` is that of those that have none. */
export function onePerPlace(hits: readonly Hit[], severity: Severity): readonly Hit[] {
  const kept = new Map<string, Hit>();
  for (const hit of hits) {
    const key = `${hit.at.start}-${hit.at.end} ${hit.why}`;
    const before = kept.get(key);
    if (!before || compareSeverity(hit.severity ?? severity, before.severity ?? severity) < 0) kept.set(key, hit);
  }
  return [...kept.values()];
}
