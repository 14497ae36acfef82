/**
 * Bytes as the engine reads them: UTF-16 becomes UTF-8, binary becomes undefined. Offsets of findings are offsets
 * into the result; lines and columns are the same in both.
 */
export function decodeBytes(bytes: Uint8Array): Uint8Array | undefined {
  const order = utf16Order(bytes);
  if (order === undefined) return firstNul(bytes) ? undefined : bytes;
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  if (order === "big") even.swap16();
  return Buffer.from(even.toString("utf16le").replace(/^\uFEFF/, ""), "utf8");
}

/**
 * The same with line feeds in place of a byte-order mark of UTF-8, as Windows and spreadsheets write it: a line begins behind it, and
 * offsets stay. Lines are counted in the bytes as they are.
 */
export function withoutMark(bytes: Buffer): Buffer {
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return bytes;
  return Buffer.from(bytes).fill(0x0a, 0, 3);
}

/** So many bytes at the start of a file decide whether it is text. */
const decidingHead = 8192;

function firstNul(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, decidingHead)).indexOf(0) >= 0;
}

/** By byte-order mark, or by NULs in every second place as western text has them. */
function utf16Order(bytes: Uint8Array): "little" | "big" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "little";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "big";
  const length = Math.min(bytes.length, 256) & ~1;
  if (length < 8 || !firstNul(bytes)) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const most = (length / 2) * 0.9;
  if (odd >= most && even === 0) return "little";
  return even >= most && odd === 0 ? "big" : undefined;
}
