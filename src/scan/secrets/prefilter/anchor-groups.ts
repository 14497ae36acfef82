/**
 * The tables by which the prefilter finds texts: of each text one group of three characters stands for it, the one that is
 * rarest in source code. Most places of a file are passed over after a look at one byte.
 */
import assert from "node:assert/strict";
import { groupOf, groupRarity, hashOf } from "./group-rarity.ts";

const headBytes = 4096 * 4;
const groupLength = 3;
/** Numbers of texts have 12 bits. */
const mostTexts = 4096;
/** A group that is looked for already may be so many bits commoner: another one costs more than a longer list at its places. */
const known = 2;

/**
 * What must stand around a text: 0 anything, 1 something that is assigned to the name that holds it, 2 the user of an address, 3
 * something that is assigned to a name which may hold a secret.
 */
export type Around = 0 | 1 | 2 | 3;

/** As prefilter.wat reads them. */
export interface AnchorGroups {
  /** By the hash of a group: one bit for each class of bytes that follow it in a text. */
  readonly followers: ReadonlyMap<number, number>;
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
  const followers = new Map<number, number>();
  let place = headBytes;
  placed.forEach(({ text, at, groups }, number) => {
    for (const group of groups) {
      const hash = hashOf(group);
      const head = hash >>> 4;
      const goesOn = at + groupLength < text.length;
      const follower = goesOn ? text.charCodeAt(at + groupLength) : 0;
      followers.set(hash, (followers.get(hash) ?? 0) | (goesOn ? followerBit(follower) : anyFollower));
      words[place / 4] = goesOn ? group | ((follower | 0x20) << 24) : group;
      words[place / 4 + 1] = words[head]!;
      words[place / 4 + 2] = number;
      words[place / 4 + 3] = goesOn ? 0xff_ff_ff_ff : 0xff_ff_ff;
      words[head] = address + place;
      table[place + 16] = at | ((around?.[number] ?? 0) << 6);
      table[place + 17] = text.length;
      for (let index = 0; index < text.length; index++) table[place + 18 + index] = text.charCodeAt(index);
      place += sizeOf(text);
    }
  });
  return {
    followers,
    entries: table,
    longest: texts.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

function sizeOf({ length }: string): number {
  return (18 + length + 3) & ~3;
}

/** Characters by how often they stand in code: dealt out in this order, the classes are about as common as each other. */
const common = "e taoinsrhldcumpfgwybvkxjqz_-.=:\"'(/0123456789,;)[]{}<>@#$%&*+\n\r\t!?\\|";
const classes = 6;
const anyFollower = 0xfc;
const followerBits = Uint8Array.from({ length: 256 }, (_, byte) => {
  const place = common.indexOf(String.fromCharCode(byte).toLowerCase());
  return 4 << ((place < 0 ? byte : place) % classes);
});

/** One of the upper six bits, for the class of a byte that follows a group; both cases of a letter have one. */
export function followerBit(byte: number): number {
  return followerBits[byte]!;
}

/** Where the group begins that is looked for: the rarest, or one that is looked for already and hardly commoner. */
function groupFor(text: string, chosen: ReadonlySet<number>): number {
  let at = 0;
  let most = 0;
  for (let place = 0; place + groupLength <= text.length; place++) {
    const group = groupIn(text, place, text.charCodeAt(place + 2));
    const rarity = groupRarity(group) + (chosen.has(group) ? known : 0);
    if (rarity <= most) continue;
    at = place;
    most = rarity;
  }
  return at;
}

/** Two characters make a group with each that may follow. */
function groupsOf(text: string, at: number): readonly number[] {
  if (text.length >= groupLength) return [groupIn(text, at, text.charCodeAt(at + 2))];
  return [...new Set(Array.from({ length: 256 }, (_, next) => groupIn(text, 0, next)))];
}

function groupIn(text: string, at: number, third: number): number {
  return groupOf(text.charCodeAt(at), text.charCodeAt(at + 1), third);
}
