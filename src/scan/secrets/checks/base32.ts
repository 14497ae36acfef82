/** Base32: five bits to a letter. Which letters, each format says itself. */

/** The letters of RFC 4648. */
export const base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bits that fill no byte are dropped; undefined if a character is none of the letters. */
export function base32Bytes(text: string, letters: string): Buffer | undefined {
  const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let index = 0;
  for (const character of text) {
    const value = letters.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[index++] = (held >> bits) & 0xff;
  }
  return bytes;
}

/** The last letter is filled with zeros. */
export function base32Of(bytes: Uint8Array, letters: string): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += letters.charAt((held >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + letters.charAt((held << (5 - bits)) & 31) : text;
}
