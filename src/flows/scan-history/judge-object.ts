/**
 * Judges one object of a delta family: a root whole, what is built on a judged one only where it differs, with what was
 * said of its base. Both ways give the same suspects; what was said of an object goes on to those built on it.
 */

import { carrySpans, joinSpans, windowsOf } from "#git/packs/carry-spans.ts";
import type { BuiltObject } from "#git/packs/walk-family.ts";
import { findSuspects, type Suspects, windowReach } from "#scan/secrets/find-suspects.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";

/** What goes on to the objects built on this one; undefined if nothing is known, then they are judged whole. */
export type Carried = Suspects | undefined;

export interface JudgedObject {
  readonly isSuspect: boolean;
  readonly carried: Carried;
  /** Bytes that were looked at. */
  readonly looked: number;
}

/** Longer lists cost more than judging again. */
const mostSpans = 10_000;

export function judgeObject(
  { bytes, base }: BuiltObject<Carried>,
  least: number | undefined,
  whole: boolean,
): JudgedObject {
  // The ordinary scanner says that it is too large, under its path.
  if (bytes.length > largestFile) return { isSuspect: true, carried: undefined, looked: 0 };
  if (base?.carried === undefined || whole) return judgeWhole(bytes, least);
  const from = { copies: base.copies, base: base.size, size: bytes.length };
  const reach = carrySpans(base.carried.reach, from, true);
  if (!reach.isComplete) return judgeWhole(bytes, least);
  const windows = windowsOf(base.copies, bytes, base.size, windowReach);
  const fresh = findSuspects(bytes, windows, least);
  const evidence = joinSpans(carrySpans(base.carried.evidence, from, false).spans, fresh.evidence);
  const carried = { evidence, reach: joinSpans(reach.spans, fresh.reach) };
  const isLong = carried.evidence.length + carried.reach.length > 2 * mostSpans;
  return { isSuspect: evidence.length > 0, carried: isLong ? undefined : carried, looked: lengthOf(windows) };
}

function judgeWhole(bytes: Buffer, least: number | undefined): JudgedObject {
  const carried = findSuspects(bytes, undefined, least);
  return { isSuspect: carried.evidence.length > 0, carried, looked: bytes.length };
}

function lengthOf(windows: Int32Array): number {
  let length = 0;
  for (let at = 0; at < windows.length; at += 2) length += windows[at + 1]! - windows[at]!;
  return length;
}
