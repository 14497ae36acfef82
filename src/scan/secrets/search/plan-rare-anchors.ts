/** Which anchors are looked for beside long runs only, and how they begin (find-rare-anchors.ts). */
import assert from "node:assert/strict";
import type { RuleAnchors } from "./anchor-table.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";
import type { RareBeginnings } from "./prefilter-image.ts";

/** So many characters of base64 in a row, of either kind, belong to a rare anchor. */
const leastRun = 17;
/** Longer anchors are rare enough. */
const longestAnchor = 5;

/** True if a long run surely begins or ends at the anchor, or holds it. */
export function isRare({ length, probes }: CompiledAnchor): boolean {
  return length <= longestAnchor && probes.exact !== undefined && probes.run >= leastRun;
}

interface RarePlan extends RareBeginnings {
  readonly groupOf: Uint8Array;
  readonly groups: readonly (readonly number[])[];
}

export function planRareAnchors(anchors: RuleAnchors, rare: readonly number[]): RarePlan {
  const groupOf = new Uint8Array(65_536);
  const firsts = new Uint8Array(256);
  const pairs: (readonly [number, number])[] = [];
  const groups: number[][] = [[]];
  for (const number of rare) {
    const { exact, tokenAt } = anchors.at(number).probes;
    const first = exact![0]!;
    firsts[first] = Math.max(firsts[first]!, tokenAt === 0 ? 1 : 2);
    const pair = exact!.readUInt16BE();
    if (groupOf[pair] === 0) {
      groupOf[pair] = groups.push([]) - 1;
      pairs.push([first, exact![1]!]);
    }
    groups[groupOf[pair]!]!.push(number);
  }
  assert(groups.length <= 256, "the rare anchors begin in more ways than a byte can count");
  return { firsts, pairs, near: { leastRun, before: longestAnchor }, groupOf, groups };
}
