/**
 * The long runs of base64 in a part of a file, found once for all who look for something in them: rules known by their
 * length alone, short anchors, words of providers, literals to decode.
 */
import type { CompiledRules } from "./compile-rules.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Starts and ends, in order, of what may hold runs of 15 characters and more that touch the range: cut at its edges. */
  readonly runs: readonly number[];
}

/** How far beyond the range a run is followed: a longer one is seen all the same. */
const around = 128;

export function rangeOf({ prefilter }: CompiledRules, bytes: Buffer, from: number, to: number): Range {
  const first = Math.max(0, from - around);
  prefilter.load(bytes, first);
  return { from, to, runs: prefilter.runs(bytes, first, Math.min(bytes.length, to + around)) };
}

/** Calls `found` for the parts of the range that runs of at least so many characters can touch. */
export function eachRunPart(
  { from, to, runs }: Range,
  least: number,
  found: (part: { readonly from: number; readonly to: number }) => void,
): void {
  for (let index = 0; index < runs.length; index += 2) {
    const start = runs[index]!;
    const end = runs[index + 1]!;
    // What is cut at an edge may be longer than it seems.
    const isCut = start < from || end > to;
    if ((isCut || end - start >= least) && end >= from && start < to)
      found({ from: Math.max(start, from), to: Math.min(end, to) });
  }
}
