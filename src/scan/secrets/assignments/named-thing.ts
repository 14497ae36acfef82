/**
 * What a name that says no more than "key" is set to in code: `key = keys[i];`, `key: string,`, `key === undefined`. It is the
 * most frequent of all hits and never a secret, so it is told from the bytes of its line alone.
 */
import { tableOf } from "../text/alphabets.ts";
import type { NamePlace } from "./may-assign.ts";
import { isBlank, isQuote, skipSpaces } from "./read-literal.ts";
import { skipOperator } from "./read-operator.ts";

/** Of a line behind a name: where more stands, everything is read. No further than any name is looked behind (search/sight.ts). */
const longestRest = 196;
/** A value in no quotes is a name, whatever its letters, if it is shorter. */
const leastDrawn = 8;

/** What opens an index or a call, or stands between names. */
const ofCode = tableOf(".([");
/** What may close the value's expression: of it or behind it. */
const closes = tableOf(";,)}]>");
/** Digits, where the value is of another kind than a name, and what it may begin or end with in another way. */
const others = tableOf("0123456789$<{|&\\/#+");

/** True of a value in no quotes that is the name of something, or code that finds it. */
export function isThing(value: string): boolean {
  return !/\d/.test(value) && (value.length < leastDrawn || /[.([]/.test(value));
}

/** Where the line ends that tells so, whatever stands in others; undefined if it does not. */
export function namedThingEnd(bytes: Buffer, { end, pathStart }: NamePlace): number | undefined {
  const sign = signBehind(bytes, end, pathStart);
  const operator = sign === undefined ? undefined : skipOperator(bytes, sign);
  if (operator === undefined) return undefined;
  const from = skipSpaces(bytes, operator.end);
  const rest = restOfLine(bytes, from, end + longestRest);
  return rest !== undefined && beginsThing(bytes, from, rest) ? rest : undefined;
}

/** Behind the name, its quote and an index; undefined where more than a sign may say what is assigned. */
function signBehind(bytes: Buffer, end: number, pathStart: number): number | undefined {
  const before = bytes[pathStart - 1];
  // `<key>`, `${key:-v}`, `name="key" value="v"`
  if (before === 0x3c || before === 0x7b || bytes[pathStart - 2] === 0x3d) return undefined;
  let at = isQuote(bytes[end]) ? end + 1 : end;
  if (bytes[at] === 0x5d || bytes[at] === 0x29) at++;
  return skipSpaces(bytes, at);
}

/** Undefined if it is too long, empty, or holds a quote: a literal may be anywhere in an expression. */
function restOfLine(bytes: Buffer, from: number, to: number): number | undefined {
  const most = Math.min(bytes.length, to);
  for (let at = from; at < most; at++) {
    const byte = bytes[at]!;
    if (byte === 0x0a) return at > from ? at : undefined;
    if (isQuote(byte)) return undefined;
  }
  return undefined;
}

/** Without a digit: a few letters, or more up to a sign of code. */
function beginsThing(bytes: Buffer, from: number, lineEnd: number): boolean {
  // Four letters of four groups, as Google draws them.
  if (bytes[from + 4] === 0x20 && from + 9 < lineEnd && bytes[from + 9] === 0x20) return false;
  // Basic goes on behind an underscore in the next line.
  if (bytes[from] === 0x5f && isBlank(bytes[from + 1])) return false;
  let at = from;
  while (at < lineEnd && isLetterOfName(bytes[at]!)) at++;
  const next = bytes[at]!;
  if (ofCode[next] === 1) return !isBlank(bytes[at + 1]) && hasNoDigit(bytes, at, lineEnd);
  let last = at;
  while (closes[bytes[last]!] === 1) last++;
  if (at === from || !isBlank(bytes[last])) return false;
  return last - from - (endsElement(bytes[last - 1]) ? 1 : 0) < leastDrawn;
}

function isLetterOfName(byte: number): boolean {
  return byte > 0x20 && ofCode[byte] !== 1 && closes[byte] !== 1 && others[byte] !== 1;
}

/** `,` or `;` behind a value is none of it. */
function endsElement(byte: number | undefined): boolean {
  return byte === 0x2c || byte === 0x3b;
}

function hasNoDigit(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to && bytes[at]! > 0x20; at++) if (isDigit(bytes[at]!)) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
