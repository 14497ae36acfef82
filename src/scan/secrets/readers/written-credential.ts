/**
 * Passwords and keys in writings that assign nothing: steps and expectations of tests, sentences and lists of a document.
 * Each anchor ends where such a writing leaves the name; what follows tells whether a value stands there.
 */
import { mayBe, mayBeOf } from "../path-facts.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import { inSmallLetters } from "../small-letters.ts";
import { type Hit, noProposal, type Proposal, refusedAtSight, type View } from "../view.ts";
import { judgeLiteral } from "./generic.ts";
import { nameKind, nameWords } from "./name-words.ts";
import type { Writing } from "./writing.ts";
import { writings } from "./written-forms.ts";

/** Bytes looked at before and behind an anchor. */
const before = 100;
const after = 126;
const around = 160;

export function readWrittenCredential(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const anchor = bytes.toString("latin1", hit.start, hit.end);
  const writing = writings[inSmallLetters(anchor)];
  if (writing === undefined || !mayStand(view, writing)) return refusedAtSight;
  const word = /^(?::|def |->)?\w+/.exec(anchor)?.[0] ?? "";
  const from = Math.max(0, hit.start - (writing.back === undefined ? before : around));
  const text = bytes.toString("latin1", from, hit.start) + word;
  if (writing.before?.test(text) === false) return refusedAtSight;
  const place = placeOf(view, hit, { writing, text, from });
  if (place === undefined) return noProposal;
  if (place.isBare && !looksMade(bytes.toString("latin1", place.start, place.end))) return noProposal;
  return judged(view, hit, { writing, ...place });
}

interface Place extends Hit {
  readonly isBare: boolean;
  readonly name: string;
}

interface Read {
  readonly writing: Writing;
  /** From `from` up to the name's end. */
  readonly text: string;
  readonly from: number;
}

/** Where the value stands: behind the anchor, before it, or before it with its name behind. */
function placeOf({ bytes }: View, hit: Hit, { writing, text, from }: Read): Place | undefined {
  if (writing.back !== undefined) {
    const match = writing.back.exec(text);
    const span = spanOf(match, from);
    return span && { ...span, name: match?.groups?.name ?? "" };
  }
  const match = writing.after?.exec(bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + after))) ?? null;
  if (match === null) return undefined;
  const span = writing.ahead === undefined ? spanOf(match, hit.end) : spanOf(writing.ahead.exec(text), from);
  return span && { ...span, name: match.groups?.name ?? nameBefore(text, writing) };
}

function spanOf(match: RegExpExecArray | null, from: number): Omit<Place, "name"> | undefined {
  const spans = match?.indices?.groups;
  const span = spans?.value ?? spans?.bare;
  return span && { start: from + span[0], end: from + span[1], isBare: spans?.value === undefined };
}

/** What can be told from the kind of file. */
function mayStand({ facts }: View, { isProse, only }: Writing): boolean {
  if (isProse === true && !mayBe(facts, "text")) return false;
  return only === undefined || mayBeOf(facts, only);
}

interface Found {
  readonly writing: Writing;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function judged(view: View, hit: Hit, { writing, name: named, start, end }: Found): Proposal {
  const { bytes } = view;
  const words = nameWords(named);
  const kind = writing.kind ?? nameKind(words);
  if (kind === undefined) return noProposal;
  const name = named === "" ? kind : named;
  const { company } = writing;
  if (company?.test(bytes.toString("latin1", Math.max(0, hit.start - around), end + 120).toLowerCase()) === false)
    return noProposal;
  const assignment = { name, start, end, quoted: true, place: "plain", syntax: "assignment" } as const;
  const { score, signals } = judgeLiteral({ assignment, words, kind, value: bytes.toString("utf8", start, end) }, view);
  return score === 0 ? noProposal : { candidates: [{ start, end, score, signals }], skipTo: Math.max(end, hit.end) };
}

function nameBefore(text: string, writing: Writing): string {
  return writing.name === undefined ? nameOf(text, writing) : (writing.name.exec(text)?.[1] ?? "");
}

/** `**API Key**`, `${DB_PASSWORD}`, `"adminPassword"`: with the words before it where such a writing has some. */
function nameOf(text: string, { isProse }: Writing): string {
  return (isProse === true ? /[\w -]{1,30}$/ : /[\w-]{1,48}$/).exec(text)?.[0].trim() ?? "";
}

/** Nothing encloses the value: it must look like none of the words of a sentence. */
function looksMade(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !readsAsWords(value);
}
