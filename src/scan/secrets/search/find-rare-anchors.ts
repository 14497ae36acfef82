/**
 * Short anchors stand everywhere in code (`sk`, `AC`, `o.`), the long runs of characters that belong to them do not: such
 * anchors are looked for beside long runs only (plan-rare-anchors.ts), which looks at few bytes.
 */
import { mayStandAt } from "../prefilter/anchor-probes.ts";
import type { Prefilter, Range } from "../prefilter/prefilter.ts";
import type { Hit } from "../text/view.ts";
import type { AnchorTable } from "./anchor-table.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";

export interface RareAnchors {
  /** By the first two bytes of an anchor: the number of its group, or 0. */
  readonly groupOf: Uint8Array;
  readonly groups: AnchorTable;
}

/** Calls `visit` for the rare anchors that end in (from, to]; false ends it, and the offset of the end is returned. */
export function eachRareAnchor(
  { groupOf, groups }: RareAnchors,
  prefilter: Prefilter,
  bytes: Buffer,
  range: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
): number | undefined {
  const { from, to } = range;
  const places = prefilter.rare(bytes, range);
  // By numbers: this is asked often before it is compiled, and then an iterator makes an object for each step.
  for (let index = 0; index < places.length; index++) {
    const at = places[index]!;
    const group = groups.at(groupOf[(bytes[at]! << 8) | bytes[at + 1]!]!);
    for (let number = 0; number < group.length; number++) {
      const anchor = group[number]!;
      const end = at + anchor.length;
      if (end <= from || end > to || !mayStandAt(anchor.probes, bytes, at, end)) continue;
      if (!visit(anchor, { start: at, end })) return end;
    }
  }
  return undefined;
}
