/**
 * Short anchors stand everywhere in code (`sk`, `AC`, `o.`), the long runs of characters that belong to them do not: such
 * anchors are looked for beside long runs only, which looks at few bytes.
 */
import assert from "node:assert/strict";
import { type AnchorProbes, mayStandAt } from "../prefilter/anchor-probes.ts";
import type { Prefilter, Range } from "../prefilter/prefilter.ts";
import type { RareBeginnings } from "../prefilter/prefilter-image.ts";
import type { Hit } from "../view.ts";

/** So many characters of base64 in a row, of either kind, belong to a rare anchor. */
const leastRun = 17;
/** Longer anchors are rare enough. */
const longestAnchor = 5;

export interface RareAnchor {
  readonly length: number;
  readonly probes: AnchorProbes;
}

export interface RareAnchors<Anchor> extends RareBeginnings {
  /** By the first two bytes of an anchor: the number of its group, or 0. */
  readonly groupOf: Uint8Array;
  readonly groups: readonly (readonly Anchor[])[];
}

/** True if a long run surely begins or ends at the anchor, or holds it. */
export function isRare(anchor: RareAnchor): boolean {
  // Probes are worked out when they are asked for.
  return anchor.length <= longestAnchor && anchor.probes.exact !== undefined && anchor.probes.run >= leastRun;
}

export function rareAnchors<Anchor extends RareAnchor>(anchors: readonly Anchor[]): RareAnchors<Anchor> {
  const groupOf = new Uint8Array(65_536);
  const firsts = new Uint8Array(256);
  const pairs: (readonly [number, number])[] = [];
  const groups: Anchor[][] = [[]];
  for (const anchor of anchors) {
    const first = anchor.probes.exact![0]!;
    firsts[first] = Math.max(firsts[first]!, anchor.probes.tokenAt === 0 ? 1 : 2);
    const pair = anchor.probes.exact!.readUInt16BE();
    if (groupOf[pair] === 0) {
      groupOf[pair] = groups.push([]) - 1;
      pairs.push([first, anchor.probes.exact![1]!]);
    }
    groups[groupOf[pair]!]!.push(anchor);
  }
  assert(groups.length <= 256, "the rare anchors begin in more ways than a byte can count");
  return { firsts, pairs, near: { leastRun, before: longestAnchor }, groupOf, groups };
}

/** Calls `visit` for the rare anchors that end in (from, to]; false ends it, and the offset of the end is returned. */
export function eachRareAnchor<Anchor extends RareAnchor>(
  { groupOf, groups }: RareAnchors<Anchor>,
  prefilter: Prefilter,
  bytes: Buffer,
  range: Range,
  visit: (anchor: Anchor, hit: Hit) => boolean,
): number | undefined {
  const { from, to } = range;
  const places = prefilter.rare(bytes, range);
  // By numbers: this is asked often before it is compiled, and then an iterator makes an object for each step.
  for (let index = 0; index < places.length; index++) {
    const at = places[index]!;
    const group = groups[groupOf[(bytes[at]! << 8) | bytes[at + 1]!]!]!;
    for (let number = 0; number < group.length; number++) {
      const anchor = group[number]!;
      const end = at + anchor.length;
      if (end <= from || end > to || !mayStandAt(anchor.probes, bytes, at, end)) continue;
      if (!visit(anchor, { start: at, end })) return end;
    }
  }
  return undefined;
}
