/**
 * The long runs of base64 in a part of a file, found once for all who look for something in them: rules known by their
 * length alone, short anchors, words of providers, literals to decode.
 */

import type { Range } from "../prefilter/prefilter.ts";
import type { CompiledRules } from "./compile-rules.ts";

export type { Range } from "../prefilter/prefilter.ts";

/** How far beyond the range a run is followed: a longer one is seen all the same. */
const around = 256;

export function rangeOf({ prefilter }: CompiledRules, bytes: Buffer, from: number, to: number): Range {
  const first = Math.max(0, from - around);
  prefilter.load(bytes, first);
  return { from, to, runs: prefilter.runs(bytes, first, Math.min(bytes.length, to + around)) };
}

/** Base64 that is decoded has at least so many characters (find-literals.ts): twenty, and padding. */
export const leastLiteral = 27;

/** The same with those runs only that hold what a rule without anchors takes, or base64 to decode: most are long words. */
export function withoutWords({ shortRuns }: CompiledRules, bytes: Uint8Array, range: Range): Range {
  const { runs } = range;
  // Mostly none is kept, and a list without entries is made once.
  let kept = none;
  let length = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const start = runs[at]!;
    const end = runs[at + 1]!;
    if (end - start < leastLiteral && !isOfSome(shortRuns, bytes, start, end)) continue;
    if (length === 0) kept = new Int32Array(runs.length - at);
    kept[length++] = start;
    kept[length++] = end;
  }
  return { from: range.from, to: range.to, runs: length < kept.length ? kept.subarray(0, length) : kept };
}

const none = new Int32Array(0);

function isOfSome(rules: CompiledRules["runs"], bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = 0; index < rules.length; index++) {
    const { table, least } = rules[index]!;
    if (end - start >= least && mayHold(bytes, table, start, end, least)) return true;
  }
  return false;
}

/** Calls `found` for the parts of the range that runs of at least so many characters of the table, all of base64, can touch. */
export function eachRunPart(
  bytes: Uint8Array,
  table: Uint8Array,
  { from, to, runs }: Range,
  least: number,
  found: (part: { readonly from: number; readonly to: number }) => void,
): void {
  for (let index = 0; index < runs.length; index += 2) {
    const start = runs[index]!;
    const end = runs[index + 1]!;
    // What is cut at an edge may be longer than it seems.
    const isWhole = start >= from && end <= to;
    if (isWhole && !mayHold(bytes, table, start, end, least)) continue;
    if (end >= from && start < to) found({ from: Math.max(start, from), to: Math.min(end, to) });
  }
}

/** So many characters in a row lie at one of these places, wherever they begin. */
function mayHold(bytes: Uint8Array, table: Uint8Array, start: number, end: number, least: number): boolean {
  for (let at = start + least - 1; at < end; at += least) if (table[bytes[at]!] === 1) return true;
  return false;
}
