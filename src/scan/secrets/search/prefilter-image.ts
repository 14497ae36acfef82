/** Writes what the prefilter looks for into tables, as prefilter.wat reads them. */
import assert from "node:assert/strict";
import { besideNames } from "../assignments/may-assign.ts";
import { longestWord, nameTable, promisingEnds } from "../assignments/name-table.ts";
import { isPathMark } from "../assignments/read-assignment.ts";
import { isQuote, isStringPrefix } from "../assignments/read-literal.ts";
import { type Around, anchorGroups, followerBit } from "../prefilter/anchor-groups.ts";
import { type AnchorKind, edge, groupsAt, type PrefilterImage, places, runsAt } from "../prefilter/prefilter-memory.ts";
import { endsUser } from "../readers/url.ts";
import { alphabetTable } from "../text/alphabets.ts";

export interface RareBeginnings {
  /** By byte: 0 if no anchor begins so, 1 if those that do all open a token, 2 if one may stand within. */
  readonly firsts: Uint8Array;
  /** The first two bytes of each. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly near: PrefilterImage["rare"];
}

/** Texts are in lower case, the longer ones first. */
export interface PrefilterTexts {
  readonly anchors: readonly string[];
  readonly named: readonly string[];
  /** How far before a run those of providers may end. */
  readonly namedReach: number;
  readonly rare: RareBeginnings;
  /** What must stand around each of the anchors; anything if absent. */
  readonly around?: readonly Around[];
}

export function prefilterImage({ anchors, named, namedReach, rare, around }: PrefilterTexts): PrefilterImage {
  const memory = Buffer.alloc(runsAt);
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
  memory.set(rare.firsts, places.rare);
  for (const [one, two] of rare.pairs) {
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
  memory.set(promisingEnds(), places.ends);
  memory.fill(0xff, places.lengths, places.lengths + longestWord + 1);
  const ofAnchors = writeGroups(memory, anchors, 1, groupsAt, around);
  const ofNamed = writeGroups(memory, named, 2, ofAnchors.end);
  return {
    tables: memory,
    names: nameTable(),
    anchors: ofAnchors,
    named: { ...ofNamed, reach: namedReach },
    rare: rare.near,
  };
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
