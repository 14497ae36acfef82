/** A text and places in it. Offsets count UTF-16 units; lines are worked out only when somebody reports. */
import type { Span } from "#model/span.ts";

export interface TextFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A stretch of a text, end exclusive. */
export interface Place {
  readonly file: TextFile;
  readonly start: number;
  readonly end: number;
}

const lineTables = new WeakMap<TextFile, Uint32Array>();

/** Offsets at which lines begin. */
function lineStarts(file: TextFile): Uint32Array {
  const known = lineTables.get(file);
  if (known) return known;
  const { text } = file;
  let starts = new Uint32Array(64);
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (count === starts.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(starts);
      starts = longer;
    }
    starts[count++] = at + 1;
  }
  const lines = starts.subarray(0, count);
  lineTables.set(file, lines);
  return lines;
}

/** Line and column of an offset, both from 1. */
export function positionOf(file: TextFile, offset: number): { readonly line: number; readonly column: number } {
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

export function spanOf({ file, start, end }: Place): Span {
  const from = positionOf(file, start);
  const to = positionOf(file, Math.max(start, end));
  return {
    path: file.path,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}
