/** Finds literals of base64 that begin as text does: no rule's anchor is needed to see that something is behind them. */
import { alphabetTable } from "../text/alphabets.ts";
import { beginsAsText } from "../text/decoded-text.ts";
import { eachRunPart, leastLiteral, type Range } from "./find-long-runs.ts";
import { findRuns } from "./find-runs.ts";

/** The longest is decoded in one piece, of what is longer only the beginning. */
const length = { least: leastLiteral, most: 8192 };

/** Calls `found` for the literals that touch [from, to). */
export function findLiterals(bytes: Uint8Array, range: Range, found: (start: number, end: number) => void): void {
  const table = alphabetTable("base64Any");
  const each = (runStart: number, end: number) => {
    const start = runStart + escapeLetters(bytes[runStart - 1]);
    if (beginsAsText(bytes, start)) found(start, Math.min(end, start + length.most));
  };
  eachRunPart(bytes, table, range, length.least, (part) => findRuns(bytes, table, length, part, each));
}

/** The letters of an escape are no part of the literal: `\n`, `%3D`. */
function escapeLetters(before: number | undefined): number {
  if (before === 0x5c) return 1;
  return before === 0x25 ? 2 : 0;
}
