/**
 * Places that make an object a suspect, each with a stamp of all bytes that its verdict could rest on. Objects with the same
 * stamps hold the same secrets, wherever they stand in them: one of them is scanned for all that lie at a path.
 */
import { createHash } from "node:crypto";
import { type CarriedFrom, carrySpans, type Spans } from "#git/packs/carry-spans.ts";
import { windowReach } from "#scan/secrets/find-suspects.ts";

export interface Evidence {
  readonly from: number;
  readonly to: number;
  /** The bytes that the stamp was made of. */
  readonly around: readonly [from: number, to: number];
  readonly stamp: number;
}

/**
 * A verdict rests on what its rule looked at, and on the candidates that overlap it, which looked as far: so twice the
 * reach of windows, and whatever was looked at from further away.
 */
const seen = 2 * (windowReach.before + windowReach.after);

/** What of the base's evidence lies in one copy; the stamp only where all around it does, too. */
export function carryEvidence(evidence: readonly Evidence[], from: CarriedFrom): readonly Evidence[] {
  return evidence.flatMap(({ from: start, to, around, stamp }) => {
    const places = carrySpans(Int32Array.of(start, to), from);
    const isInside = around[0] > 0 && around[1] < from.base;
    const wide = isInside ? carrySpans(Int32Array.of(...around), from) : new Int32Array(0);
    return pairsOf(places).map(([at, end]): Evidence => {
      const move = at - start;
      const isCarried = pairsOf(wide).some(([first]) => first === around[0] + move);
      return isCarried
        ? { from: at, to: end, around: [around[0] + move, around[1] + move], stamp }
        : { from: at, to: end, around: [at, end], stamp: Number.NaN };
    });
  });
}

/** `reach`: all that was looked at from far away, in the order of its places; none lies in another. */
export function stampEvidence(
  bytes: Buffer,
  carried: readonly Evidence[],
  fresh: Spans,
  reach: Spans,
): readonly Evidence[] {
  const known = new Map(carried.map((one) => [`${one.from} ${one.to}`, one]));
  for (const [from, to] of pairsOf(fresh)) {
    const key = `${from} ${to}`;
    if (!known.has(key)) known.set(key, { from, to, around: [from, to], stamp: Number.NaN });
  }
  return [...known.values()].map((one) => {
    const around = aroundOf(one, reach, bytes.length);
    if (!Number.isNaN(one.stamp) && around[0] === one.around[0] && around[1] === one.around[1]) return one;
    return { from: one.from, to: one.to, around, stamp: stampOf(bytes, one, around) };
  });
}

function aroundOf({ from, to }: Evidence, reach: Spans, size: number): readonly [number, number] {
  let start = Math.max(0, from - seen);
  let end = Math.min(size, to + seen);
  for (const [first, last] of pairsOf(reach)) {
    if (first >= to + seen || last <= from - seen) continue;
    start = Math.min(start, first);
    end = Math.max(end, last);
  }
  return [start, end];
}

/** 52 bits; the ends of the file are part of it. */
function stampOf(bytes: Buffer, { from, to }: Evidence, [start, end]: readonly [number, number]): number {
  const place = `${from - start} ${to - start} ${start === 0} ${end === bytes.length}\0`;
  return numberOf(createHash("sha1").update(place).update(bytes.subarray(start, end)).digest());
}

/** One number for all stamps of an object, in whatever order; never 0. */
export function groupOf(evidence: readonly Evidence[]): number {
  const stamps = new Set(evidence.map(({ stamp }) => stamp));
  const sorted = Float64Array.from(stamps).sort();
  return Math.max(1, numberOf(createHash("sha1").update(sorted).digest()));
}

function numberOf(digest: Buffer): number {
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! >> 4);
}

function pairsOf(spans: Spans): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < spans.length; at += 2) pairs.push([spans[at]!, spans[at + 1]!]);
  return pairs;
}
