/** Reads base64 as it stands in addresses, JSON and XML: single characters may be written as `%2B`, `\u002B`, `&#43;`, `\/`. */
import { alphabetTable } from "../../text/alphabets.ts";
import { escapeAt } from "../../text/decoded-text.ts";
import { isIn } from "../../text/view.ts";

export interface EscapedText {
  readonly text: string;
  /** The other end: where reading forward stopped, or where reading backward began. */
  readonly offset: number;
}

const letters = alphabetTable("base64Any");

/** In how many bytes one character may be written: `\/`, `%2B`, `\x2B`, `&#43;`, `\u002B` and `&#x2B;`, `&#x002B;`. */
const lengths = [2, 3, 4, 5, 6, 8];
/** What opens an escape: `%`, `&`, and a backslash. */
const opensEscape: ReadonlySet<number | undefined> = new Set([0x25, 0x26, 0x5c]);

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

/** The unit that ends before `end`. */
function unitBefore(bytes: Buffer, end: number): Unit | undefined {
  for (const length of lengths) {
    if (!opensEscape.has(bytes[end - length])) continue;
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
    let end = offset;
    while (end - offset < most - text.length && (isIn(letters, bytes[end]) || bytes[end] === 0x3d)) end++;
    if (end > offset) {
      text += bytes.toString("latin1", offset, end);
      offset = end;
      continue;
    }
    const unit = escapedAt(bytes, offset);
    if (unit === undefined) break;
    text += unit.character;
    offset += unit.length;
  }
  return { text, offset };
}

/** Puts characters before what was read already, up to `count`; undefined if there are fewer. */
export function readBackward(bytes: Buffer, read: EscapedText, count: number): EscapedText | undefined {
  let { text, offset } = read;
  while (text.length < count) {
    const unit = unitBefore(bytes, offset);
    if (unit === undefined) return undefined;
    text = unit.character + text;
    offset -= unit.length;
  }
  return { text, offset };
}
