/**
 * How rarely a group of three characters stands in source code, as the prefilter finds groups: by a hash, of letters in either
 * case. Counted over the files of packages (scripts/train-secrets.ts).
 */
import { inflateRawSync } from "node:zlib";
import { alphabetTable } from "../text/alphabets.ts";
import { groupTable } from "./group-table.ts";

const alphanumeric = alphabetTable("word");

/** Of groups: 16 bits. */
export const hashes = 65_536;
/** The commonest of all stands at one place in 2^5; one step of the table is so many bits. */
export const groupBits = 5;
export const groupStep = 1;

/** What is rare in the counted languages may be an operator of another: ` :=`, `=> `. */
const operatorBits = 11;

let table: Uint8Array | undefined;

/** In bits; two entries to a byte, the first in the low half. */
export function groupRarity(group: number): number {
  table ??= inflateRawSync(Buffer.from(groupTable, "base64"));
  const hash = hashOf(group);
  const bits = groupBits + groupStep * ((table[hash >> 1]! >> ((hash & 1) * 4)) & 15);
  return signsIn(group) > 1 ? Math.min(bits, operatorBits) : bits;
}

function signsIn(group: number): number {
  return 3 - alphanumeric[group & 0xff]! - alphanumeric[(group >> 8) & 0xff]! - alphanumeric[(group >> 16) & 0xff]!;
}

/** As prefilter.wat reckons it. */
export function hashOf(group: number): number {
  return Math.imul(group, 0x9e3779b1) >>> 16;
}

/** As the prefilter folds it: with the bit that both cases of a letter share, and some signs. */
export function groupOf(first: number, second: number, third: number): number {
  return first | (second << 8) | (third << 16) | 0x20_20_20;
}

export function groupAt(bytes: Uint8Array, at: number): number {
  return groupOf(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!);
}
