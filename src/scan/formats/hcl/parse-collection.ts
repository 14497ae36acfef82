/** Reads lists, objects and the loops that make them. */
import type { Cursor } from "./cursor.ts";
import { endOfWord, expect, inBrackets, skipBlanks, startsWord, take, takeWord } from "./cursor.ts";
import { parseForHead } from "./parse-template.ts";
import type { Entry, Expression } from "./syntax.ts";

/** At `for` and a name: the beginning of a loop. */
function takeFor(cursor: Cursor): boolean {
  const { at } = cursor;
  if (!takeWord(cursor, "for")) return false;
  skipBlanks(cursor);
  if (startsWord(cursor.text, cursor.at)) return true;
  cursor.at = at;
  return false;
}

export function parseList(cursor: Cursor): Expression {
  const { file } = cursor;
  const start = cursor.at++;
  const items: Expression[] = [];
  const loop = inBrackets(cursor, "]", () => {
    skipBlanks(cursor);
    if (takeFor(cursor)) return forLoop(cursor, start, false);
    while (cursor.text.charCodeAt(cursor.at) !== 93) {
      items.push(cursor.expression(cursor));
      skipBlanks(cursor);
      if (!take(cursor, ",")) break;
      skipBlanks(cursor);
    }
    return undefined;
  });
  return loop ? { ...loop, end: cursor.at } : { is: "list", file, start, end: cursor.at, items };
}

function forLoop(cursor: Cursor, start: number, object: boolean): Extract<Expression, { is: "for" }> {
  const head = parseForHead(cursor);
  skipBlanks(cursor);
  expect(cursor, ":");
  const first = cursor.expression(cursor);
  skipBlanks(cursor);
  if (object) expect(cursor, "=>");
  const value = object ? cursor.expression(cursor) : first;
  skipBlanks(cursor);
  const grouped = object && take(cursor, "...");
  skipBlanks(cursor);
  const test = takeWord(cursor, "if") ? cursor.expression(cursor) : undefined;
  return {
    is: "for",
    file: cursor.file,
    start,
    end: start,
    ...head,
    key: object ? first : undefined,
    value,
    grouped,
    test,
  };
}

/** In braces line breaks separate entries, so they mean something again. */
export function parseObject(cursor: Cursor): Expression {
  const { file, newlines } = cursor;
  const start = cursor.at++;
  cursor.newlines = false;
  skipBlanks(cursor);
  if (takeFor(cursor)) {
    const loop = forLoop(cursor, start, true);
    skipBlanks(cursor);
    expect(cursor, "}");
    cursor.newlines = newlines;
    return { ...loop, end: cursor.at };
  }
  const entries: Entry[] = [];
  while (cursor.text.charCodeAt(cursor.at) !== 125) {
    entries.push(entry(cursor));
    cursor.newlines = true;
    skipBlanks(cursor);
    const separated = take(cursor, ",") || cursor.text.charCodeAt(cursor.at) === 10;
    cursor.newlines = false;
    skipBlanks(cursor);
    if (!separated) break;
  }
  expect(cursor, "}");
  cursor.newlines = newlines;
  return { is: "object", file, start, end: cursor.at, entries };
}

function entry(cursor: Cursor): Entry {
  const { file } = cursor;
  const key = entryKey(cursor);
  skipBlanks(cursor);
  if (cursor.text.charCodeAt(cursor.at) === 123) return blockAsEntry(cursor, key);
  if (!take(cursor, "=")) expect(cursor, ":");
  cursor.newlines = true;
  const value = cursor.expression(cursor);
  return { file, start: key.start, end: value.end, key, value };
}

/** `name { ... }` stands for `name = { ... }`: wrong, but clear. */
function blockAsEntry(cursor: Cursor, key: Expression): Entry {
  cursor.problems.push({ message: "a block cannot stand in an object; it is read as `name = {`", at: key.start });
  const value = parseObject(cursor);
  return { file: cursor.file, start: key.start, end: value.end, key, value };
}

/** A word alone is a text; everything else is an expression. */
function entryKey(cursor: Cursor): Expression {
  const { file, text } = cursor;
  const start = cursor.at;
  const end = endOfWord(text, start);
  if (end > start) {
    cursor.at = end;
    skipBlanks(cursor);
    const code = text.charCodeAt(cursor.at);
    const next = text.charCodeAt(cursor.at + 1);
    if ((code === 61 && next !== 61) || (code === 58 && next !== 58) || code === 123) {
      cursor.at = end;
      return { is: "literal", file, start, end, value: text.slice(start, end) };
    }
    cursor.at = start;
  }
  return cursor.expression(cursor);
}
