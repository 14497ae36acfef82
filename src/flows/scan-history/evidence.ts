/**
 * Places that make an object a suspect, each with a stamp of all bytes that its verdict could rest on. Objects with the same
 * stamps hold the same secrets, wherever they stand in them: one of them is scanned for all that lie at a path.
 */
import { createHash } from "node:crypto";
import { farthestSight, hasEscape } from "#scan/secrets/history/find-suspects.ts";
import { pairsOf } from "#scan/secrets/history/span-lists.ts";
import { runEnd, runStart } from "#scan/secrets/text/view.ts";
import { type CarriedFrom, carrySpans, type Sights, type Spans } from "./carry-spans.ts";

export interface Evidence {
  readonly from: number;
  readonly to: number;
  /** The bytes that the stamp says something of. */
  readonly around: readonly [from: number, to: number];
  readonly stamp: number;
}

/**
 * A verdict rests on what its rule looked at, and on the candidates that overlap it, which looked as far: so twice the
 * farthest sight, and whatever was looked at from further away. Where no escape stands, none is seen from afar either.
 */
const near = 2 * farthestSight.beside;
const wide = 2 * farthestSight.escaped;
const longestLiteral = 8192;

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

/** `far`: all that was looked at from far away. */
export function stampEvidence(
  bytes: Buffer,
  carried: readonly Evidence[],
  fresh: Spans,
  far: Sights,
): readonly Evidence[] {
  const known = new Map(carried.map((one) => [`${one.from} ${one.to}`, one]));
  for (const [from, to] of pairsOf(fresh)) {
    const key = `${from} ${to}`;
    if (!known.has(key)) known.set(key, { from, to, around: [from, to], stamp: Number.NaN });
  }
  return [...known.values()].map((one) => {
    const around = aroundOf(bytes, one, far, wide);
    if (!Number.isNaN(one.stamp) && around[0] === one.around[0] && around[1] === one.around[1]) return one;
    return { from: one.from, to: one.to, around, stamp: stampOf(bytes, one, stamped(bytes, one, far, around)) };
  });
}

type Range = readonly [from: number, to: number];

/** What of it decides: less where there are no escapes in all of it. */
function stamped(bytes: Buffer, one: Evidence, far: Sights, around: Range): Range {
  return hasEscape(bytes, ...around) ? around : aroundOf(bytes, one, far, near);
}

function aroundOf(bytes: Buffer, { from, to }: Evidence, far: Sights, seen: number): Range {
  // A literal of base64 is decoded as a whole.
  let start = runStart(bytes, "base64Any", from, longestLiteral) - seen;
  let end = runEnd(bytes, "base64Any", to, longestLiteral) + seen;
  for (let at = 0; at < far.length; at += 4) {
    const first = far[at]!;
    const last = far[at + 1]!;
    if (first >= to + seen || last <= from - seen) continue;
    start = Math.min(start, first);
    end = Math.max(end, last);
  }
  return [Math.max(0, start), Math.min(bytes.length, end)];
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
