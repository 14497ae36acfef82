/**
 * Reads a whole HCL file. It never throws: what cannot be read is a problem, and reading goes on behind it, so that one
 * odd line does not hide the rest of the file.
 */
import type { TextFile } from "../text-file.ts";
import type { Cursor, SyntaxProblem } from "./cursor.ts";
import {
  deeper,
  endOfLine,
  expect,
  fail,
  found,
  HclSyntaxError,
  skipBlanks,
  skipLines,
  startsWord,
  word,
} from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import { parsePlainQuoted, parseTemplateText } from "./parse-template.ts";
import type { Attribute, BlockSyntax, Body, Expression, Item, Label } from "./syntax.ts";

export interface ParsedHcl {
  readonly file: TextFile;
  readonly body: Body;
  readonly problems: readonly SyntaxProblem[];
}

/** A file with more problems than this is something else than HCL; the rest of it is left unread. */
const maxProblems = 50;

interface BodyCursor extends Cursor {
  /** Set when a block at the left margin shows that all open blocks lost their closing braces. */
  unwinding: boolean;
}

export function parseHcl(file: TextFile): ParsedHcl {
  const cursor = cursorAt(file, file.text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const items: Item[] = [];
  while (cursor.at < file.text.length && cursor.problems.length < maxProblems) {
    cursor.unwinding = false;
    cursor.depth = 0;
    items.push(...bodyItems(cursor, false));
  }
  return { file, body: { file, start: 0, end: file.text.length, items }, problems: cursor.problems };
}

/** Reads one block that stands between two offsets; undefined if anything in it cannot be read. */
export function parseHclBlock(file: TextFile, start: number, end: number): BlockSyntax | undefined {
  const cursor = cursorAt(file, start);
  const read = attempt(() => item(cursor));
  return cursor.problems.length === 0 && "is" in read && read.is === "block" && read.end === end ? read : undefined;
}

/**
 * Reads a block again whose text is another from an offset on. What was read before the last item that begins before it is
 * kept: to try an edit, the new text alone is read. Only for a block in which everything could be read.
 */
export function reparseHclBlock(
  before: BlockSyntax,
  file: TextFile,
  changedAt: number,
  end: number,
): BlockSyntax | undefined {
  const { items } = before.body;
  const last = items.findLastIndex(({ start }) => start < changedAt);
  const next = items[last];
  // An override puts items of other files into a block.
  if (!next || !items.every((each) => each.file === before.file)) return parseHclBlock(file, before.start, end);
  const cursor = cursorAt(file, next.start);
  cursor.depth = 1;
  const rest = attempt(() => {
    const read = bodyItems(cursor, true);
    expect(cursor, "}");
    return read;
  });
  if ("message" in rest || cursor.problems.length > 0 || cursor.at !== end) return undefined;
  const body = { file, start: before.body.start, end, items: [...items.slice(0, last), ...rest] };
  return { ...before, file, end, body };
}

/** Reads one expression that fills the text between two offsets. */
export function parseHclExpression(file: TextFile, start = 0, end = file.text.length): Expression | SyntaxProblem {
  const cursor = cursorAt(file, start);
  return attempt(() => {
    cursor.newlines = false;
    const expression = parseExpression(cursor);
    skipBlanks(cursor);
    if (cursor.at !== end) fail(cursor, `expected the end of the expression, found ${found(cursor)}`);
    return expression;
  });
}

/** Reads the text between two offsets as a template, like the inside of a quoted text but without escapes. */
export function parseHclTemplate(file: TextFile, start = 0, end = file.text.length): Expression | SyntaxProblem {
  return attempt(() => parseTemplateText(cursorAt(file, start), end));
}

function attempt<T>(read: () => T): T | SyntaxProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof HclSyntaxError) return { message: error.message, at: error.at };
    throw error;
  }
}

function cursorAt(file: TextFile, at: number): BodyCursor {
  return {
    file,
    text: file.text,
    at,
    newlines: true,
    depth: 0,
    expression: parseExpression,
    problems: [],
    unwinding: false,
  };
}

/** Items up to the end of the file or, in a block, to its closing brace. */
function bodyItems(cursor: BodyCursor, inBlock: boolean): Item[] {
  const items: Item[] = [];
  const { depth } = cursor;
  for (;;) {
    let start = cursor.at;
    try {
      skipLines(cursor);
      start = cursor.at;
      if (start >= cursor.text.length) return items;
      if (cursor.text.charCodeAt(start) === 125) {
        if (inBlock) return items;
        fail(cursor, "this `}` closes nothing");
      }
      items.push(item(cursor));
      if (cursor.unwinding) return items;
      endOfItem(cursor);
    } catch (error) {
      if (!(error instanceof HclSyntaxError)) throw error;
      cursor.problems.push({ message: error.message, at: error.at });
      cursor.depth = depth;
      cursor.newlines = true;
      recover(cursor, start, error.at);
      if (cursor.unwinding) return items;
    }
    if (cursor.problems.length >= maxProblems) {
      cursor.unwinding = true;
      return items;
    }
  }
}

