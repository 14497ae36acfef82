/**
 * Walks through JSON once, from value to value, with the offsets of all that is read. A package-lock.json of 20,000
 * packages and 10 MB is read so with places and graph in 1.9 times the time that JSON.parse takes for the bare values
 * (166 against 86 ms of CPU in one run); a tree with places took six times as long as JSON.parse. Comments and commas too many are allowed (bun.lock, deno.jsonc). The
 * lines of an unresolved merge conflict are stepped over, so that both sides are read. It refuses to build trees: who
 * reads takes what it knows and skips the rest. After the first mistake nothing more is found.
 */
import type { TextFile } from "../../formats/text-file.ts";

export interface JsonCursor {
  readonly file: TextFile;
  at: number;
  mistake?: { readonly at: number; readonly expected: string };
  /** Where the first mark of a merge conflict stands. */
  conflictAt?: number;
}

export function jsonCursor(file: TextFile): JsonCursor {
  return { file, at: file.text.charCodeAt(0) === 0xfeff ? 1 : 0 };
}

const quote = 34;
const backslash = 92;
const slash = 47;
const star = 42;
const comma = 44;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Calls `member` at each value of the object that stands here; what it leaves unread is skipped. Another value is skipped whole. */
export function eachMember(cursor: JsonCursor, member: (key: string, keyAt: number) => void): void {
  if (!enter(cursor, openBrace)) return;
  while (!isAtEnd(cursor, closeBrace)) {
    const keyAt = cursor.at;
    if (cursor.file.text.charCodeAt(keyAt) !== quote) fail(cursor, "a name in double quotes");
    if (cursor.mistake) return;
    const key = stringAt(cursor);
    skipBlanks(cursor);
    if (cursor.file.text.charCodeAt(cursor.at) !== colon) fail(cursor, "a colon");
    if (cursor.mistake) return;
    cursor.at++;
    skipBlanks(cursor);
    const before = cursor.at;
    member(key, keyAt);
    if (cursor.mistake) return;
    if (cursor.at === before) skipValue(cursor);
    if (!separate(cursor, closeBrace)) return;
  }
}

export function eachItem(cursor: JsonCursor, item: (index: number) => void): void {
  if (!enter(cursor, openBracket)) return;
  for (let index = 0; !isAtEnd(cursor, closeBracket); index++) {
    const before = cursor.at;
    item(index);
    if (cursor.mistake) return;
    if (cursor.at === before) skipValue(cursor);
    if (!separate(cursor, closeBracket)) return;
  }
}

/** The text that stands here; undefined for any other value, which is skipped. */
export function readText(cursor: JsonCursor): string | undefined {
  skipBlanks(cursor);
  if (cursor.file.text.charCodeAt(cursor.at) === quote) return stringAt(cursor);
  skipValue(cursor);
  return undefined;
}

/** Whether `true` stands here. */
export function readTrue(cursor: JsonCursor): boolean {
  skipBlanks(cursor);
  const isTrue = cursor.file.text.startsWith("true", cursor.at);
  skipValue(cursor);
  return isTrue;
}

/** Names and texts by turns. */
export type Texts = readonly string[];

/** The members of the object that stands here whose values are texts. */
export function readTexts(cursor: JsonCursor): Texts {
  const texts: string[] = [];
  eachMember(cursor, (key) => {
    const text = readText(cursor);
    if (text !== undefined) texts.push(key, text);
  });
  return texts;
}

/** The texts of the list that stands here, or the one text that stands for a list. */
export function readTextList(cursor: JsonCursor): readonly string[] {
  if (isText(cursor)) return [readText(cursor) ?? ""];
  const texts: string[] = [];
  eachItem(cursor, () => {
    const text = readText(cursor);
    if (text !== undefined) texts.push(text);
  });
  return texts;
}

export function isObject(cursor: JsonCursor): boolean {
  skipBlanks(cursor);
  return cursor.file.text.charCodeAt(cursor.at) === openBrace;
}

export function isList(cursor: JsonCursor): boolean {
  skipBlanks(cursor);
  return cursor.file.text.charCodeAt(cursor.at) === openBracket;
}

export function isText(cursor: JsonCursor): boolean {
  skipBlanks(cursor);
  return cursor.file.text.charCodeAt(cursor.at) === quote;
}

export function fail(cursor: JsonCursor, expected: string): void {
  cursor.mistake ??= { at: Math.min(cursor.at, cursor.file.text.length), expected };
}

/** Steps over a value however deep it is; whether its brackets match is seen, not which of them. */
export function skipValue(cursor: JsonCursor): void {
  skipBlanks(cursor);
  const { text } = cursor.file;
  const first = text.charCodeAt(cursor.at);
  if (first === quote) skipString(cursor);
  else if (first === openBrace || first === openBracket) skipNested(cursor);
  else skipWord(cursor);
}

