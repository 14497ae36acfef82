import type { PathFacts } from "../paths/path-facts.ts";
import type { AlphabetName } from "./alphabets.ts";
import { alphabetTable } from "./alphabets.ts";

/** One file as rules see it. */
export interface View {
  readonly bytes: Buffer;
  /** As they stand in the file, if those differ in a byte-order mark: lines are counted in them. */
  readonly original?: Buffer;
  readonly facts: PathFacts;
}

/** The place where an anchor was found. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** A value that a rule proposes; offsets cover exactly the value. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** What is fingerprinted, if it differs from the characters themselves: decoded, without white space. */
  readonly normalised?: string;
  /** The characters themselves, if they are no UTF-8 text of the span. */
  readonly value?: string;
  readonly score?: number;
  readonly signals?: readonly string[];
  /** The day (UTC) until which it says itself that it is valid: YYYY-MM-DD. */
  readonly expires?: string;
  /** Right on the outside, but the reader sees that the content is not that of a real one. */
  readonly formatOnly?: boolean;
  /** What is right on the outside only is reported in tests, examples and documents, too: nobody makes up so much. */
  readonly evenInSamples?: boolean;
  /** True if a check of the reader proved the value: placeholders and entropy are not asked any more. */
  readonly proven?: boolean;
}

export interface Proposal {
  readonly candidates: readonly Candidate[];
  /** Hits of the same rule before this offset lie inside what was read and are skipped: keeps readers linear. */
  readonly skipTo?: number;
  /** What it took beyond what a confirmation of the rule always takes, in bytes looked at (`costOf`). */
  readonly cost?: number;
  /** Refused for what stands at most 176 bytes before the hit and 256 behind it (`refusalReach`): nothing else was looked at. */
  readonly looked?: "at-the-hit";
}

export const noProposal: Proposal = { candidates: [] };

/** The refusal of a reader that looks far, where a glance was enough: histories need not look again. */
export const refusedAtSight: Proposal = { candidates: [], looked: "at-the-hit" };

export function isIn(table: Uint8Array, byte: number | undefined): boolean {
  return byte !== undefined && table[byte] === 1;
}

/** The end of the run of an alphabet that starts at `from`, at most `limit` bytes long. */
export function runEnd(bytes: Uint8Array, alphabet: AlphabetName, from: number, limit: number): number {
  const table = alphabetTable(alphabet);
  const most = Math.min(bytes.length, from + limit);
  let end = from;
  while (end < most && table[bytes[end]!] === 1) end++;
  return end;
}

/** The start of the run of an alphabet that ends before `to`. */
export function runStart(bytes: Uint8Array, alphabet: AlphabetName, to: number, limit: number): number {
  const table = alphabetTable(alphabet);
  const least = Math.max(0, to - limit);
  let start = to;
  while (start > least && table[bytes[start - 1]!] === 1) start--;
  return start;
}

/** Bytes as latin1 text in lower case, clipped to the file: for looking up words around a place. */
export function windowText(view: View, from: number, to: number): string {
  return view.bytes.toString("latin1", Math.max(0, from), Math.min(view.bytes.length, to)).toLowerCase();
}

/**
 * Bytes as text of one character each, for patterns. The second byte of `à` is none of the white space for which they would
 * take it, and a no-break space is two blanks.
 */
export function latinText(bytes: Buffer, from: number, to: number): string {
  const text = bytes.toString("latin1", from, to);
  return text.includes("\xa0") ? text.replace(/\xc2?\xa0/g, (signs) => (signs.length === 2 ? "  " : "\xff")) : text;
}

/** Start of the line that holds `offset`, at most `limit` bytes back. */
export function lineStart(view: View, offset: number, limit = 2000): number {
  const least = Math.max(0, offset - limit);
  let start = offset;
  while (start > least && view.bytes[start - 1] !== 10) start--;
  return start;
}

/** False where `lineStart` stopped within a line, at its limit. */
export function beginsLine({ bytes }: View, offset: number): boolean {
  return offset === 0 || bytes[offset - 1] === 10;
}

/** End (exclusive, before the line break) of the line that holds `offset`. */
export function lineEnd(view: View, offset: number, limit = 2000): number {
  const most = Math.min(view.bytes.length, offset + limit);
  let end = offset;
  while (end < most && view.bytes[end] !== 10 && view.bytes[end] !== 13) end++;
  return end;
}

/** Where the next line begins; `to` (or the file's end) if that comes first. */
export function nextLine({ bytes }: View, from: number, to: number): number {
  const found = bytes.subarray(from, to).indexOf(10);
  return found < 0 ? Math.min(to, bytes.length) : from + found + 1;
}

/** True if a token may begin here: the byte before is no word character, or only the letter of an escape (`\n`, `%3D`). */
export function startsToken(bytes: Uint8Array, start: number): boolean {
  const before = bytes[start - 1];
  if (before === undefined || !isIn(alphabetTable("word"), before)) return true;
  const second = bytes[start - 2];
  if (second === 0x5c) return isEscapeLetter(before);
  return bytes[start - 3] === 0x25 && isIn(alphabetTable("hex"), second) && isIn(alphabetTable("hex"), before);
}

/** n, r and t: behind a backslash they are a line's end or a tab, and no part of what follows. */
export function isEscapeLetter(byte: number | undefined): boolean {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}

/** Where `text` begins in the next `limit` bytes; -1 if nowhere. */
export function indexWithin(bytes: Buffer, text: string, from: number, limit: number): number {
  const found = bytes.subarray(from, from + limit).indexOf(text, 0, "latin1");
  return found < 0 ? -1 : from + found;
}
