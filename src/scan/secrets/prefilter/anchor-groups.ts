/**
 * The tables by which the prefilter finds texts: of each text one group of three characters stands for it, the one that is
 * rarest in source code. Most places of a file are passed over after a look at one byte.
 */
import assert from "node:assert/strict";
import { groupFrequency } from "../scoring/rarity.ts";

const headBytes = 4096 * 4;
const groupLength = 3;
/** Numbers of texts have 12 bits. */
const mostTexts = 4096;

/** What must stand around a text: 0 anything, 1 something that is assigned to the name that holds it, 2 the user of an address. */
export type Around = 0 | 1 | 2;

/** As prefilter.wat reads them. */
export interface AnchorGroups {
  /** Hashes of the groups. */
  readonly hashes: readonly number[];
  /** The first entries, and all entries, when they lie at the address that was given. */
  readonly entries: Buffer;
  readonly longest: number;
}

interface Entry {
  readonly text: Buffer;
  readonly number: number;
  readonly at: number;
  readonly group: number;
}

/** `texts` are in lower case; the longer ones come first, so that those that end at one place are found in that order. */
export function anchorGroups(texts: readonly string[], address: number, around?: readonly Around[]): AnchorGroups {
  assert(texts.length <= mostTexts, "there are more texts than the prefilter can number");
  const frequency = groupFrequency();
  const entries = texts.flatMap((text, number) => entriesOf(Buffer.from(text, "latin1"), number, frequency));
  const table = Buffer.alloc(entries.reduce((sum, { text }) => sum + sizeOf(text), headBytes));
  const words = new Uint32Array(table.buffer, table.byteOffset, table.length / 4);
  let place = headBytes;
  for (const { text, number, at, group } of entries) {
    const head = hashOf(group) >>> 4;
    words.set([group, words[head]!, number], place / 4);
    words[head] = address + place;
    table[place + 12] = at | ((around?.[number] ?? 0) << 6);
    table[place + 13] = text.length;
    table.set(text, place + 14);
    place += sizeOf(text);
  }
  return {
    hashes: entries.map(({ group }) => hashOf(group)),
    entries: table,
    longest: texts.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

function sizeOf({ length }: Buffer): number {
  return (14 + length + 3) & ~3;
}

function hashOf(group: number): number {
  return Math.imul(group, 0x9e3779b1) >>> 16;
}

/** Two characters make a group with each that may follow. */
function entriesOf(text: Buffer, number: number, frequency: (text: Buffer, at: number) => number): readonly Entry[] {
  if (text.length < groupLength) {
    const groups = Array.from({ length: 256 }, (_, next) => groupAt(Buffer.from([...text, next]), 0));
    return [...new Set(groups)].map((group) => ({ text, number, at: 0, group }));
  }
  let at = 0;
  let least = frequency(text, 0);
  for (let place = 1; place + groupLength <= text.length; place++) {
    const now = frequency(text, place);
    if (now >= least) continue;
    at = place;
    least = now;
  }
  return [{ text, number, at, group: groupAt(text, at) }];
}

/** As the prefilter folds it: with the bit that both cases of a letter share, and some signs. */
function groupAt(text: Buffer, at: number): number {
  return text[at]! | (text[at + 1]! << 8) | (text[at + 2]! << 16) | 0x20_20_20;
}
