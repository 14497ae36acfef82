/** Bech32 (BIP 173): data in 32 characters with a checksum of six that also covers the prefix. */

import { base32Of } from "./base32.ts";

const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const checksumLength = 6;

/** True if the checksum fits; `text` is all in one case, as the standard demands. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const separator = lower.lastIndexOf("1");
  if (separator < 1 || separator + checksumLength >= lower.length) return false;
  const data = valuesOf(lower.slice(separator + 1));
  return !data.includes(-1) && polymod([...expanded(lower.slice(0, separator)), ...data]) === 1;
}

/** Text of some bytes under a prefix, in lower case. */
export function bech32Of(prefix: string, bytes: Uint8Array): string {
  const data = base32Of(bytes, letters);
  const sum = polymod([...expanded(prefix), ...valuesOf(data), 0, 0, 0, 0, 0, 0]) ^ 1;
  const checksum = Array.from({ length: checksumLength }, (_, index) =>
    letters.charAt((sum >> (5 * (5 - index))) & 31),
  );
  return `${prefix}1${data}${checksum.join("")}`;
}

/** -1 for what is no letter. */
function valuesOf(text: string): readonly number[] {
  return Array.from(text, (letter) => letters.indexOf(letter));
}

function expanded(prefix: string): readonly number[] {
  const codes = Buffer.from(prefix, "latin1");
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if (((top >> bit) & 1) === 1) sum ^= generator;
  }
  return sum;
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
