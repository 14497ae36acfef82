/**
 * Judges one object of a delta family: a root whole, what is built on a judged one only where it differs, with what was
 * said of its base. Both ways give the same suspects; what was said of an object goes on to those built on it.
 */

import type { BuiltObject } from "#git/packs/walk-family.ts";
import { type Changes, findSuspects, windowReach } from "#scan/secrets/history/find-suspects.ts";
import { joinWindows } from "#scan/secrets/history/join-windows.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";
import { mayBeMarked } from "#scan/secrets/silencing/may-be-marked.ts";
import {
  carrySights,
  coverSpans,
  joinSights,
  noSpans,
  type Sights,
  type Spans,
  splicesOf,
  windowsOf,
} from "./carry-spans.ts";
import { carryEvidence, type Evidence, groupOf, stampEvidence } from "./evidence.ts";
import type { SecretPlaces } from "./narrow-version.ts";

/** What goes on to the objects built on this one; undefined if nothing is known, then they are judged whole. */
export type Carried = Plain | undefined;

interface Plain {
  readonly evidence: readonly Evidence[];
  readonly far: Sights;
  /** Of suspects: whether marks could silence something. */
  readonly isMarked: boolean;
}

export interface JudgedObject {
  readonly isSuspect: boolean;
  /** Suspects with the same number hold the same secrets; 0 if that is not known. */
  readonly group: number;
  readonly carried: Carried;
  /** Of suspects of a group: where secrets stand, and what their verdicts rest on. */
  readonly places?: SecretPlaces;
  /** Bytes that were looked at. */
  readonly looked: number;
}

/** Longer lists cost more than judging again. */
const mostSpans = 10_000;

/** Whole if it comes without its base. */
export function judgeObject({ bytes, base }: BuiltObject<Carried>, least: number | undefined): JudgedObject {
  // The ordinary scanner says that it is too large, under its path.
  if (bytes.length > largestFile) return { isSuspect: true, group: 0, carried: undefined, looked: 0 };
  if (base?.carried === undefined) return judged(bytes, { least, base: [], far: noSpans });
  const from = { copies: base.copies, base: base.size, size: bytes.length };
  const { whole: far, broken } = carrySights(base.carried.far, from);
  const splices = splicesOf(base.copies, bytes.length, base.size);
  const changes = { splices, windows: coverSpans(windowsOf(splices, bytes.length, windowReach), anchorsAt(broken)) };
  const evidence = carryEvidence(base.carried.evidence, from);
  const marks = base.carried.evidence.length > 0 ? base.carried.isMarked : undefined;
  return judged(bytes, { least, changes, base: evidence, far, marks });
}

/** An anchor is found by where it ends. Places are sorted by their beginnings, and a longer one may end behind the next. */
function anchorsAt(places: Spans): Spans {
  if (places.length === 0) return noSpans;
  const ends = new Int32Array(places.length / 2);
  for (let index = 0; index < ends.length; index++) ends[index] = places[2 * index + 1]!;
  ends.sort();
  return places.map((_, index) => ends[index >> 1]! - (index % 2 === 0 ? 1 : 0));
}

interface FromBase {
  readonly least: number | undefined;
  readonly changes?: Changes;
  readonly base: readonly Evidence[];
  readonly far: Sights;
  /** Whether marks may stand outside of the windows, as far as it is known. */
  readonly marks?: boolean | undefined;
}

function judged(bytes: Buffer, { least, changes, base, far, marks }: FromBase): JudgedObject {
  const fresh = findSuspects(bytes, changes, least);
  const looked = changes === undefined ? bytes.length : lengthOf(changes.windows);
  if (!fresh.isPlain) return { isSuspect: fresh.evidence.length > 0, group: 0, carried: undefined, looked };
  const allFar = joinSights(far, fresh.far);
  const evidence =
    base.length + fresh.evidence.length === 0 ? base : stampEvidence(bytes, base, fresh.evidence, allFar);
  const isSuspect = evidence.length > 0;
  const isMarked =
    isSuspect && (marks === true || mayBeMarked(marks === false && changes ? windowsIn(bytes, changes) : bytes));
  const isLong = evidence.length + allFar.length / 4 > mostSpans;
  return {
    isSuspect,
    group: isSuspect && !isMarked ? groupOf(evidence) : 0,
    ...(isSuspect && !isMarked && { places: placesOf(evidence) }),
    carried: isLong ? undefined : { evidence, far: allFar, isMarked },
    looked,
  };
}

function placesOf(evidence: readonly Evidence[]): SecretPlaces {
  const sorted = evidence.toSorted((one, other) => one.from - other.from || one.to - other.to);
  return Int32Array.from(sorted.flatMap(({ from, to, around }) => [from, to, ...around]));
}

/** All in one: a search that begins for each window anew costs more than what it looks through. */
function windowsIn(bytes: Buffer, { windows }: Changes): Buffer {
  return joinWindows(bytes, windows, 0).bytes;
}

function lengthOf(windows: Spans): number {
  let length = 0;
  for (let at = 0; at < windows.length; at += 2) length += windows[at + 1]! - windows[at]!;
  return length;
}
