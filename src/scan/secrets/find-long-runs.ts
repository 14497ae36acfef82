/**
 * The long runs of base64 in a part of a file, found once for all who look for something in them: rules known by their
 * length alone, short anchors, literals to decode. Most text has none, and then one byte in fifteen was looked at.
 */
import { alphabetTable } from "./alphabets.ts";
import { runsFrom } from "./find-runs.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Starts and ends, in order, of what may hold runs of 15 characters and more that touch the range: cut at its edges. */
  readonly runs: readonly number[];
}

/** The shortest that anybody asks for. */
const leastRun = 15;
/** How far beyond the range a run is followed: a longer one is seen all the same. */
const around = 128;

const table = alphabetTable("base64Any");

export function rangeOf(bytes: Uint8Array, from: number, to: number): Range {
  const runs: number[] = [];
  const limit = Math.min(bytes.length, to + around);
  runsFrom(bytes, table, leastRun, { from: Math.max(0, from - around), to: limit, limit }, (start, end) => {
    runs.push(start, end);
  });
  return { from, to, runs };
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
