/** Checks NATS seeds: base32 of two bytes of role, 32 of key, and their CRC-16 (polynomial 0x1021, start 0, little-endian). */

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function isNkeySeed(text: string): boolean {
  const bytes = decode(text);
  return bytes?.length === 36 && crc16(bytes.subarray(0, 34)) === bytes.readUInt16LE(34);
}

/** The seed of a user's key from its 32 bytes. */
export function nkeySeedOf(key: Buffer): string {
  const user = 20 << 3;
  const body = Buffer.concat([Buffer.from([(18 << 3) | (user >> 5), (user & 31) << 3]), key, Buffer.alloc(2)]);
  body.writeUInt16LE(crc16(body.subarray(0, 34)), 34);
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of body) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += letters.charAt((held >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + letters.charAt((held << (5 - bits)) & 31) : text;
}

function decode(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const value = letters.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return Buffer.from(bytes);
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x1021)) & 0xffff;
  }
  return crc;
}
