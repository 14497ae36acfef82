/**
 * Bytes as the engine reads them: UTF-16, and UTF-32 with its mark, become UTF-8, binary becomes undefined. Offsets of findings are offsets
 * into the result; lines and columns are the same in both.
 */
export function decodeBytes(bytes: Uint8Array): Uint8Array | undefined {
  const wide = fromUtf32(bytes);
  if (wide !== undefined) return wide;
  const order = utf16Order(bytes);
  if (order === undefined) return hasNul(bytes) && isBinary(bytes) ? undefined : bytes;
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  if (order === "big") even.swap16();
  return Buffer.from(even.toString("utf16le").replace(/^\uFEFF/, ""), "utf8");
}

/** Undefined if it is none: another encoding may begin like its mark, but no letter has such a number. */
export function fromUtf32(bytes: Uint8Array): Uint8Array | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0;
  const isBig = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff;
  if (!isLittle && !isBig) return undefined;
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length & ~3);
  const units = Buffer.alloc(numbers.byteLength);
  let used = 0;
  for (let at = 4; at < numbers.byteLength; at += 4) {
    const letter = numbers.getUint32(at, isLittle);
    if (letter > 0x10ffff) return undefined;
    if (letter > 0xffff) used = units.writeUInt16LE(0xd800 | ((letter - 0x10000) >> 10), used);
    used = units.writeUInt16LE(letter > 0xffff ? 0xdc00 | (letter & 0x3ff) : letter, used);
  }
  return Buffer.from(units.toString("utf16le", 0, used), "utf8");
}

/**
 * The same with line feeds in place of a byte-order mark of UTF-8, as Windows and spreadsheets write it: a line begins behind it, and
 * offsets stay. Lines are counted in the bytes as they are.
 */
export function withoutMark(bytes: Buffer): Buffer {
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return bytes;
  return Buffer.from(bytes).fill(0x0a, 0, 3);
}

/** Without a NUL among so many bytes at its start nothing is looked at more closely: it is text. */
const decidingHead = 8192;

function hasNul(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, decidingHead)).indexOf(0) >= 0;
}

/** So many parts of a larger file, evenly spread, stand for the whole: a binary costs the same whatever its size. */
const sampledParts = 32;
const sampledBytes = 128;

/**
 * By control characters all over the file: a stray NUL, or some value of a table written out as it is, hides no text. What has NULs
 * alone is text with padding, or a list that is divided by them; UTF-32 without its mark, which nothing here reads, is mostly NULs. Of
 * 11,850 binaries of a Linux system (1.3 GB) a hundred are taken for text: descriptions of terminals, 0.4 MB.
 */
function isBinary(bytes: Uint8Array): boolean {
  const whole = bytes.length <= sampledParts * sampledBytes;
  const step = whole ? bytes.length : Math.floor((bytes.length - sampledBytes) / (sampledParts - 1));
  const length = whole ? bytes.length : sampledBytes;
  let nuls = 0;
  let controls = 0;
  let seen = 0;
  for (let from = 0; from + length <= bytes.length; from += step) {
    for (let index = from; index < from + length; index++) {
      const byte = bytes[index]!;
      if (byte === 0) nuls++;
      else if (byte < 0x20 && isControl(byte)) controls++;
    }
    seen += length;
  }
  if (nuls > seen / 2) return true;
  return nuls + controls > seen / 32 && controls > stray + (seen - nuls) / 200;
}

/** So many control characters make no short file binary. */
const stray = 4;

/** White space and the escape of terminals are written into text. */
function isControl(byte: number): boolean {
  return (byte < 0x09 || byte > 0x0d) && byte !== 0x1b;
}

/** By byte-order mark, or by NULs in every second place as western text has them; numbers have control characters beside those. */
function utf16Order(bytes: Uint8Array): "little" | "big" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "little";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "big";
  const length = Math.min(bytes.length, 256) & ~1;
  if (length < 8 || !hasNul(bytes)) return undefined;
  let even = 0;
  let odd = 0;
  let controls = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
    const written = bytes[index]! | bytes[index + 1]!;
    if (written > 0 && written < 0x20 && isControl(written)) controls++;
  }
  if (controls > stray) return undefined;
  const most = (length / 2) * 0.9;
  const few = length / 2 - most;
  if (odd >= most && even <= few) return "little";
  return even >= most && odd <= few ? "big" : undefined;
}
