/** How the memory of the prefilter is divided, and what stands in its tables (see prefilter.wat). */
import assert from "node:assert/strict";
import { alphabetTable } from "../alphabets.ts";
import { besideNames } from "../assignments/may-assign.ts";
import { isPathMark } from "../assignments/read-assignment.ts";
import { isQuote, isStringPrefix } from "../assignments/read-literal.ts";
import { endsUser } from "../readers/url.ts";
import { type Around, anchorGroups, followerBit } from "./anchor-groups.ts";

/** Places of the tables in its memory, as prefilter.wat has them. */
export const places = {
  fold: 0,
  word: 256,
  escapes: 512,
  lower: 768,
  upper: 784,
  goOn: 896,
  nextRun: 900,
  done: 904,
  rare: 1024,
  beside: 1280,
  within: 1536,
  pairs: 2048,
  followers: 10_240,
  hashes: 16_384,
};
const groupsAt = 81_920;
/** Starts and ends of runs that are looked at together: as many as can stand in a piece. */
export const runsAt = 327_680;
export const mostRuns = 8 * 1024;
/** Filled with zeros in front of the bytes and behind them. */
export const edge = 64;
/** The bytes; they end below 1 MB, for what is found tells places in 20 bits. */
export const dataAt = runsAt + mostRuns * 8 + edge;
export const piece = 128 * 1024;
/** Read with a piece: anchors begin before it, blocks end behind it, and what stands around an anchor is looked at. */
export const margin = 512;
/** So far around an anchor is looked; up to `edge` more behind it. No further than windows of histories reach (rule-reach.ts). */
export const lookBefore = 176;
export const lookBehind = 192;
/** What was found: up to a word for each byte of a piece. */
export const outAt = 589_824;
const outBytes = 640 * 1024;
/** Behind it there is room for what is found at one place, or before one run. */
export const outFull = outAt + outBytes - 16 * 1024;

export interface RareBeginnings {
  /** By byte: 0 if no anchor begins so, 1 if those that do all open a token, 2 if one may stand within. */
  readonly firsts: Uint8Array;
  /** The first two bytes of each. */
  readonly pairs: readonly (readonly [number, number])[];
}

export interface PrefilterTables {
  /** Texts in lower case, the longer ones first. */
  readonly anchors: readonly string[];
  readonly named: readonly string[];
  readonly rare: RareBeginnings;
  /** What must stand around each of the anchors; anything if absent. */
  readonly around?: readonly Around[];
}

/** What prefilter.wat has to know of a kind of anchors. */
export interface AnchorKind {
  readonly bit: number;
  readonly heads: number;
  readonly longest: number;
}

export function writeTables(memory: Buffer, { anchors, named, rare: { firsts, pairs }, around }: PrefilterTables) {
  for (let byte = 0; byte < 256; byte++) memory[places.fold + byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  memory.set(alphabetTable("word"), places.word);
  for (const [bit, followers] of [
    [1, "234567"],
    [2, "uUx"],
    [4, "#qalg"],
  ] as const) {
    for (const follower of Buffer.from(followers)) memory[places.escapes + follower]! |= bit;
  }
  alphabetTable("base64Any").forEach((is, byte) => {
    if (is === 0) return;
    memory[places.lower + (byte & 15)]! |= 1 << (byte >>> 4);
    memory[places.upper + (byte >>> 4)] = 1 << (byte >>> 4);
  });
  memory.set(firsts, places.rare);
  for (const [one, two] of pairs) {
    const pair = one | (two << 8);
    memory[places.pairs + (pair >>> 3)]! |= 1 << (pair & 7);
  }
  memory.set(besideNames(), places.beside);
  for (let byte = 0; byte < 256; byte++) {
    memory[places.within + byte] =
      (alphabetTable("word")[byte] === 1 ? 1 : 0) |
      (isPathMark(byte) ? 2 : 0) |
      (isQuote(byte) ? 4 : 0) |
      (byte === 0x20 || byte === 0x09 ? 8 : 0) |
      (endsUser(byte) ? 16 : 0) |
      (isStringPrefix(byte) ? 32 : 0);
  }
  for (let byte = 0; byte < 256; byte++) memory[places.followers + byte] = followerBit(byte);
  const ofAnchors = writeGroups(memory, anchors, 1, groupsAt, around);
  return { anchors: ofAnchors, named: writeGroups(memory, named, 2, ofAnchors.end) };
}

function writeGroups(
  memory: Buffer,
  texts: readonly string[],
  bit: number,
  heads: number,
  around?: readonly Around[],
): AnchorKind & { readonly end: number } {
  const { followers, entries, longest } = anchorGroups(texts, heads, around);
  const end = heads + entries.length;
  assert(end <= runsAt && longest <= edge, "the anchors are too many or too long for the prefilter");
  for (const [hash, bits] of followers) memory[places.hashes + hash]! |= bit | bits;
  memory.set(entries, heads);
  return { bit, heads, longest, end };
}
