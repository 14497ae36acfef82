/** Checks NATS seeds: base32 of two bytes of role, 32 of key, and their CRC-16 (polynomial 0x1021, start 0, little-endian). */

import { base32Bytes, base32Letters, base32Of } from "./base32.ts";

export function isNkeySeed(text: string): boolean {
  const bytes = base32Bytes(text, base32Letters);
  return bytes?.length === 36 && crc16(bytes.subarray(0, 34)) === bytes.readUInt16LE(34);
}

/** The seed of a user's key from its 32 bytes. */
export function nkeySeedOf(key: Buffer): string {
  const user = 20 << 3;
  const body = Buffer.concat([Buffer.from([(18 << 3) | (user >> 5), (user & 31) << 3]), key, Buffer.alloc(2)]);
  body.writeUInt16LE(crc16(body.subarray(0, 34)), 34);
  return base32Of(body, base32Letters);
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x1021)) & 0xffff;
  }
  return crc;
}
