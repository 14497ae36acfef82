/** Text behind base64 or escapes, with the way back: where in the file each decoded byte came from. Never longer than its source. */
export interface DecodedText {
  readonly bytes: Buffer;
  /** Where what was decoded to this offset (or the end) begins in the text that was decoded. */
  readonly originOf: (offset: number) => number;
}

/** The value of a base64 or base64url character; 64 for all others. */
const sixBits = new Uint8Array(256).fill(64);
Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").forEach((byte, value) => {
  sixBits[byte] = value;
});
sixBits[0x2d] = 62;
sixBits[0x5f] = 63;

const printable = new Uint8Array(256).fill(1, 0x20, 0x7f);
for (const byte of [9, 10, 13]) printable[byte] = 1;

/** How many bytes of a literal must decode to text before it is worth decoding. */
const headBytes = 9;

/** True if base64 from `at` on begins as text does, in ASCII or UTF-16: random characters practically never do. */
export function beginsAsText(bytes: Uint8Array, at: number): boolean {
  let wide = true;
  let narrow = true;
  for (let index = 0; index < headBytes && (wide || narrow); index++) {
    const byte = byteAt(bytes, at, index);
    if (printable[byte] !== 1) narrow = false;
    if (index % 2 === 0 ? printable[byte] !== 1 : byte !== 0) wide = false;
  }
  return wide || narrow;
}

/** The `index`-th byte of base64 that begins at `at`. */
function byteAt(bytes: Uint8Array, at: number, index: number): number {
  const bit = index * 8;
  const first = at + Math.floor(bit / 6);
  const pair = (sixBits[bytes[first]!]! << 6) | sixBits[bytes[first + 1] ?? 0]!;
  return (pair >> (4 - (bit % 6))) & 0xff;
}

/** Base64 or base64url in [from, to), without padding; UTF-16 inside it becomes one byte a character. */
export function decodeBase64(bytes: Buffer, from: number, to: number): DecodedText {
  const decoded = Buffer.from(bytes.toString("latin1", from, to), "base64");
  const step = decoded.length > 4 && decoded[1] === 0 && decoded[3] === 0 ? 2 : 1;
  const length = Math.ceil(decoded.length / step);
  const text = step === 1 ? decoded : Buffer.alloc(length);
  if (step === 2) for (let index = 0; index < length; index++) text[index] = decoded[2 * index]!;
  const originOf = (offset: number) => (offset < length ? from + Math.floor((offset * step * 4) / 3) : to);
  return { bytes: text, originOf };
}

export interface Escape {
  readonly code: number;
  /** Bytes that it takes. */
  readonly length: number;
}

/** Percent, `\u`, `\x` and HTML escapes in [from, to); all other bytes stand for themselves. */
export function decodeEscapes(bytes: Buffer, from: number, to: number): DecodedText {
  const text = Buffer.allocUnsafe(to - from);
  // Behind each escape: its offset in the text, and by how much the text is shorter up to there.
  const ends: number[] = [];
  const shorter: number[] = [];
  let length = 0;
  for (let at = from; at < to; ) {
    const byte = bytes[at]!;
    const unit = byte === 0x25 || byte === 0x5c || byte === 0x26 ? escapeAt(bytes, at) : undefined;
    text[length++] = unit?.code ?? byte;
    at += unit?.length ?? 1;
    if (unit === undefined) continue;
    ends.push(length);
    shorter.push(at - from - length);
  }
  const originOf = (offset: number) => {
    const escapes = countUpTo(ends, offset);
    return Math.min(to, from + offset + (escapes === 0 ? 0 : shorter[escapes - 1]!));
  };
  return { bytes: text.subarray(0, length), originOf };
}

/** How many of the sorted numbers are no greater. */
function countUpTo(sorted: readonly number[], most: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The escape of one printable ASCII character that begins here. */
export function escapeAt(bytes: Buffer, at: number): Escape | undefined {
  if (bytes[at] === 0x25) return hexUnit(bytes, at, 1);
  if (bytes[at] === 0x26) return entityAt(bytes, at);
  if (bytes[at] !== 0x5c) return undefined;
  const letter = bytes[at + 1];
  if (letter === 0x78) return hexUnit(bytes, at, 2);
  if (letter !== 0x75 && letter !== 0x55) return undefined;
  return bytes[at + 2] === 0x30 && bytes[at + 3] === 0x30 ? hexUnit(bytes, at, 4) : undefined;
}

/** The value of a hexadecimal digit; 16 for all other bytes. */
const fourBits = new Uint8Array(256).fill(16);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  for (const form of [digit, digit.toUpperCase()]) fourBits[form.charCodeAt(0)] = value;
}

function hexUnit(bytes: Buffer, at: number, skip: number): Escape | undefined {
  const high = fourBits[bytes[at + skip] ?? 0]!;
  const low = fourBits[bytes[at + skip + 1] ?? 0]!;
  if (high > 15 || low > 15) return undefined;
  const code = (high << 4) | low;
  return printable[code] === 1 ? { code, length: skip + 2 } : undefined;
}

/** How much of the escape that begins here makes it one: `%4`, `\\u00`, `\\x4`, `&#`, `&quot;`; 0 if none does, or one that hides nothing: `%20`. */
export function escapeHead(bytes: Buffer, at: number): number {
  const unit = escapeAt(bytes, at);
  if (unit === undefined || unit.code <= 0x20) return 0;
  if (bytes[at] === 0x25) return 2;
  if (bytes[at] === 0x5c) return bytes[at + 1] === 0x78 ? 3 : 4;
  return bytes[at + 1] === 0x23 ? 2 : unit.length;
}

/** `&quot;` */
export const longestHead = 6;

const named: Readonly<Record<string, string>> = { quot: '"', amp: "&", apos: "'", lt: "<", gt: ">" };
const longestEntity = 8;
/** `#`, and the first letters of the names: most signs are no entities. */
const entityBegins: ReadonlySet<number> = new Set(Buffer.from("#qalg"));

function entityAt(bytes: Buffer, at: number): Escape | undefined {
  if (!entityBegins.has(bytes[at + 1] ?? 0)) return undefined;
  const match = /^&(?:#(\d{2,5})|#[xX]([0-9A-Fa-f]{2,4})|([a-z]{2,4}));/.exec(
    bytes.toString("latin1", at, at + longestEntity),
  );
  if (match === null) return undefined;
  const name = match[3];
  const code =
    name !== undefined
      ? (Object.hasOwn(named, name) ? named[name] : undefined)?.charCodeAt(0)
      : match[2] !== undefined
        ? Number.parseInt(match[2], 16)
        : Number(match[1]);
  return code !== undefined && printable[code] === 1 ? { code, length: match[0].length } : undefined;
}
