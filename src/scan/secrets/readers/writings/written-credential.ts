/**
 * Passwords and keys in the writings that readers of assignments do not know (writing.ts). The text of an anchor tells which may
 * stand there; the value stands behind it or before it, and so may the name.
 */

import { nameKind, nameWords } from "../../assignments/name-words.ts";
import { mayBe, mayBeOf } from "../../paths/path-facts.ts";
import { reportedScore } from "../../scoring/score.ts";
import { readsAsWords } from "../../scoring/word-letters.ts";
import { inSmallLetters } from "../../text/small-letters.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { judgeNamed, type NamedValue } from "../named-literal.ts";
import type { Writing } from "./writing.ts";
import { writings } from "./writings.ts";

/** Bytes looked at before and behind an anchor: within the sight of a refusal. */
const before = 160;
const after = 250;

/** Stands where a window is cut: none of the signs that end a value or begin a line, and one byte, as the texts are. */
const cut = "\x01";

export function readWrittenCredential(view: View, hit: Hit): Proposal {
  const around = textsAround(view, hit);
  let best: Proposal = refusedAtSight;
  for (const [, writing] of writings.get(inSmallLetters(around.anchor)) ?? []) {
    const place = mayStand(view, writing) ? placeOf(around, hit, writing) : undefined;
    if (place === undefined || (place.isBare && !looksMade(view, writing, place))) continue;
    const words = nameWords(place.name);
    const kind = writing.kind ?? nameKind(words);
    if (kind === undefined) continue;
    const candidates = judged(view, hit, writing, { ...place, words, kind });
    const proposal = { candidates, skipTo: Math.max(place.end, hit.end) };
    if (candidates.some(({ score = 0 }) => score >= reportedScore)) return proposal;
    // What another writing reads there may look more like one.
    if (best.candidates.length === 0) best = candidates.length === 0 ? noProposal : proposal;
  }
  return best;
}

interface Place extends Hit {
  readonly isBare: boolean;
  readonly name: string;
}

/** What several writings at one anchor read. */
interface TextsAround {
  readonly anchor: string;
  /** Where the text up to the name begins. */
  readonly from: number;
  readonly behind: string;
  /** Up to the end of the name that the anchor begins with. Most places are left before anybody asks. */
  readonly upToName: () => string;
}

function textsAround({ bytes }: View, { start, end }: Hit): TextsAround {
  const anchor = bytes.toString("latin1", start, end);
  const from = Math.max(0, start - before);
  const to = Math.min(bytes.length, end + after);
  let text: string | undefined;
  // The cut stands in place of the first byte, so that offsets stay.
  const head = () => (from === 0 ? latinText(bytes, 0, start) : `${cut}${latinText(bytes, from + 1, start)}`);
  return {
    anchor,
    from,
    behind: `${latinText(bytes, end, to)}${to < bytes.length ? cut : ""}`,
    upToName: () => (text ??= `${head()}${/^(?::|def |->|--?)?\w+/.exec(anchor)?.[0] ?? ""}`),
  };
}

/** Where the value stands: behind the anchor, before it, or before it with its name behind. */
function placeOf(texts: TextsAround, hit: Hit, writing: Writing): Place | undefined {
  return writing.back === undefined ? placeBehind(texts, hit, writing) : placeBefore(texts, writing.back, writing);
}

function placeBefore({ upToName, from }: TextsAround, back: RegExp, { before }: Writing): Place | undefined {
  if (before?.test(upToName()) === false) return undefined;
  const match = back.exec(upToName());
  const span = spanOf(match, from);
  return span && { ...span, name: match?.groups?.name ?? "" };
}

function placeBehind({ upToName, from, behind }: TextsAround, hit: Hit, writing: Writing): Place | undefined {
  const match = writing.after?.exec(behind) ?? null;
  if (match === null || writing.before?.test(upToName()) === false) return undefined;
  const span = writing.ahead === undefined ? spanOf(match, hit.end) : spanOf(writing.ahead.exec(upToName()), from);
  return span && { ...span, name: match.groups?.name ?? nameBefore(upToName(), writing) };
}

function spanOf(match: RegExpExecArray | null, from: number): Omit<Place, "name"> | undefined {
  if (match === null || match[0].includes(cut)) return undefined;
  const spans = match.indices?.groups;
  const span = spans?.value ?? spans?.bare;
  return span && { start: from + span[0], end: from + span[1], isBare: spans?.value === undefined };
}

/** What can be told from the kind of file. */
function mayStand({ facts }: View, { isProse, only }: Writing): boolean {
  if (isProse === true && !mayBe(facts, "text")) return false;
  return only === undefined || mayBeOf(facts, only);
}

/** Looks further around the value: at what it stands beside. */
function judged(view: View, hit: Hit, { company, place }: Writing, named: NamedValue): readonly Candidate[] {
  const beside = () => latinText(view.bytes, Math.max(0, hit.start - before), named.end + 120).toLowerCase();
  if (company?.test(beside()) === false) return [];
  const isPlaced = place?.test(latinText(view.bytes, Math.max(0, hit.start - before), hit.end)) === true;
  return judgeNamed(view, { ...named, name: named.name === "" ? named.kind : named.name, isPlaced });
}

function nameBefore(text: string, writing: Writing): string {
  return writing.name === undefined ? nameOf(text, writing) : (writing.name.exec(text)?.[1] ?? "");
}

/** `**API Key**`, `${DB_PASSWORD}`, `"adminPassword"`: with the words before it where such a writing has some. */
function nameOf(text: string, { isProse }: Writing): string {
  const name = (isProse === true ? /[\w -]{1,30}$/ : /[\w-]{1,48}$/).exec(text)?.[0] ?? "";
  return name.replace(/^[-\s]+/, "").trim();
}

/** Nothing encloses the value: it must look like none of the words of a sentence. */
function looksMade({ bytes }: View, { mayBeWords }: Writing, { start, end }: Hit): boolean {
  const value = bytes.toString("latin1", start, end);
  if (mayBeWords === true && /^[ \t]*(?:\r?\n|$)/.test(latinText(bytes, end, end + 8)))
    return /[A-Za-z]|^\d{6,12}$/.test(value);
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !readsAsWords(value);
}