function endOfItem(cursor: Cursor): void {
  skipBlanks(cursor);
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === 10 || code === 125 || cursor.at >= cursor.text.length) return;
  fail(cursor, `expected a new line, found ${found(cursor)}`);
}

function item(cursor: BodyCursor): Attribute | BlockSyntax {
  const { file, text } = cursor;
  const start = cursor.at;
  if (!startsWord(text, start) && text.charCodeAt(start) !== 34) {
    fail(cursor, `expected an attribute or a block, found ${found(cursor)}`);
  }
  const name = text.charCodeAt(start) === 34 ? parsePlainQuoted(cursor) : word(cursor, "a name");
  const key = { file, start, end: cursor.at };
  skipBlanks(cursor);
  if (text.charCodeAt(cursor.at) === 61 && text.charCodeAt(cursor.at + 1) !== 61) {
    cursor.at++;
    const value = parseExpression(cursor);
    return { is: "attribute", file, start, end: value.end, name, key, value };
  }
  return block(cursor, start, name);
}

function block(cursor: BodyCursor, start: number, type: string): BlockSyntax {
  const { file, text } = cursor;
  const labels: Label[] = [];
  while (text.charCodeAt(cursor.at) !== 123) {
    const at = cursor.at;
    if (text.charCodeAt(at) === 34) labels.push({ file, start: at, text: parsePlainQuoted(cursor), end: cursor.at });
    else if (startsWord(text, at)) labels.push({ file, start: at, text: word(cursor, "a label"), end: cursor.at });
    else fail(cursor, `expected \`=\` or \`{\` after the first word, found ${found(cursor)}`);
    skipBlanks(cursor);
  }
  const bodyStart = cursor.at++;
  deeper(cursor);
  const items = bodyItems(cursor, true);
  cursor.depth--;
  if (!cursor.unwinding) {
    if (cursor.at >= text.length) {
      cursor.problems.push({ message: `the block \`${type}\` has no closing \`}\``, at: start });
      return restart(cursor, start, type, labels, bodyStart, items);
    }
    expect(cursor, "}");
  }
  return finished(cursor, start, type, labels, bodyStart, items);
}

function finished(
  cursor: Cursor,
  start: number,
  type: string,
  labels: readonly Label[],
  bodyStart: number,
  items: readonly Item[],
): BlockSyntax {
  const { file, at: end } = cursor;
  return { is: "block", file, start, end, type, labels, body: { file, start: bodyStart, end, items } };
}

/** A block that swallowed the rest of the file ends before the first block at the left margin, where reading goes on. */
function restart(
  cursor: BodyCursor,
  start: number,
  type: string,
  labels: readonly Label[],
  bodyStart: number,
  items: readonly Item[],
): BlockSyntax {
  const next = items.findIndex(({ is, file, start: at }) => is === "block" && startsTopBlock(file.text, at));
  if (next < 0) return finished(cursor, start, type, labels, bodyStart, items);
  cursor.at = items[next]?.start ?? cursor.at;
  cursor.unwinding = true;
  return finished(cursor, start, type, labels, bodyStart, items.slice(0, next));
}

const topBlock = /[A-Za-z_][\w-]*(?:[ \t]+"[^"\n]*"){0,3}[ \t]*\{/y;

/** At the left margin and looking like the head of a block. */
function startsTopBlock(text: string, at: number): boolean {
  if (at > 0 && text.charCodeAt(at - 1) !== 10) return false;
  topBlock.lastIndex = at;
  return topBlock.test(text);
}

/**
 * Goes behind an item that could not be read: to the end of a line on which all its brackets are closed, but never past a
 * block at the left margin.
 */
function recover(cursor: BodyCursor, start: number, errorAt: number): void {
  const { text } = cursor;
  let open = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfQuoted(text, at);
    else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) at = endOfLine(text, at) - 1;
    else if (code === 123 || code === 91 || code === 40) open++;
    else if (code === 125 || code === 93 || code === 41) {
      if (--open < 0) {
        cursor.at = at > start ? at : at + 1;
        return;
      }
    } else if (code === 10) {
      if (startsTopBlock(text, at + 1) && (open > 0 || cursor.depth > 0) && at + 1 > errorAt) {
        cursor.at = at + 1;
        cursor.unwinding = cursor.depth > 0;
        return;
      }
      if (open === 0 && at >= errorAt) {
        cursor.at = at;
        return;
      }
    }
  }
  cursor.at = Math.max(start + 1, endOfLine(text, errorAt));
}

/** The closing quote, or the last character of the line if there is none. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++;
    else if (code === 10 || at >= text.length) return at - 1;
  }
}
