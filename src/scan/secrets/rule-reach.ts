/**
 * How far from its anchor a rule looks, computed from its data. What a delta of a history leaves untouched within that
 * distance need not be judged again; a rule that looks further than windows can reach is a long one and says so.
 */
import { namedReach } from "./find-named.ts";
import { readerLimits } from "./readers/reader-limits.ts";
import type { Anchor, Part, SecretRule } from "./secret-rule.ts";

/** Bytes looked at, at most, before the anchor's first and after its last. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** A token's left edge is looked at three bytes back (`%3D`), its right edge one byte on. */
const leftEdge = 3;
const rightEdge = 1;

/** The reach of one anchor of a rule; a run has none and is measured from its first byte. */
export function reachOf(rule: SecretRule, anchor?: Anchor): Reach {
  const before = Math.max(leftEdge, rule.context?.before ?? 0);
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
      return { before, after: namedReach + longestOf(shape.parts) + after + 1 };
    case "near":
      return { before: shape.before + before, after: shape.after + longestOf(shape.parts) + after };
    case "literal":
      return { before: 1, after: 257 };
    case "run":
      return { before, after: shape.length + after };
    case "assigned":
    case "reader": {
      const limits = readerLimits[shape.is === "assigned" ? "placed" : shape.reader];
      return { before: limits.before + before, after: limits.after + after };
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
  return typeof part.length === "number" ? part.length : part.length[1];
}

/** Beyond these, windows around every change would cost more than looking again at the few files that need it. */
const widest: Reach = { before: 640, after: 1100 };

export function isLongReach({ before, after }: Reach): boolean {
  return before > widest.before || after > widest.after;
}

/**
 * How far windows must extend around a change: `before` its first byte and `after` its last. An anchor stands up to
 * its `after` to the left of a change that it can see, and up to its `before` to the right of one.
 */
export function windowReachOf(rules: readonly SecretRule[]): Reach {
  let before = 0;
  let after = 0;
  for (const rule of rules) {
    for (const anchor of rule.anchors.length === 0 ? [undefined] : rule.anchors) {
      const reach = reachOf(rule, anchor);
      const length = anchor?.text.length ?? 0;
      // Long ones are found, too, where the anchor itself is new.
      before = Math.max(before, length + (isLongReach(reach) ? 0 : reach.after));
      after = Math.max(after, length + (isLongReach(reach) ? 0 : reach.before));
    }
  }
  return { before, after };
}
