/**
 * Words of providers are two thirds of all anchors, and say something only shortly before a long run of characters that
 * may be a key of theirs: they are looked for there, by an automaton of their own, which leaves the one that reads every
 * byte small enough for a processor's cache.
 */
import { alphabetTable } from "./alphabets.ts";
import { type AnchorHits, findAnchors, newHits } from "./anchor-automaton.ts";
import { mayStandAt } from "./anchor-probes.ts";
import type { AnchorTable, CompiledAnchor } from "./compile-rules.ts";
import type { Range } from "./find-long-runs.ts";
import { looksDrawn, namedReach } from "./find-named.ts";
import type { Part, Shape } from "./secret-rule.ts";
import type { Hit } from "./view.ts";

/** So many characters of base64 in a row begin every value that is looked for here. */
const leastRun = 15;
/** What is seen of a run: enough to tell a key from a name. */
const farthestLook = 128;

const base64 = alphabetTable("base64Any");
const streams: readonly [AnchorHits, AnchorHits, AnchorHits, AnchorHits] = [newHits(), newHits(), newHits(), newHits()];

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

/** How many characters of base64 the part has at least; undefined if it may hold others. */
function runOf(part: Part): number | undefined {
  if ("text" in part) return isBase64(part.text) ? part.text.length : undefined;
  if ("oneOf" in part)
    return part.oneOf.every(isBase64) ? Math.min(...part.oneOf.map(({ length }) => length)) : undefined;
  if (!("alphabet" in part)) return undefined;
  if (!alphabetTable(part.alphabet).every((is, byte) => is === 0 || base64[byte] === 1)) return undefined;
  return typeof part.length === "number" ? part.length : part.length[0];
}

function isBase64(text: string): boolean {
  return Buffer.from(text, "latin1").every((byte) => base64[byte] === 1);
}

/** Calls `visit` for the providers' words that end in (from, to]; false ends it, and the offset of the end is returned. */
export function eachNamedAnchor(
  { automaton, anchors }: AnchorTable,
  bytes: Buffer,
  { from, to, runs }: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
): number | undefined {
  let done = from;
  for (let index = 0; index < runs.length; index += 2) {
    const value = runs[index]!;
    const first = Math.max(done, value - namedReach - 1);
    const last = Math.min(value, to);
    if (first >= last || !looksDrawn(bytes, value, Math.min(runs[index + 1]!, value + farthestLook))) continue;
    done = last;
    findAnchors(automaton, bytes, first, last, streams);
    for (const hits of streams) {
      for (let hit = 0; hit < hits.count; hit++) {
        const end = hits.ends[hit]!;
        for (const anchor of anchors[hits.states[hit]!]!) {
          const start = end - anchor.length;
          if (mayStandAt(anchor.probes, bytes, start, end) && !visit(anchor, { start, end })) return end;
        }
      }
    }
  }
  return undefined;
}
