/**
 * Windows of one blob, put one behind the other with what stands around each: what begins anew for each part that is looked
 * through is a tenth of the work of a history, whose windows have 200 bytes.
 */

export interface JoinedWindows {
  /** Valid until the next windows are joined. */
  readonly bytes: Buffer;
  /** Where in them the windows are, without what stands around: pairs, in order. */
  readonly windows: Int32Array;
  /** Where in the blob what ends at an offset of them ends; -1 unless it ends behind the beginning of a window and in it. */
  placeOf(end: number): number;
  /** Calls `visit` for each window that some of the joined runs touch, with their places in the blob. */
  eachWithRuns(runs: Int32Array, visit: (from: number, to: number, runs: Int32Array) => void): void;
}

/** Between the pieces: no anchor, run or word goes on through zeros. */
const gap = 64;
const lineFeed = 10;

let scratch = Buffer.alloc(64 * 1024);
/** Pieces, joined windows and runs: a list for each would cost as much as what it is filled with. */
const rooms = [new Int32Array(1024), new Int32Array(1024), new Int32Array(1024)];

function roomFor(room: 0 | 1 | 2, size: number): Int32Array {
  if (rooms[room]!.length < size) rooms[room] = new Int32Array(2 * size);
  return rooms[room]!;
}

/** `around`: how far beyond a window anything is looked at to see whether an anchor is one. */
export function joinWindows(blob: Buffer, windows: Int32Array, around: number): JoinedWindows {
  const pieces = piecesOf(blob.length, windows, around);
  return {
    bytes: copied(blob, pieces),
    windows: joinedPlaces(blob.length, windows, pieces),
    placeOf: (joined) => {
      const piece = lastAtOrBefore(pieces, joined);
      const end = joined - pieces[piece]! + pieces[piece + 1]!;
      const window = firstThatEndsFrom(windows, end);
      return window < windows.length && windows[window]! < end ? end : -1;
    },
    eachWithRuns: (runs, visit) => {
      const placed = placesOfRuns(runs, pieces);
      let first = 0;
      for (let window = 0; first < placed.length && window < windows.length; window += 2) {
        const [from, to] = [windows[window]!, windows[window + 1]!];
        // A run that goes on behind one window may touch the next one.
        while (first < placed.length && placed[first + 1]! < from) first += 2;
        let end = first;
        while (end < placed.length && placed[end]! <= to) end += 2;
        if (end > first) visit(Math.max(0, from), Math.min(blob.length, to), placed.subarray(first, end));
      }
    },
  };
}

/** Triples: where a piece begins in the joined bytes, where it begins and ends in the blob. */
function piecesOf(size: number, windows: Int32Array, around: number): Int32Array {
  const pieces = roomFor(0, (windows.length / 2) * 3);
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

function joinedPlaces(size: number, windows: Int32Array, pieces: Int32Array): Int32Array {
  const joined = roomFor(1, windows.length).subarray(0, windows.length);
  let piece = 0;
  for (let at = 0; at < windows.length; at += 2) {
    const from = Math.max(0, windows[at]!);
    while (piece + 3 < pieces.length && pieces[piece + 2]! < from) piece += 3;
    const move = pieces[piece]! - pieces[piece + 1]!;
    joined[at] = from + move;
    joined[at + 1] = Math.min(size, windows[at + 1]!) + move;
  }
  return joined;
}

/** Both are sorted, and no run leaves its piece. */
function placesOfRuns(runs: Int32Array, pieces: Int32Array): Int32Array {
  const placed = roomFor(2, runs.length).subarray(0, runs.length);
  let piece = 0;
  for (let at = 0; at < runs.length; at += 2) {
    while (piece + 3 < pieces.length && pieces[piece + 3]! <= runs[at]!) piece += 3;
    const move = pieces[piece + 1]! - pieces[piece]!;
    placed[at] = runs[at]! + move;
    placed[at + 1] = runs[at + 1]! + move;
  }
  return placed;
}

function copied(blob: Buffer, pieces: Int32Array): Buffer {
  let size = gap;
  for (let piece = 0; piece < pieces.length; piece += 3) size += pieces[piece + 2]! - pieces[piece + 1]! + gap;
  if (scratch.length < size) scratch = Buffer.alloc(2 * size);
  for (let piece = 0; piece < pieces.length; piece += 3) {
    const start = pieces[piece]!;
    scratch.fill(0, start - gap, start);
    // Nothing stands before a name in the first line: it begins one there, too.
    if (pieces[piece + 1] === 0) scratch[start - 1] = lineFeed;
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
