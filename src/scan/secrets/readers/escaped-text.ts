/** Reads base64 as it stands in addresses, JSON and XML: single characters may be written as `%2B`, `\u002B`, `&#43;`, `\/`. */
import { alphabetTable } from "../alphabets.ts";
import { escapeAt } from "../search/decoded-text.ts";
import { isIn } from "../view.ts";

export interface EscapedText {
  readonly text: string;
  /** The other end: where reading forward stopped, or where reading backward began. */
  readonly offset: number;
}

const letters = alphabetTable("base64Any");

/** In how many bytes one character may be written: `\/`, `%2B`, `\x2B`, `&#43;`, `\u002B` and `&#x2B;`, `&#x002B;`. */
const lengths = [2, 3, 4, 5, 6, 8];

interface Unit {
  readonly character: string;
  /** Bytes that it takes in the file. */
  readonly length: number;
}

/** Only what base64 holds besides letters and digits is ever escaped. */
function escapedAt(bytes: Buffer, at: number): Unit | undefined {
  if (bytes[at] === 0x5c && bytes[at + 1] === 0x2f) return { character: "/", length: 2 };
  const unit = escapeAt(bytes, at);
  if (unit === undefined) return undefined;
  const character = String.fromCharCode(unit.code);
  return "+/=-_".includes(character) ? { character, length: unit.length } : undefined;
}

function unitAt(bytes: Buffer, at: number): Unit | undefined {
  const byte = bytes[at];
  if (isIn(letters, byte) || byte === 0x3d) return { character: String.fromCharCode(byte!), length: 1 };
  return escapedAt(bytes, at);
}

/** The unit that ends before `end`. */
function unitBefore(bytes: Buffer, end: number): Unit | undefined {
  for (const length of lengths) {
    const unit = escapedAt(bytes, end - length);
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
