/**
 * Tells without any ecosystem's order that a version lies in a range: numbers with dots stand in the same order everywhere.
 * What is written in another way, or equal to a bound but for zeros, is not told.
 */
import type { AffectedRange, RangeEvent } from "#model/advisory.ts";

const plain = /^\d{1,15}(?:\.\d{1,15}){0,9}$/;

/** Only of a range that begins once and ends once, as nearly all do. */
export function isPlainlyIn(version: string, { events: [from, to, more] }: AffectedRange): boolean {
  if (!plain.test(version) || from === undefined || !("introduced" in from) || more !== undefined) return false;
  const isBehind = from.introduced === "0" || from.introduced === version || isBelow(from.introduced, version);
  return isBehind && (to === undefined || isBefore(version, to));
}

function isBefore(version: string, end: RangeEvent): boolean {
  if ("introduced" in end) return false;
  return "fixed" in end
    ? isBelow(version, end.fixed)
    : version === end.lastAffected || isBelow(version, end.lastAffected);
}

function isBelow(lower: string, higher: string): boolean {
  if (!plain.test(lower) || !plain.test(higher)) return false;
  const [left, right] = [lower.split("."), higher.split(".")];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = Number(left[at] ?? 0) - Number(right[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
