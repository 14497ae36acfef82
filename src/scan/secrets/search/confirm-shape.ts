/** Confirms a hit by its rule's shape: reads the token at, around or behind the anchor. What each shape looks at is told in rule-reach.ts. */

import { readAssignment } from "../assignments/read-assignment.ts";
import { isComputed, saysKeyId, saysOther } from "../judgement/other-things.ts";
import { readers } from "../readers/readers.ts";
import type { Anchor, Part, Shape } from "../rule/secret-rule.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { matchParts } from "../text/match-parts.ts";
import { mostOf } from "../text/part-lengths.ts";
import {
  type Candidate,
  type Hit,
  isIn,
  noProposal,
  type Proposal,
  runStart,
  startsToken,
  type View,
} from "../text/view.ts";
import { namedProposal } from "./find-named.ts";

export function confirmShape(shape: Shape, view: View, hit: Hit, { at = 0, joined }: Anchor): Proposal {
  switch (shape.is) {
    case "token":
      return tokenProposal(shape, view, hit, at);
    case "near":
      return nearProposal(shape, view, hit);
    case "named":
      return namedProposal(shape, view, hit, joined);
    case "assigned":
      return assignedProposal(shape, view, hit);
    case "reader":
      return readers[shape.reader].read(view, hit);
    case "run":
    case "literal":
    case "file":
    case "pattern":
      return noProposal;
  }
}

function tokenProposal(shape: Shape & { is: "token" }, view: View, hit: Hit, at: number | "back"): Proposal {
  const start = at === "back" ? startBefore(shape.parts[0], view, hit) : hit.start - at;
  if (start < 0 || !startsToken(view.bytes, start)) return noProposal;
  const bounds = matchParts(view.bytes, start, shape.parts);
  if (bounds === undefined || isComputed(view.bytes, start)) return noProposal;
  const [from, to] = shape.secret ?? [0, shape.parts.length - 1];
  return { candidates: [{ start: bounds[from]!, end: bounds[to + 1]! }], skipTo: bounds.at(-1)! };
}

/** Where a token begins whose first part stands before the anchor. */
function startBefore(first: Part | undefined, { bytes }: View, hit: Hit): number {
  return first !== undefined && "alphabet" in first
    ? runStart(bytes, first.alphabet, hit.start, mostOf(first))
    : hit.start;
}

/** Looks for the token in a window around the anchor. */
function nearProposal(shape: Shape & { is: "near" }, view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const first = shape.parts[0];
  if (first === undefined || !("alphabet" in first)) return noProposal;
  const table = alphabetTable(first.alphabet);
  const to = Math.min(bytes.length, hit.end + shape.after);
  const candidates: Candidate[] = [];
  const least = Math.max(0, hit.start - shape.before);
  let at = least;
  while (at > 0 && at < to && isIn(table, bytes[at - 1])) at++;
  while (at < to) {
    if (!isIn(table, bytes[at])) {
      at++;
      continue;
    }
    const end = startsToken(bytes, at) ? matchParts(bytes, at, shape.parts)?.at(-1) : undefined;
    const enough = end !== undefined && digitsIn(bytes, at, end) >= (shape.digits ?? 0);
    if (
      enough &&
      (shape.mixed !== true || isMixed(bytes, at, end)) &&
      !saysOther(bytes, at, least) &&
      !saysKeyId(bytes, at, least)
    )
      candidates.push({ start: at, end });
    while (at < bytes.length && isIn(table, bytes[at])) at++;
  }
  return { candidates };
}

function digitsIn(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (isIn(alphabetTable("digits"), bytes[at])) count++;
  return count;
}

function isMixed(bytes: Buffer, start: number, end: number): boolean {
  const text = bytes.toString("latin1", start, end);
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

function assignedProposal(shape: Shape & { is: "assigned" }, view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found === undefined) return noProposal;
  const [least, most] = shape.length;
  const { start, end } = found;
  if (end - start < least || end - start > most) return noProposal;
  return { candidates: [{ start, end }], skipTo: end };
}
