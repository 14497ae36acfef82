/**
 * Judges one object of a delta family: a root whole, what is built on a judged one only where it differs, with what was
 * said of its base. Both ways give the same suspects; what was said of an object goes on to those built on it.
 */

import { carryReach, coverSpans, joinSpans, noSpans, type Spans, windowsOf } from "#git/packs/carry-spans.ts";
import type { BuiltObject } from "#git/packs/walk-family.ts";
import { findSuspects, windowReach } from "#scan/secrets/find-suspects.ts";
import { mayBeMarked } from "#scan/secrets/may-be-marked.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";
import { carryEvidence, type Evidence, groupOf, stampEvidence } from "./evidence.ts";

/** What goes on to the objects built on this one; undefined if nothing is known, then they are judged whole. */
export type Carried = Plain | undefined;

interface Plain {
  readonly evidence: readonly Evidence[];
  readonly reach: Spans;
  /** Of suspects: whether marks could silence something. */
  readonly isMarked: boolean;
}

export interface JudgedObject {
  readonly isSuspect: boolean;
  /** Suspects with the same number hold the same secrets; 0 if that is not known. */
  readonly group: number;
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
  if (bytes.length > largestFile) return { isSuspect: true, group: 0, carried: undefined, looked: 0 };
  if (base?.carried === undefined || whole) return judged(bytes, { least, base: [], reach: noSpans });
  const from = { copies: base.copies, base: base.size, size: bytes.length };
  const { whole: reach, pieces } = carryReach(base.carried.reach, from);
  const windows = coverSpans(windowsOf(base.copies, bytes, base.size, windowReach), pieces);
  const evidence = carryEvidence(base.carried.evidence, from);
  const marks = base.carried.evidence.length > 0 ? base.carried.isMarked : undefined;
  return judged(bytes, { least, windows, base: evidence, reach, marks });
}

interface FromBase {
  readonly least: number | undefined;
  readonly windows?: Spans;
  readonly base: readonly Evidence[];
  readonly reach: Spans;
  /** Whether marks may stand outside of the windows, as far as it is known. */
  readonly marks?: boolean | undefined;
}

function judged(bytes: Buffer, { least, windows, base, reach, marks }: FromBase): JudgedObject {
  const fresh = findSuspects(bytes, windows, least);
  const looked = windows === undefined ? bytes.length : lengthOf(windows);
  if (!fresh.isPlain) return { isSuspect: fresh.evidence.length > 0, group: 0, carried: undefined, looked };
  const allReach = joinSpans(reach, fresh.reach);
  const evidence =
    base.length + fresh.evidence.length === 0 ? base : stampEvidence(bytes, base, fresh.evidence, allReach);
  const isSuspect = evidence.length > 0;
  const isMarked =
    isSuspect && (marks === true || partsOf(bytes, marks === false ? windows : undefined).some(mayBeMarked));
  const isLong = 2 * evidence.length + allReach.length > 2 * mostSpans;
  return {
    isSuspect,
    group: isSuspect && !isMarked ? groupOf(evidence) : 0,
    carried: isLong ? undefined : { evidence, reach: allReach, isMarked },
    looked,
  };
}

function partsOf(bytes: Buffer, windows: Spans = Int32Array.of(0, bytes.length)): readonly Buffer[] {
  return Array.from({ length: windows.length / 2 }, (_, index) =>
    bytes.subarray(windows[2 * index]!, windows[2 * index + 1]!),
  );
}

function lengthOf(windows: Spans): number {
  let length = 0;
  for (let at = 0; at < windows.length; at += 2) length += windows[at + 1]! - windows[at]!;
  return length;
}
