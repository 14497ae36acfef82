/** A text and places in it. Offsets count UTF-16 units; lines are worked out only when somebody reports. */
import type { Span } from "#model/span.ts";

export interface TextFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Where it is packed in a file of the repository: that file, and the path in it. `path` is where it would stand unpacked. */
  readonly archive?: { readonly path: string; readonly inner: string };
}

/** A stretch of a text, end exclusive. */
export interface Place {
  readonly file: TextFile;
  readonly start: number;
  readonly end: number;
}

interface LineTable {
  /** Offsets at which lines begin. */
  readonly starts: Uint32Array;
  /** Position of the line that was found last. */
  last: number;
}

const lineTables = new WeakMap<TextFile, LineTable>();

function lineTable(file: TextFile): LineTable {
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
  const table = { starts: starts.subarray(0, count), last: 0 };
  lineTables.set(file, table);
  return table;
}

/** Line and column of an offset, both from 1. Found from the last one on: most ask for place after place. */
export function positionOf(file: TextFile, offset: number): { readonly line: number; readonly column: number } {
  const table = lineTable(file);
  const { starts } = table;
  let low = (starts[table.last] ?? 0) <= offset ? table.last : 0;
  let step = 1;
  for (; low + step < starts.length && (starts[low + step] ?? 0) <= offset; step *= 2) low += step;
  let high = Math.min(low + step, starts.length) - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  table.last = low;
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Of a packed file, the beginning of its archive: there are no lines to be shown. */
export function spanOf({ file, start, end }: Place): Span {
  if (file.archive) return { path: file.archive.path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
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

/** For messages on a packed file, which can show no line: what is meant. Empty for every other file. */
export function placeInArchive({ file, start }: Place): string {
  return file.archive ? ` (${file.archive.inner}, line ${positionOf(file, start).line}, in the archive)` : "";
}
