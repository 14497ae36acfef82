/** Where the HCL parser stands in a text, and the small steps it takes: blanks, comments, words. */
import type { TextFile } from "../text-file.ts";
import type { Expression } from "./syntax.ts";

export interface SyntaxProblem {
  readonly message: string;
  /** Offset of the text that could not be read. */
  readonly at: number;
}

export interface Cursor {
  readonly file: TextFile;
  readonly text: string;
  at: number;
  /** False inside brackets, where a line break is a blank like any other. */
  newlines: boolean;
  depth: number;
  /** Reads a whole expression; kept here because expressions, templates and collections contain each other. */
  readonly expression: (cursor: Cursor) => Expression;
  readonly problems: SyntaxProblem[];
}

/** Deeper nesting than any person writes; keeps hostile input from exhausting the stack. */
const maxDepth = 200;

/** Ends the reading of one item of a body; the reader of bodies catches it and goes on behind the item. */
export class HclSyntaxError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export function fail(cursor: Cursor, message: string, at = cursor.at): never {
  throw new HclSyntaxError(message, at);
}

export function deeper(cursor: Cursor): void {
  if (++cursor.depth > maxDepth) fail(cursor, `nested more than ${maxDepth} levels deep`);
}

/** Skips blanks and comments, and line breaks where they mean nothing. */
export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  let at = cursor.at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 13) at++;
    else if (code === 10 && !cursor.newlines) at++;
    else if (code === 35) at = endOfLine(text, at);
    else if (code === 47) {
      const next = text.charCodeAt(at + 1);
      if (next === 47) at = endOfLine(text, at);
      else if (next === 42) at = endOfComment(cursor, at);
      else break;
    } else break;
  }
  cursor.at = at;
}

export function skipLines(cursor: Cursor): void {
  const { newlines } = cursor;
  cursor.newlines = false;
  skipBlanks(cursor);
  cursor.newlines = newlines;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function endOfComment(cursor: Cursor, at: number): number {
  const end = cursor.text.indexOf("*/", at + 2);
  return end < 0 ? fail(cursor, "this comment has no end (`*/`)", at) : end + 2;
}

/** For the first 128 characters: 1 may begin a word, 2 may only continue one. */
const wordKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return 1;
  return /[0-9-]/.test(character) ? 2 : 0;
});

export function startsWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return wordKinds[code] === 1;
  return code >= 128 && /^\p{ID_Start}/u.test(text.slice(at, at + 2));
}

/** Where the word that begins at `at` ends; `at` itself if none begins there. */
export function endOfWord(text: string, at: number): number {
  if (!startsWord(text, at)) return at;
  let end = at + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 128 ? wordKinds[code] !== 0 : code >= 128 && /^\p{ID_Continue}/u.test(text.slice(end, end + 2))) end++;
    else if (code >= 0xdc00 && code <= 0xdfff) end++;
    else return end;
  }
}

export function word(cursor: Cursor, expected: string): string {
  const start = cursor.at;
  cursor.at = endOfWord(cursor.text, start);
  if (cursor.at === start) fail(cursor, `expected ${expected}, found ${found(cursor)}`);
  return cursor.text.slice(start, cursor.at);
}

/** Takes this word if it comes next. */
export function takeWord(cursor: Cursor, expected: string): boolean {
  const { text, at } = cursor;
  if (!text.startsWith(expected, at) || endOfWord(text, at) !== at + expected.length) return false;
  cursor.at += expected.length;
  return true;
}

/** Takes these characters if they come next. */
export function take(cursor: Cursor, characters: string): boolean {
  if (!cursor.text.startsWith(characters, cursor.at)) return false;
  cursor.at += characters.length;
  return true;
}

export function expect(cursor: Cursor, characters: string): void {
  if (!take(cursor, characters)) fail(cursor, `expected \`${characters}\`, found ${found(cursor)}`);
}

/** Line breaks mean nothing up to the closing bracket. */
export function inBrackets<T>(cursor: Cursor, close: string, read: () => T): T {
  const { newlines } = cursor;
  cursor.newlines = false;
  const result = read();
  skipBlanks(cursor);
  expect(cursor, close);
  cursor.newlines = newlines;
  return result;
}

/** What stands at the cursor, in words. Words themselves are not told: behind a stray quote they are the rest of a password. */
export function found({ text, at }: Cursor): string {
  if (at >= text.length) return "the end of the file";
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === "\n" || character === "\r") return "the end of the line";
  return startsWord(text, at) ? "a word" : `\`${character}\``;
}
