/**
 * Marvin32, the checksum inside Azure's identifiable keys (HIS v1): the last four decoded bytes, little-endian, are
 * the hash of all before them under a seed that names the kind of key. Source: microsoft/security-utilities (MIT).
 */

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** The two halves of the state; their XOR is the hash. */
export function marvin32State(data: Uint8Array, seed: Uint8Array): readonly [number, number] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const seedView = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  let p1 = seedView.getUint32(0);
  let p0 = seedView.getUint32(4);
  const mix = (word: number) => {
    p0 = (p0 + word) | 0;
    p1 ^= p0;
    p0 = (rotateLeft(p0, 20) + p1) | 0;
    p1 = rotateLeft(p1, 9) ^ p0;
    p0 = (rotateLeft(p0, 27) + p1) | 0;
    p1 = rotateLeft(p1, 19);
  };
  let offset = 0;
  for (; offset + 4 <= data.length; offset += 4) mix(view.getUint32(offset, true));
  let tail = 0x80;
  for (let index = data.length - 1; index >= offset; index--) tail = (tail << 8) | data[index]!;
  mix(tail);
  mix(0);
  return [p0 >>> 0, p1 >>> 0];
}

/** `seed` is eight ASCII characters. */
export function marvin32(data: Uint8Array, seed: string): number {
  const [p0, p1] = marvin32State(data, Buffer.from(seed, "latin1"));
  return (p0 ^ p1) >>> 0;
}

/** True if the key (base64 or base64url) ends with its checksum under one of the seeds. */
export function isIdentifiableKey(key: string, seeds: readonly string[]): boolean {
  const bytes = Buffer.from(key, "base64");
  if (bytes.length < 8) return false;
  const stored = bytes.readUInt32LE(bytes.length - 4);
  return seeds.some((seed) => marvin32(bytes.subarray(0, bytes.length - 4), seed) === stored);
}
