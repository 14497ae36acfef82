/** How unusual the characters of a text follow each other, by a table of triples counted over source code. */
import { inflateRawSync } from "node:zlib";
import { rarityTable } from "./rarity-table.ts";

/** Letters without case, digits, seven signs, space, everything else. */
export const rarityClasses = 45;
/** One step of the table, in bits. */
export const rarityStep = 0.8;

const space = 43;
const other = 44;
const classes = new Uint8Array(128).fill(other);
for (let index = 0; index < 26; index++) {
  classes[0x41 + index] = index;
  classes[0x61 + index] = index;
}
for (let digit = 0; digit < 10; digit++) classes[0x30 + digit] = 26 + digit;
Buffer.from("_-./+=$").forEach((sign, index) => {
  classes[sign] = 36 + index;
});
classes[0x20] = space;

export function rarityClass(code: number): number {
  return code < 128 ? classes[code]! : other;
}

let bits: Uint8Array | undefined;

/** Two entries to a byte, the first in the low half. */
function table(): Uint8Array {
  bits ??= inflateRawSync(Buffer.from(rarityTable, "base64"));
  return bits;
}

/** Mean surprise in bits per character; the value is read as if it stood behind a space. */
export function rarity(value: string): number {
  if (value === "") return 0;
  const entries = table();
  let sum = 0;
  let before = other;
  let last = space;
  for (let at = 0; at < value.length; at++) {
    const now = rarityClass(value.charCodeAt(at));
    const index = (before * rarityClasses + last) * rarityClasses + now;
    sum += (entries[index >> 1]! >> ((index & 1) * 4)) & 15;
    before = last;
    last = now;
  }
  return (sum * rarityStep) / value.length;
}

/** How often three characters in a row stand in source code, to tell the more frequent from the rarer ones. */
export function groupFrequency(): (text: Uint8Array, at: number) => number {
  const odds = oddsOfTriples();
  const pairs = pairFrequencies(odds);
  return (text, at) => {
    const pair = rarityClass(text[at]!) * rarityClasses + rarityClass(text[at + 1]!);
    return pairs[pair]! * odds[pair * rarityClasses + rarityClass(text[at + 2]!)]!;
  };
}

function oddsOfTriples(): Float64Array {
  const entries = table();
  const byStep = Float64Array.from({ length: 16 }, (_, step) => 2 ** (-rarityStep * step));
  const odds = new Float64Array(2 * entries.length);
  for (let at = 0; at < entries.length; at++) {
    odds[2 * at] = byStep[entries[at]! & 15]!;
    odds[2 * at + 1] = byStep[entries[at]! >> 4]!;
  }
  return odds;
}

/** What the table says of triples decides how often pairs stand in a text that was written by it: a few steps come close. */
function pairFrequencies(odds: Float64Array): Float64Array {
  let pairs = new Float64Array(rarityClasses ** 2).fill(1);
  for (let step = 0; step < 4; step++) {
    const next = new Float64Array(pairs.length);
    for (let pair = 0, triple = 0; pair < pairs.length; pair++) {
      const frequency = pairs[pair]!;
      const first = (pair % rarityClasses) * rarityClasses;
      for (let now = first; now < first + rarityClasses; now++) next[now]! += frequency * odds[triple++]!;
    }
    pairs = next;
  }
  return pairs;
}
