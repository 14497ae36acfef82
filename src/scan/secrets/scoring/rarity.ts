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
