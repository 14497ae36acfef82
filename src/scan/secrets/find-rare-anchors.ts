/**
 * Short anchors stand everywhere in code (`sk`, `AC`, `o.`), the long runs of characters that belong to them do not: such
 * anchors are looked for beside long runs only, which looks at few bytes, and stay out of the automaton.
 */
import { alphabetTable } from "./alphabets.ts";
import { type AnchorProbes, mayStandAt } from "./anchor-probes.ts";
import { runsFrom } from "./find-runs.ts";
import type { Hit } from "./view.ts";

/** So many characters of base64 in a row, of either kind, belong to a rare anchor. */
const leastRun = 17;
/** Longer anchors are rare enough. */
const longestAnchor = 3;
/** A run that lies further from the anchor does not count. */
const farthest = 40;

const table = alphabetTable("base64Any");

export interface RareAnchor {
  readonly length: number;
  readonly probes: AnchorProbes;
}

/** By an anchor's first byte. */
export type RareAnchors<Anchor> = readonly (readonly Anchor[] | undefined)[];

/** True if a long run surely begins or ends at the anchor. */
export function isRare({ length, probes }: RareAnchor): boolean {
  return (
    length <= longestAnchor &&
    probes.exact !== undefined &&
    (probes.runAfter >= leastRun || probes.runBefore >= leastRun)
  );
}

export function rareAnchors<Anchor extends RareAnchor>(anchors: readonly Anchor[]): RareAnchors<Anchor> {
  return Array.from({ length: 256 }, (_, byte) => {
    const those = anchors.filter(({ probes }) => probes.exact?.[0] === byte);
    return those.length === 0 ? undefined : those;
  });
}

/** Calls `visit` for the rare anchors that end in (from, to]; false ends it, and the offset of the end is returned. */
export function eachRareAnchor<Anchor extends RareAnchor>(
  anchors: RareAnchors<Anchor>,
  bytes: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
  visit: (anchor: Anchor, hit: Hit) => boolean,
): number | undefined {
  let done = Math.max(0, from - longestAnchor);
  let stoppedAt: number | undefined;
  const first = Math.max(0, from - farthest - longestAnchor);
  const limit = Math.min(bytes.length, to + farthest);
  runsFrom(bytes, table, leastRun, { from: first, to: limit, limit }, (runStart, runEnd) => {
    const last = Math.min(runEnd + 1, to);
    for (let at = Math.max(done, runStart - longestAnchor); at < last && stoppedAt === undefined; at++) {
      for (const anchor of anchors[bytes[at]!] ?? []) {
        const end = at + anchor.length;
        if (end <= from || end > to || !mayStandAt(anchor.probes, bytes, at, end)) continue;
        if (!visit(anchor, { start: at, end })) stoppedAt = end;
      }
    }
    done = Math.max(done, last);
  });
  return stoppedAt;
}
