/**
 * Windows of one blob, put one behind the other with what stands around each: what begins anew for each part that is looked
 * through is a tenth of the work of a history, whose windows have 200 bytes.
 */

export interface JoinedWindows {
  /** Valid until the next windows are joined. */
  readonly bytes: Buffer;
  /** Where in the blob what ends at an offset of them ends; -1 unless it ends behind the beginning of a window and in it. */
  placeOf(end: number): number;
  /** Calls `visit` for each window that some of the joined runs touch, with their places in the blob. */
  eachWithRuns(runs: Int32Array, visit: (from: number, to: number, runs: Int32Array) => void): void;
}

/** Between the pieces: no anchor, run or word goes on through zeros. */
const gap = 64;

let scratch = Buffer.alloc(64 * 1024);

/** `around`: how far beyond a window anything is looked at to see whether an anchor is one. */
export function joinWindows(blob: Buffer, windows: Int32Array, around: number): JoinedWindows {
  const pieces = piecesOf(blob.length, windows, around);
  const offsetOf = (joined: number) => {
    const at = lastAtOrBefore(pieces, joined);
    return joined - pieces[at]! + pieces[at + 1]!;
  };
  return {
    bytes: copied(blob, pieces),
    placeOf: (joined) => {
      const end = offsetOf(joined);
      const window = firstThatEndsFrom(windows, end);
      return window < windows.length && windows[window]! < end ? end : -1;
    },
    eachWithRuns: (runs, visit) => {
      let run = 0;
      for (let window = 0; run < runs.length && window < windows.length; window += 2) {
        const [from, to] = [windows[window]!, windows[window + 1]!];
        // A run that goes on behind one window may touch the next one.
        while (run < runs.length && offsetOf(runs[run]!) + runs[run + 1]! - runs[run]! < from) run += 2;
        const own: number[] = [];
        for (let next = run; next < runs.length && offsetOf(runs[next]!) <= to; next += 2) {
          const start = offsetOf(runs[next]!);
          own.push(start, start + runs[next + 1]! - runs[next]!);
        }
        if (own.length > 0) visit(Math.max(0, from), Math.min(blob.length, to), Int32Array.from(own));
      }
    },
  };
}

/** Triples: where a piece begins in the joined bytes, where it begins and ends in the blob. */
function piecesOf(size: number, windows: Int32Array, around: number): Int32Array {
  const pieces = new Int32Array((windows.length / 2) * 3);
  let length = 0;
  for (let index = 0; index < windows.length; index += 2) {
    const from = Math.max(0, windows[index]! - around);
    const to = Math.min(size, windows[index + 1]! + around);
    if (length > 0 && from <= pieces[length - 1]!) pieces[length - 1] = to;
    else {
      pieces[length + 1] = from;
      pieces[length + 2] = to;
      length += 3;
    }
  }
  let at = gap;
  for (let piece = 0; piece < length; piece += 3) {
    pieces[piece] = at;
    at += pieces[piece + 2]! - pieces[piece + 1]! + gap;
  }
  return pieces.subarray(0, length);
}

function copied(blob: Buffer, pieces: Int32Array): Buffer {
  let size = gap;
  for (let piece = 0; piece < pieces.length; piece += 3) size += pieces[piece + 2]! - pieces[piece + 1]! + gap;
  if (scratch.length < size) scratch = Buffer.alloc(2 * size);
  for (let piece = 0; piece < pieces.length; piece += 3) {
    const start = pieces[piece]!;
    scratch.fill(0, start - gap, start);
    blob.copy(scratch, start, pieces[piece + 1]!, pieces[piece + 2]!);
  }
  scratch.fill(0, size - gap, size);
  return scratch.subarray(0, size);
}

function lastAtOrBefore(pieces: Int32Array, joined: number): number {
  let low = 0;
  let high = pieces.length / 3 - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (pieces[middle * 3]! <= joined) low = middle;
    else high = middle - 1;
  }
  return low * 3;
}

function firstThatEndsFrom(windows: Int32Array, offset: number): number {
  let low = 0;
  let high = windows.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (windows[middle * 2 + 1]! < offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}
