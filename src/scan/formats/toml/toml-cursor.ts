/** A position in a TOML text, and what all parts of the reader do with one: skip what means nothing, remember what failed. */
import type { FormatProblem } from "../format-problem.ts";
import type { Place, TextFile } from "../text-file.ts";

export interface TomlCursor {
  readonly file: TextFile;
  readonly text: string;
  at: number;
  /** Why the statement at hand cannot be read. */
  failure: FormatProblem | undefined;
  /** The stretch of a line that was looked through for its end, so that long lines are not looked through again and again. */
  lineFrom: number;
  lineEnd: number;
  /** Delimiters of strings of several lines that are known not to end: no use to look again. */
  readonly unclosed: Set<string>;
}

export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const singleQuote = 39;
export const comma = 44;
export const dot = 46;
export const equals = 61;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const openBrace = 123;
export const closeBrace = 125;

export function cursorOf(file: TextFile): TomlCursor {
  const at = file.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { file, text: file.text, at, failure: undefined, lineFrom: 0, lineEnd: -1, unclosed: new Set() };
}

export function placeIn(file: TextFile, start: number, end: number): Place {
  return { file, start, end };
}

/** Notes why nothing can be read here; the answer is that of a reading that failed. */
export function fail(
  cursor: TomlCursor,
  message: string,
  { at = cursor.at, code = "syntax" }: { readonly at?: number; readonly code?: FormatProblem["code"] } = {},
): undefined {
  const start = Math.min(at, cursor.text.length);
  cursor.failure ??= { code, message, place: placeIn(cursor.file, start, Math.min(start + 1, cursor.text.length)) };
  return undefined;
}

export function skipBlanks(cursor: TomlCursor): void {
  for (; ; cursor.at++) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== space && code !== tab) return;
  }
}

/** Blanks, comments and line ends. */
export function skipToContent(cursor: TomlCursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code === space || code === tab || code === lineFeed || code === carriageReturn) cursor.at++;
    else if (code === hash) cursor.at = endOfLine(cursor.text, cursor.at);
    else return;
  }
}

/** The offset of the line feed that ends the line, or of the text's end. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** The same, for a cursor that goes through a line bit by bit. */
export function knownEndOfLine(cursor: TomlCursor, from: number): number {
  if (from < cursor.lineFrom || from > cursor.lineEnd) {
    cursor.lineFrom = from;
    cursor.lineEnd = endOfLine(cursor.text, from);
  }
  return cursor.lineEnd;
}

/** True if nothing but a comment follows in the line; the cursor is then behind it. */
export function endsLine(cursor: TomlCursor): boolean {
  skipBlanks(cursor);
  const { text } = cursor;
  const code = text.charCodeAt(cursor.at);
  if (code === lineFeed) cursor.at++;
  else if (code === carriageReturn && text.charCodeAt(cursor.at + 1) === lineFeed) cursor.at += 2;
  else if (code === hash) cursor.at = endOfLine(text, cursor.at) + 1;
  else if (cursor.at < text.length) return false;
  return true;
}
