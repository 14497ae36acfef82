/** The four forms of strings in TOML, and their escapes. */
import {
  backslash,
  carriageReturn,
  doubleQuote,
  fail,
  knownEndOfLine,
  lineFeed,
  singleQuote,
  space,
  type TomlCursor,
  tab,
} from "./toml-cursor.ts";

/** Reads the string that begins at the cursor; undefined if it is broken. */
export function readString(cursor: TomlCursor): string | undefined {
  const quote = cursor.text.charCodeAt(cursor.at);
  const isLong = cursor.text.charCodeAt(cursor.at + 1) === quote && cursor.text.charCodeAt(cursor.at + 2) === quote;
  return isLong ? readLong(cursor, quote) : readShort(cursor, quote);
}

/** Goes behind the string that begins at the cursor; false if it has no end. Its escapes are not looked at. */
export function skipString(cursor: TomlCursor): boolean {
  const { text, at: start } = cursor;
  const quote = text.charCodeAt(start);
  if (text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote)
    return readLong(cursor, quote) !== undefined;
  const end = endOfShort(cursor, quote);
  if (end < 0) return false;
  cursor.at = end + 1;
  return true;
}

/** A string of one line. */
export function readShort(cursor: TomlCursor, quote: number): string | undefined {
  const start = cursor.at + 1;
  const end = endOfShort(cursor, quote);
  if (end < 0) return undefined;
  cursor.at = end + 1;
  const value = cursor.text.slice(start, end);
  return quote === doubleQuote && value.includes("\\") ? unescaped(cursor, start, end) : value;
}

/** Where the closing quote stands in the line; -1 if it is not there, and then that is the failure. */
function endOfShort(cursor: TomlCursor, quote: number): number {
  const { text, at: start } = cursor;
  const lineEnd = knownEndOfLine(cursor, start);
  let end = text.indexOf(quote === doubleQuote ? '"' : "'", start + 1);
  if (quote === doubleQuote && text.charCodeAt(end - 1) === backslash && end <= lineEnd) {
    for (end = start + 1; end < lineEnd && text.charCodeAt(end) !== doubleQuote; end++)
      if (text.charCodeAt(end) === backslash) end++;
  }
  if (end >= 0 && end < lineEnd) return end;
  fail(cursor, "a string has no end");
  return -1;
}

function readLong(cursor: TomlCursor, quote: number): string | undefined {
  const { text } = cursor;
  const delimiter = quote === singleQuote ? "'''" : '"""';
  const end = cursor.unclosed.has(delimiter) ? -1 : endOfLong(text, cursor.at + 3, quote);
  if (end < 0) {
    cursor.unclosed.add(delimiter);
    return fail(cursor, `a string that begins with ${delimiter} has no end`);
  }
  let start = cursor.at + 3;
  if (text.charCodeAt(start) === carriageReturn && text.charCodeAt(start + 1) === lineFeed) start += 2;
  else if (text.charCodeAt(start) === lineFeed) start++;
  cursor.at = end + 3;
  const isPlain = quote === singleQuote || !text.slice(start, end).includes("\\");
  return isPlain ? text.slice(start, end) : unescaped(cursor, start, end);
}

/** Where the closing delimiter begins; one or two quotes may stand before it. -1 if there is none. */
function endOfLong(text: string, from: number, quote: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash && quote === doubleQuote) at++;
    else if (code === quote && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) {
      let end = at;
      while (end < at + 2 && text.charCodeAt(end + 3) === quote) end++;
      return end;
    }
  }
  return -1;
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\u{1b}"],
  ['"', '"'],
  ["\\", "\\"],
]);

const numericEscapes: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function unescaped(cursor: TomlCursor, start: number, end: number): string | undefined {
  const { text } = cursor;
  const parts: string[] = [];
  let copied = start;
  for (let at = nextEscape(text, start, end); at >= 0; at = nextEscape(text, copied, end)) {
    parts.push(text.slice(copied, at));
    const letter = text.charAt(at + 1);
    const simple = simpleEscapes.get(letter);
    const digits = numericEscapes.get(letter);
    if (simple !== undefined) {
      parts.push(simple);
      copied = at + 2;
    } else if (digits !== undefined) {
      const hex = text.slice(at + 2, at + 2 + digits);
      const point = hex.length === digits && /^[0-9A-Fa-f]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
      if (!(point <= 0x10ffff)) return fail(cursor, `the escape \\${letter}${hex} is no character`, { at });
      parts.push(String.fromCodePoint(point));
      copied = at + 2 + digits;
    } else {
      copied = behindJoinedLines(text, at + 1, end);
      if (copied < 0) return fail(cursor, `the escape \\${letter} does not exist in TOML`, { at });
    }
  }
  parts.push(text.slice(copied, end));
  return parts.join("");
}

function nextEscape(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === backslash) return at;
  return -1;
}

/** A backslash at the end of a line takes away all blanks and line ends up to the next character; -1 if it is none such. */
function behindJoinedLines(text: string, from: number, end: number): number {
  let at = from;
  let hasLineEnd = false;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed) hasLineEnd = true;
    else if (code !== space && code !== tab && code !== carriageReturn) break;
  }
  return hasLineEnd ? at : -1;
}
