/** What a base was judged by, moved to the object that was built on it: places that lie in one unbroken copy, and new places. */
import type { Copies } from "./apply-delta.ts";

/** Pairs of start and end, sorted by start. */
export type Spans = Int32Array;

export const noSpans: Spans = new Int32Array(0);

export interface CarriedFrom {
  readonly copies: Copies;
  /** Sizes of the whole objects. */
  readonly base: number;
  readonly size: number;
}

/** Spans that lie in one copy, where they are now. A part of the base that is copied twice gives two places. */
export function carrySpans(spans: Spans, { copies: { triples, count } }: Pick<CarriedFrom, "copies">): Spans {
  if (spans.length === 0) return noSpans;
  const carried: [number, number][] = [];
  for (let index = 0; index < count; index++) {
    const to = triples[index * 3]!;
    const from = triples[index * 3 + 1]!;
    const end = from + triples[index * 3 + 2]!;
    for (let at = firstFrom(spans, from); at < spans.length && spans[at]! < end; at += 2) {
      if (spans[at + 1]! <= end) carried.push([spans[at]! - from + to, spans[at + 1]! - from + to]);
    }
  }
  return spansOf(carried);
}

export interface CarriedReach {
  readonly whole: Spans;
  /** What is left of spans that no copy has whole: whatever stands there has to be looked at again. */
  readonly pieces: Spans;
}

/**
 * What was looked at from some place in the base. A span that touches the beginning or the end of the base is carried whole
 * only to the same end of the child: it was judged so because nothing stood before or after. `spans` are none in another.
 */
export function carryReach(spans: Spans, { copies: { triples, count }, base, size }: CarriedFrom): CarriedReach {
  if (spans.length === 0) return { whole: noSpans, pieces: noSpans };
  const whole: [number, number][] = [];
  const pieces: [number, number][] = [];
  for (let index = 0; index < count; index++) {
    const from = triples[index * 3 + 1]!;
    const move = triples[index * 3]! - from;
    const end = from + triples[index * 3 + 2]!;
    for (let at = firstEndAfter(spans, from); at < spans.length && spans[at]! < end; at += 2) {
      const start = spans[at]!;
      const stop = spans[at + 1]!;
      const isAtSameEnds = (start > 0 || move === 0) && (stop < base || stop + move === size);
      const list = start >= from && stop <= end && isAtSameEnds ? whole : pieces;
      list.push([Math.max(start, from) + move, Math.min(stop, end) + move]);
    }
  }
  return { whole: spansOf(whole), pieces: spansOf(pieces) };
}

/** Index of the first span that ends after `offset`, of spans of which none lies in another. */
function firstEndAfter(spans: Spans, offset: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle * 2 + 1]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

/** Index of the first span that begins at `offset` or later. */
function firstFrom(spans: Spans, offset: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle * 2]! < offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

function spansOf(pairs: [number, number][]): Spans {
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const spans = new Int32Array(pairs.length * 2);
  let length = 0;
  for (const [start, end] of pairs) {
    if (length > 0 && spans[length - 2] === start && spans[length - 1] === end) continue;
    spans[length++] = start;
    spans[length++] = end;
  }
  return spans.slice(0, length);
}

/** All spans of two lists but those that lie in another one. */
export function joinSpans(a: Spans, b: Spans): Spans {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const joined = sortedPairs(a, b);
  const spans = new Int32Array(a.length + b.length);
  let length = 0;
  for (const [start, end] of joined) {
    if (length > 0 && end <= spans[length - 1]!) continue;
    // Of those that begin together the longest counts.
    if (length > 0 && spans[length - 2] === start) length -= 2;
    spans[length++] = start;
    spans[length++] = end;
  }
  return spans.slice(0, length);
}

/** What lies in a span of either list, in spans that do not touch. */
export function coverSpans(a: Spans, b: Spans): Spans {
  if (b.length === 0) return a;
  const spans = new Int32Array(a.length + b.length);
  let length = 0;
  for (const [start, end] of sortedPairs(a, b)) {
    if (length > 0 && start <= spans[length - 1]!) spans[length - 1] = Math.max(spans[length - 1]!, end);
    else {
      spans[length++] = start;
      spans[length++] = end;
    }
  }
  return spans.slice(0, length);
}

function sortedPairs(...lists: readonly Spans[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (const spans of lists) {
    for (let at = 0; at < spans.length; at += 2) pairs.push([spans[at]!, spans[at + 1]!]);
  }
  return pairs.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

export interface Reach {
  /** How far left of a change an anchor may stand that looks at it, and how far right. */
  readonly before: number;
  readonly after: number;
}

/** Windows are drawn to the ends of their lines where those are no further than this. */
const longestLine = 1024;
const lineFeed = 10;

/**
 * The parts of an object in which an anchor could stand that sees something its base had not: all around what is new, and
 * around every joint of two copies that were not neighbours. Ends of the file count, unless they are the base's too.
 */
export function windowsOf({ triples, count }: Copies, bytes: Buffer, baseSize: number, reach: Reach): Spans {
  const size = bytes.length;
  const windows = new Int32Array((count + 1) * 2);
  let length = 0;
  let end = 0;
  const open = (from: number, to: number) => {
    const start = lineStart(bytes, from - reach.before);
    const stop = lineEnd(bytes, to + reach.after);
    if (length > 0 && start <= windows[length - 1]!) windows[length - 1] = Math.max(windows[length - 1]!, stop);
    else {
      windows[length++] = start;
      windows[length++] = stop;
    }
  };
  for (let index = 0; index < count; index++) {
    const to = triples[index * 3]!;
    // A head that begins where the base begins is no change; any other beginning of a copy is.
    if (to > 0 || triples[index * 3 + 1] !== 0) open(end, to);
    end = to + triples[index * 3 + 2]!;
  }
  const copiedToEnd = count > 0 && triples[count * 3 - 2]! + triples[count * 3 - 1]! === baseSize;
  if (end < size || !copiedToEnd) open(end, size);
  return windows.slice(0, length);
}

function lineStart(bytes: Buffer, offset: number): number {
  const least = Math.max(0, offset - longestLine);
  for (let at = Math.min(offset, bytes.length); at > least; at--) if (bytes[at - 1] === lineFeed) return at;
  return Math.max(0, least === 0 ? 0 : offset);
}

function lineEnd(bytes: Buffer, offset: number): number {
  const most = Math.min(bytes.length, offset + longestLine);
  for (let at = Math.max(0, offset); at < most; at++) if (bytes[at] === lineFeed) return at + 1;
  return Math.min(bytes.length, most === bytes.length ? most : offset);
}
