/**
 * Reads what PHP's `serialize` wrote, as far as it is data: texts, numbers, lists and maps. Objects and references are
 * refused. Lengths count bytes, so the text is one character for each byte.
 */

export type PhpValue = string | number | boolean | null | ReadonlyMap<string, PhpEntry>;

export interface PhpEntry {
  readonly value: PhpValue;
  /** Offset of the value; of a text, behind its opening quote. */
  readonly start: number;
}

const deepest = 64;

/** Undefined if it is no such text, or nested too deep. */
export function phpSerialized(bytes: string): PhpEntry | undefined {
  return valueAt(bytes, 0, 0)?.entry;
}

interface Read {
  readonly entry: PhpEntry;
  readonly end: number;
}

const scalar = /([sabid]):([^:;{]{1,30})[:;]|N;/y;

function valueAt(bytes: string, at: number, depth: number): Read | undefined {
  scalar.lastIndex = at;
  const found = scalar.exec(bytes);
  if (!found || depth > deepest) return undefined;
  const [whole, kind, written = ""] = found;
  const after = at + whole.length;
  if (kind === "s") return textAt(bytes, after, Number(written));
  if (kind === "a") return mapAt(bytes, after, Number(written), depth);
  const value = kind === undefined ? null : kind === "b" ? written === "1" : Number(written);
  return { entry: { value, start: at }, end: after };
}

function textAt(bytes: string, quote: number, length: number): Read | undefined {
  const end = quote + 1 + length;
  if (bytes[quote] !== '"' || bytes.slice(end, end + 2) !== '";') return undefined;
  const value = Buffer.from(bytes.slice(quote + 1, end), "latin1").toString("utf8");
  return { entry: { value, start: quote + 1 }, end: end + 2 };
}

function mapAt(bytes: string, open: number, count: number, depth: number): Read | undefined {
  const map = new Map<string, PhpEntry>();
  let at = open + 1;
  if (bytes[open] !== "{") return undefined;
  for (let index = 0; index < count; index++) {
    const key = valueAt(bytes, at, depth + 1);
    const value = key && valueAt(bytes, key.end, depth + 1);
    const name = key?.entry.value;
    if (!value || (typeof name !== "string" && typeof name !== "number")) return undefined;
    map.set(String(name), value.entry);
    at = value.end;
  }
  return bytes[at] === "}" ? { entry: { value: map, start: open }, end: at + 1 } : undefined;
}