function skipNested(cursor: JsonCursor): void {
  const { text } = cursor.file;
  let depth = 0;
  while (cursor.at < text.length) {
    const code = text.charCodeAt(cursor.at);
    if (code === quote) skipString(cursor);
    else if (code === slash || code === 60 || code === 61 || code === 62 || code === 124) {
      const before = cursor.at;
      skipBlanks(cursor);
      if (cursor.at === before) fail(cursor, "a value");
    } else {
      cursor.at++;
      if (code === openBrace || code === openBracket) depth++;
      else if ((code === closeBrace || code === closeBracket) && --depth === 0) return;
    }
    if (cursor.mistake) return;
  }
  fail(cursor, "a closing bracket");
}

function enter(cursor: JsonCursor, bracket: number): boolean {
  skipBlanks(cursor);
  if (cursor.mistake) return false;
  if (cursor.file.text.charCodeAt(cursor.at) === bracket) {
    cursor.at++;
    return true;
  }
  skipValue(cursor);
  return false;
}

function isAtEnd(cursor: JsonCursor, bracket: number): boolean {
  skipBlanks(cursor);
  if (cursor.mistake) return true;
  if (cursor.at >= cursor.file.text.length)
    fail(cursor, bracket === closeBrace ? "a closing brace" : "a closing bracket");
  else if (cursor.file.text.charCodeAt(cursor.at) === bracket) cursor.at++;
  else return false;
  return true;
}

/** In a text with conflicts a comma may be missing where the sides meet. */
function separate(cursor: JsonCursor, bracket: number): boolean {
  skipBlanks(cursor);
  const code = cursor.file.text.charCodeAt(cursor.at);
  if (code === comma) cursor.at++;
  else if (code !== bracket && cursor.conflictAt === undefined && cursor.at < cursor.file.text.length)
    fail(cursor, "a comma");
  return cursor.mistake === undefined;
}

export function skipBlanks(cursor: JsonCursor): void {
  const { text } = cursor.file;
  for (;;) {
    let code = text.charCodeAt(cursor.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++cursor.at);
    if (code === slash) {
      if (!skipComment(cursor)) return;
    } else if (code === 60 || code === 61 || code === 62 || code === 124) {
      if (!skipConflictMark(cursor)) return;
    } else return;
  }
}

function skipComment(cursor: JsonCursor): boolean {
  const { text } = cursor.file;
  const next = text.charCodeAt(cursor.at + 1);
  if (next !== slash && next !== star) return false;
  const end = next === slash ? text.indexOf("\n", cursor.at) : text.indexOf("*/", cursor.at + 2);
  if (end < 0 && next === star) fail(cursor, "the end of the comment");
  cursor.at = end < 0 ? text.length : next === slash ? end : end + 2;
  return true;
}

/** As Git writes it: seven of the same at the beginning of a line. */
const conflictMark = /(?:<{7}|={7}|>{7}|\|{7})(?= |\r?\n|\r?$)/y;

function skipConflictMark(cursor: JsonCursor): boolean {
  const { text } = cursor.file;
  if (cursor.at > 0 && text.charCodeAt(cursor.at - 1) !== 10) return false;
  conflictMark.lastIndex = cursor.at;
  if (!conflictMark.test(text)) return false;
  cursor.conflictAt ??= cursor.at;
  const end = text.indexOf("\n", cursor.at);
  cursor.at = end < 0 ? text.length : end;
  return true;
}

function failInText(cursor: JsonCursor, at: number): void {
  cursor.at = at;
  fail(cursor, "the end of the text in quotes");
}

function skipString(cursor: JsonCursor): void {
  const { text } = cursor.file;
  for (let at = cursor.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      cursor.at = at + 1;
      return;
    }
    if (code === backslash) at++;
    else if (code === 10) {
      failInText(cursor, at);
      return;
    }
  }
  failInText(cursor, text.length);
}

function stringAt(cursor: JsonCursor): string {
  const { text } = cursor.file;
  const start = cursor.at;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      cursor.at = at + 1;
      return text.slice(start + 1, at);
    }
    if (code === backslash) return escapedStringAt(cursor, start);
    if (code === 10) break;
  }
  skipString(cursor);
  return "";
}

function escapedStringAt(cursor: JsonCursor, start: number): string {
  skipString(cursor);
  if (cursor.mistake) return "";
  try {
    return String(JSON.parse(cursor.file.text.slice(start, cursor.at)));
  } catch {
    fail(cursor, "an escape that JSON knows");
    return "";
  }
}

const word = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

function skipWord(cursor: JsonCursor): void {
  word.lastIndex = cursor.at;
  if (word.test(cursor.file.text)) cursor.at = word.lastIndex;
  else fail(cursor, "a value");
}
