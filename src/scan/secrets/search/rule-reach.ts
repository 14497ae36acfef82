/**
 * How far from its anchor a rule looks, computed from its data. What a delta of a history leaves untouched within that
 * distance need not be judged again.
 */

import { base64Reach, otherReach } from "../judgement/other-things.ts";
import { lookBefore, lookBehind } from "../prefilter/prefilter-memory.ts";
import { readers } from "../readers/readers.ts";
import type { Anchor, Part, SecretRule } from "../rule/secret-rule.ts";
import { mostOf } from "../text/part-lengths.ts";
import { namedReach } from "./find-named.ts";
import { wordIndent } from "./named-beside.ts";

/** Bytes looked at, at most, before the anchor's first and after its last. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** Before a token stands the name of what computed it, if anything did, and on both sides goes on what it is a part of. */
const leftEdge = base64Reach;
const rightEdge = base64Reach;

/** The reach of one anchor of a rule; a run has none and is measured from its first byte. */
export function reachOf(rule: SecretRule, anchor?: Anchor): Reach {
  const before = Math.max(leftEdge, rule.context?.before ?? 0, rule.checks === undefined ? 0 : otherReach);
  const after = Math.max(rightEdge, rule.context?.after ?? 0);
  const { shape } = rule;
  switch (shape.is) {
    case "token": {
      const length = longestOf(shape.parts);
      const at = anchor?.at ?? 0;
      const left = at === "back" ? longestOf(shape.parts.slice(0, 1)) : at;
      return { before: left + before, after: Math.max(0, length - (at === "back" ? 0 : at)) + after };
    }
    case "named":
      return { before: Math.max(before, wordIndent), after: namedReach + longestOf(shape.parts) + after + 1 };
    case "near":
      return { before: shape.before + before, after: shape.after + longestOf(shape.parts) + after };
    case "literal":
      return { before: 1, after: 257 };
    case "file":
    case "pattern":
      return { before: 0, after: 0 };
    case "run":
      return { before, after: shape.length + after };
    case "assigned":
    case "reader": {
      const reader = readers[shape.is === "assigned" ? "placed" : shape.reader];
      return { before: reader.before + before, after: reader.after + after };
    }
  }
}

function longestOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + longestPart(part), 0);
}

function longestPart(part: Part): number {
  if ("text" in part) return part.text.length;
  if ("oneOf" in part) return Math.max(...part.oneOf.map((text) => text.length));
  if ("optional" in part) return longestOf(part.optional);
  return mostOf(part);
}

/** How far readers look that refuse at sight (`Proposal.looked`), at most. */
export const refusalReach: Reach = { before: 176, after: 256 };

/**
 * Windows around every change are so wide that they hold each hit that looks no further. What one sees from further away is
 * kept and carried (find-suspects.ts): most hits see little (sight.ts), and few rules look far.
 */
export const windowSight: Reach = { before: lookBefore, after: lookBehind };

/**
 * How far windows must extend around a change: `before` its first byte and `after` its last. An anchor stands up to
 * its `after` to the left of a change that it can see, and up to its `before` to the right of one.
 */
export function windowReachOf(rules: readonly SecretRule[]): Reach {
  let before = 0;
  let after = 0;
  for (const rule of rules) {
    if (rule.anchors.length === 0 && rule.shape.is !== "literal") {
      // Nothing of a run is carried: windows must reach as far as it.
      const reach = reachOf(rule);
      before = Math.max(before, reach.after);
      after = Math.max(after, reach.before);
    }
    for (const anchor of rule.anchors) {
      const reach = reachOf(rule, anchor);
      before = Math.max(before, anchor.text.length + Math.min(windowSight.after, reach.after));
      after = Math.max(after, anchor.text.length + Math.min(windowSight.before, reach.before));
    }
  }
  return { before, after };
}
