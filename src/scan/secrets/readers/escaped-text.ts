/** Reads base64 as it stands in addresses, JSON and XML: single characters may be written as `%2B`, `\u002B`, `&#43;`, `\/`. */
import { alphabetTable } from "../alphabets.ts";
import { isIn } from "../view.ts";

interface Unit {
  readonly character: string;
  /** Bytes that it takes in the file. */
  readonly length: number;
}

export interface EscapedText {
  readonly text: string;
  /** The other end: where reading forward stopped, or where reading backward began. */
  readonly offset: number;
}

const letters = alphabetTable("base64Any");
/** The longest way to write one character: `&#x002B;`. */
const longestUnit = 8;
const written = /^(?:%([0-9a-f]{2})|\\u00([0-9a-f]{2})|&#x(?:00)?([0-9a-f]{2});|&#(\d{2});|\\(\/))/i;

/** Only what base64 holds besides letters and digits is ever escaped. */
function escapedUnit(text: string): Unit | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const hex = match[1] ?? match[2] ?? match[3];
  const code = hex === undefined ? Number(match[4] ?? 0x2f) : Number.parseInt(hex, 16);
  const character = String.fromCharCode(code);
  return "+/=-_".includes(character) ? { character, length: match[0].length } : undefined;
}

function unitAt(bytes: Buffer, at: number): Unit | undefined {
  const byte = bytes[at];
  if (isIn(letters, byte) || byte === 0x3d) return { character: String.fromCharCode(byte!), length: 1 };
  if (byte !== 0x25 && byte !== 0x5c && byte !== 0x26) return undefined;
  return escapedUnit(bytes.toString("latin1", at, at + longestUnit));
}

/** The unit that ends before `end`. */
function unitBefore(bytes: Buffer, end: number): Unit | undefined {
  for (const length of [3, 6, 2, 5, 6, longestUnit]) {
    const first = bytes[end - length];
    if (first !== 0x25 && first !== 0x5c && first !== 0x26) continue;
    const unit = escapedUnit(bytes.toString("latin1", end - length, end));
    if (unit?.length === length) return unit;
  }
  const byte = bytes[end - 1];
  return isIn(letters, byte) ? { character: String.fromCharCode(byte!), length: 1 } : undefined;
}

/** As many characters as there are, at most `most`. */
export function readForward(bytes: Buffer, from: number, most: number): EscapedText {
  let text = "";
  let offset = from;
  while (text.length < most) {
    const unit = unitAt(bytes, offset);
    if (unit === undefined) break;
    text += unit.character;
    offset += unit.length;
  }
  return { text, offset };
}

/** Exactly so many characters before `end`; undefined if there are fewer. */
export function readBackward(bytes: Buffer, end: number, count: number): EscapedText | undefined {
  let text = "";
  let offset = end;
  while (text.length < count) {
    const unit = unitBefore(bytes, offset);
    if (unit === undefined) return undefined;
    text = unit.character + text;
    offset -= unit.length;
  }
  return { text, offset };
}
