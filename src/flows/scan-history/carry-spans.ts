/** What a base was judged by, moved to the object that was built on it: places that lie in one unbroken copy, and new places. */
import type { Copies } from "#git/packs/apply-delta.ts";
import { distinctSpans, numbersOf } from "#scan/secrets/history/span-lists.ts";

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
  const carried: number[] = [];
  for (let index = 0; index < count; index++) {
    const to = triples[index * 3]!;
    const from = triples[index * 3 + 1]!;
    const end = from + triples[index * 3 + 2]!;
    for (let at = firstSpanFrom(spans, from); at < spans.length && spans[at]! < end; at += 2) {
      if (spans[at + 1]! <= end) carried.push(spans[at]! - from + to, spans[at + 1]! - from + to);
    }
  }
  return distinctSpans(carried);
}

/**
 * Places that something was read from, as quadruples: first and last (exclusive) of all that was looked at, then of the place itself,
 * which lies in it. Sorted by place, each place once. What begins below 0 or ends above the size saw an end of the object.
 */
export type Sights = Int32Array;

export interface CarriedSights {
  readonly whole: Sights;
  /** Places of which no copy has all that was looked at: whatever stands there has to be read again. */
  readonly broken: Spans;
}

/** What saw an end of the base is carried only to the same end of the child: it was judged so because nothing stood beyond. */
export function carrySights(sights: Sights, { copies: { triples, count }, base, size }: CarriedFrom): CarriedSights {
  if (sights.length === 0) return { whole: noSpans, broken: noSpans };
  const whole: number[] = [];
  const broken: number[] = [];
  for (let index = 0; index < count; index++) {
    const from = triples[index * 3 + 1]!;
    const move = triples[index * 3]! - from;
    const end = from + triples[index * 3 + 2]!;
    for (let at = firstSightFrom(sights, from); at < sights.length && sights[at + 2]! < end; at += 4) {
      const [first, last, start, stop] = [sights[at]!, sights[at + 1]!, sights[at + 2]!, sights[at + 3]!];
      if (stop > end) continue;
      const isSeenWhole =
        (first < 0 ? from === 0 && move === 0 : first >= from) &&
        (last > base ? end === base && base + move === size : last <= end);
      if (isSeenWhole) whole.push(first + move, last + move, start + move, stop + move);
      else broken.push(start + move, stop + move);
    }
  }
  return { whole: numbersOf(whole), broken: numbersOf(broken) };
}

/** Index of the first sight whose place begins at `offset` or later. */
function firstSightFrom(sights: Sights, offset: number): number {
  let low = 0;
  let high = sights.length / 4;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sights[middle * 4 + 2]! < offset) low = middle + 1;
    else high = middle;
  }
  return low * 4;
}

/** All of both lists; of a place that is in both, the wider sight. */
export function joinSights(a: Sights, b: Sights): Sights {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const joined = new Int32Array(a.length + b.length);
  let [inA, inB, to] = [0, 0, 0];
  while (inA < a.length || inB < b.length) {
    const order = inA === a.length ? 1 : inB === b.length ? -1 : a[inA + 2]! - b[inB + 2]! || a[inA + 3]! - b[inB + 3]!;
    const [list, at] = order <= 0 ? [a, inA] : [b, inB];
    for (let index = 0; index < 4; index++) joined[to + index] = list[at + index]!;
    if (order === 0) {
      joined[to] = Math.min(joined[to]!, b[inB]!);
      joined[to + 1] = Math.max(joined[to + 1]!, b[inB + 1]!);
    }
    if (order <= 0) inA += 4;
    if (order >= 0) inB += 4;
    to += 4;
  }
  return to === joined.length ? joined : joined.slice(0, to);
}

/** Index of the first span that begins at `offset` or later. */
function firstSpanFrom(spans: Spans, offset: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle * 2]! < offset) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

/** What lies in a span of either list, both sorted, in spans that do not touch. */
export function coverSpans(a: Spans, b: Spans): Spans {
  if (b.length === 0) return a;
  const spans = new Int32Array(a.length + b.length);
  let [inA, inB, length] = [0, 0, 0];
  while (inA < a.length || inB < b.length) {
    const isOfA = inB === b.length || (inA < a.length && a[inA]! <= b[inB]!);
    const [list, at] = isOfA ? [a, inA] : [b, inB];
    if (isOfA) inA += 2;
    else inB += 2;
    if (length > 0 && list[at]! <= spans[length - 1]!) spans[length - 1] = Math.max(spans[length - 1]!, list[at + 1]!);
    else {
      spans[length++] = list[at]!;
      spans[length++] = list[at + 1]!;
    }
  }
  return spans.slice(0, length);
}

/**
 * What an object has that its base had not: new bytes, and empty spans where two copies meet that were no neighbours. Ends
 * of the file count, unless they are the base's too.
 */
export function splicesOf({ triples, count }: Copies, size: number, baseSize: number): Spans {
  const splices = new Int32Array((count + 1) * 2);
  let length = 0;
  let end = 0;
  for (let index = 0; index < count; index++) {
    const to = triples[index * 3]!;
    // A head that begins where the base begins is no change; any other beginning of a copy is.
    if (to > 0 || triples[index * 3 + 1] !== 0) {
      splices[length++] = end;
      splices[length++] = to;
    }
    end = to + triples[index * 3 + 2]!;
  }
  const copiedToEnd = count > 0 && triples[count * 3 - 2]! + triples[count * 3 - 1]! === baseSize;
  if (end < size || !copiedToEnd) {
    splices[length++] = end;
    splices[length++] = size;
  }
  return splices.subarray(0, length);
}

/** All places from which a splice is seen, so far left of it and so far right, in windows that do not touch. */
export function windowsOf(
  splices: Spans,
  size: number,
  { before, after }: { readonly before: number; readonly after: number },
): Spans {
  const windows = new Int32Array(splices.length);
  let length = 0;
  for (let at = 0; at < splices.length; at += 2) {
    const start = Math.max(0, splices[at]! - before);
    const stop = Math.min(size, splices[at + 1]! + after);
    if (length > 0 && start <= windows[length - 1]!) windows[length - 1] = Math.max(windows[length - 1]!, stop);
    else {
      windows[length++] = start;
      windows[length++] = stop;
    }
  }
  return windows.subarray(0, length);
}
