import { base32Bytes, base32Letters, base32Of } from "./base32.ts";
import { crc32 } from "./crc32.ts";

/**
 * Azure DevOps' older personal access token: 32 bytes in lower-case base32, of which four, scattered, are a CRC-32 of
 * the others. A random text passes with probability 2^-31. Source: microsoft/security-utilities (MIT).
 */

const letters = base32Letters.toLowerCase();
const checksumPlaces = [2, 7, 8, 22] as const;
const userMask = 0xe0b9692d;
const applicationMask = 0x1019f92e;

function payloadOf(bytes: Uint8Array): Uint8Array {
  return bytes.filter((_, index) => !checksumPlaces.some((place) => place === index));
}

export function isAdoPat(text: string): boolean {
  const bytes = base32Bytes(text, letters);
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
  return base32Of(bytes, letters);
}
