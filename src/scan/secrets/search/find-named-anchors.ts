/**
 * Words of providers are two thirds of all anchors, and say something only shortly before a long run of characters that
 * may be a key of theirs: they are looked for there only, which is at a tenth of all bytes.
 */

import { leastRun, type Prefilter, type Range } from "../prefilter/prefilter.ts";
import type { Part, Shape } from "../rule/secret-rule.ts";
import { type AlphabetName, alphabetTable, isBase64, isOfBase64 } from "../text/alphabets.ts";
import { leastOf } from "../text/part-lengths.ts";
import type { Hit } from "../text/view.ts";
import type { AnchorTable } from "./anchor-table.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";
import { visitAnchors } from "./visit-anchors.ts";

/** True if every value of the shape begins with a long run. */
export function beginsWithRun(shape: Shape): boolean {
  return shape.is === "named" && leadingRun(shape.parts) >= leastRun;
}

function leadingRun(parts: readonly Part[]): number {
  let length = 0;
  for (const part of parts) {
    const least = runOf(part);
    if (least === undefined) break;
    length += least;
  }
  return length;
}

/** So many signs of equality, at most. */
const mayEndWith: Partial<Record<AlphabetName, number>> = { base64Padded: 2, base64UrlPadded: 2 };

/** How many characters of base64 the part has at least; undefined if it may hold others. */
function runOf(part: Part): number | undefined {
  if ("text" in part) return isBase64(part.text) ? part.text.length : undefined;
  if ("oneOf" in part)
    return part.oneOf.every(isBase64) ? Math.min(...part.oneOf.map(({ length }) => length)) : undefined;
  if (!("alphabet" in part)) return undefined;
  const padding = mayEndWith[part.alphabet] ?? 0;
  if (padding === 0 && !isOfBase64(alphabetTable(part.alphabet))) return undefined;
  return leastOf(part) - padding;
}

/** Calls `visit` for the providers' words that end in (from, to]; false ends it, and the offset of the end is returned. */
export function eachNamedAnchor(
  anchors: AnchorTable,
  prefilter: Prefilter,
  bytes: Buffer,
  range: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
): number | undefined {
  let stoppedAt: number | undefined;
  prefilter.named(bytes, range, (end, text) => {
    const goesOn = visitAnchors(anchors.at(text), bytes, end, visit);
    if (!goesOn) stoppedAt = end;
    return goesOn;
  });
  return stoppedAt;
}
