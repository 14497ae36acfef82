/**
 * Passwords and keys in writings that assign nothing: steps and expectations of tests, sentences and lists of a document.
 * Each anchor ends where such a writing leaves the name; what follows tells whether a value stands there.
 */
import { mayBe } from "../path-facts.ts";
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
/** Blanks before what a writing goes on with. */
const mostBlanks = 12;

export function readWrittenCredential(view: View, hit: Hit): Proposal {
  const { bytes, facts } = view;
  const anchor = bytes.toString("latin1", hit.start, hit.end);
  const writing = writings[inSmallLetters(anchor)];
  if (writing === undefined || (writing.isProse === true && !mayBe(facts, "text"))) return refusedAtSight;
  if (writing.next !== undefined && !goesOn(bytes, hit.end, writing.next)) return refusedAtSight;
  const word = /^(?::|def |->)?\w+/.exec(anchor)?.[0] ?? "";
  const textStart = Math.max(0, hit.start - before);
  const text = bytes.toString("latin1", textStart, hit.start) + word;
  if (writing.before?.test(text) === false) return refusedAtSight;
  const behind = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + after));
  const match = writing.after.exec(behind);
  if (match === null) return noProposal;
  const place =
    writing.ahead === undefined ? spanOf(match, hit.end) : spanOf(writing.ahead.exec(text) ?? undefined, textStart);
  if (place === undefined) return noProposal;
  const value = bytes.toString("utf8", place.start, place.end);
  if (place.isBare && !looksMade(value)) return noProposal;
  const named =
    match.groups?.name ?? (writing.name === undefined ? nameOf(text, writing) : (writing.name.exec(text)?.[1] ?? ""));
  const words = nameWords(named);
  const kind = writing.kind ?? nameKind(words);
  if (kind === undefined) return noProposal;
  const name = named === "" ? kind : named;
  const { start, end } = place;
  const { company } = writing;
  if (company?.test(bytes.toString("latin1", Math.max(0, hit.start - around), end + 120).toLowerCase()) === false)
    return noProposal;
  const assignment = { name, start, end, quoted: true, place: "plain", syntax: "assignment" } as const;
  const { score, signals } = judgeLiteral({ assignment, words, kind, value }, view);
  return score === 0 ? noProposal : { candidates: [{ start, end, score, signals }], skipTo: Math.max(end, hit.end) };
}

/** Where the value of a match stands in the file. */
function spanOf(match: RegExpExecArray | undefined, from: number): (Hit & { readonly isBare: boolean }) | undefined {
  const spans = match?.indices?.groups;
  const span = spans?.value ?? spans?.bare;
  return span === undefined
    ? undefined
    : { start: from + span[0], end: from + span[1], isBare: spans?.value === undefined };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09;
}

function goesOn(bytes: Buffer, from: number, next: string): boolean {
  let at = from;
  while (!next.includes(" ") && at < from + mostBlanks && isBlank(bytes[at])) at++;
  return at < bytes.length && next.includes(String.fromCharCode(bytes[at]!));
}

/** `**API Key**`, `${DB_PASSWORD}`, `"adminPassword"`: with the words before it where such a writing has some. */
function nameOf(text: string, { isProse }: Writing): string {
  return (isProse === true ? /[\w -]{1,30}$/ : /[\w-]{1,48}$/).exec(text)?.[0].trim() ?? "";
}

/** Nothing encloses the value: it must look like none of the words of a sentence. */
function looksMade(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !readsAsWords(value);
}
