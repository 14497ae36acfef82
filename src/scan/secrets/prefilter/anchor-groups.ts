/**
 * The tables by which the prefilter finds texts: of each text one group of three characters stands for it, the one that is
 * rarest in source code. Most places of a file are passed over after a look at one byte.
 */
import assert from "node:assert/strict";
import { groupRarity } from "../scoring/rarity.ts";

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

/** `texts` are in lower case; the longer ones come first, so that those that end at one place are found in that order. */
export function anchorGroups(texts: readonly string[], address: number, around?: readonly Around[]): AnchorGroups {
  assert(texts.length <= mostTexts, "there are more texts than the prefilter can number");
  const chosen = new Set<number>();
  // Shorter texts have less to choose from.
  const placed = texts
    .toReversed()
    .map((text) => {
      const at = groupFor(text, chosen);
      const groups = groupsOf(text, at);
      for (const group of groups) chosen.add(group);
      return { text, at, groups };
    })
    .toReversed();
  const table = Buffer.alloc(placed.reduce((sum, { text, groups }) => sum + groups.length * sizeOf(text), headBytes));
  const words = new Uint32Array(table.buffer, table.byteOffset, table.length / 4);
  const hashes: number[] = [];
  let place = headBytes;
  placed.forEach(({ text, at, groups }, number) => {
    for (const group of groups) {
      const hash = hashOf(group);
      const head = hash >>> 4;
      hashes.push(hash);
      words[place / 4] = group;
      words[place / 4 + 1] = words[head]!;
      words[place / 4 + 2] = number;
      words[head] = address + place;
      table[place + 12] = at | ((around?.[number] ?? 0) << 6);
      table[place + 13] = text.length;
      table.write(text, place + 14, "latin1");
      place += sizeOf(text);
    }
  });
  return {
    hashes,
    entries: table,
    longest: texts.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

function sizeOf({ length }: string): number {
  return (14 + length + 3) & ~3;
}

function hashOf(group: number): number {
  return Math.imul(group, 0x9e3779b1) >>> 16;
}

/** In bits: more than a group that nothing else looks for is rarer. */
const known = 14;

/**
 * Where the group begins that is looked for: the rarest. What is known of rarity is known of words: of a text with spaces a group
 * that is looked for already is taken before all others.
 */
function groupFor(text: string, chosen: ReadonlySet<number>): number {
  let at = 0;
  let most = 0;
  const isSpaced = text.includes(" ");
  for (let place = 0; place + groupLength <= text.length; place++) {
    const third = text.charCodeAt(place + 2);
    const bonus = isSpaced && chosen.has(groupOf(text, place, third)) ? known : 0;
    const rarity = groupRarity(text.charCodeAt(place), text.charCodeAt(place + 1), third) + bonus;
    if (rarity <= most) continue;
    at = place;
    most = rarity;
  }
  return at;
}

/** Two characters make a group with each that may follow. */
function groupsOf(text: string, at: number): readonly number[] {
  if (text.length >= groupLength) return [groupOf(text, at, text.charCodeAt(at + 2))];
  return [...new Set(Array.from({ length: 256 }, (_, next) => groupOf(text, 0, next)))];
}

/** As the prefilter folds it: with the bit that both cases of a letter share, and some signs. */
function groupOf(text: string, at: number, third: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (third << 16) | 0x20_20_20;
}
