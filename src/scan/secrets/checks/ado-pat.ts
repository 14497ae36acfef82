import { crc32 } from "./crc32.ts";

/**
 * Azure DevOps' older personal access token: 32 bytes in lower-case base32, of which four, scattered, are a CRC-32 of
 * the others. A random text passes with probability 2^-31. Source: microsoft/security-utilities (MIT).
 */

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const checksumPlaces = [2, 7, 8, 22] as const;
const userMask = 0xe0b9692d;
const applicationMask = 0x1019f92e;

export function decodeBase32Lower(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let index = 0;
  for (const character of text) {
    const value = letters.indexOf(character);
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[index++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

export function encodeBase32Lower(bytes: Uint8Array): string {
  let result = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      result += letters.charAt((buffer >> bits) & 31);
    }
  }
  return bits > 0 ? result + letters.charAt((buffer << (5 - bits)) & 31) : result;
}

function payloadOf(bytes: Uint8Array): Uint8Array {
  return bytes.filter((_, index) => !checksumPlaces.some((place) => place === index));
}

export function isAdoPat(text: string): boolean {
  const bytes = decodeBase32Lower(text);
  if (bytes?.length !== 32) return false;
  const stored = checksumPlaces.reduce((sum, place) => ((sum << 8) | bytes[place]!) >>> 0, 0);
  const expected = crc32(payloadOf(bytes));
  return stored === (expected ^ userMask) >>> 0 || stored === (expected ^ applicationMask) >>> 0;
}

/** Writes the checksum of a user's token into 32 bytes: for examples and tests. */
export function adoPatOf(random: Uint8Array): string {
  const bytes = Uint8Array.from(random.subarray(0, 32));
  const checksum = (crc32(payloadOf(bytes)) ^ userMask) >>> 0;
  checksumPlaces.forEach((place, index) => {
    bytes[place] = (checksum >>> (24 - 8 * index)) & 0xff;
  });
  return encodeBase32Lower(bytes);
}
