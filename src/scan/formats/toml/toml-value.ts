/** The values of TOML: strings, numbers, dates (kept as text), lists and tables in braces. */
import { deepestNesting } from "../format-problem.ts";
import type { Node } from "../node.ts";
import {
  carriageReturn,
  closeBrace,
  closeBracket,
  comma,
  doubleQuote,
  equals,
  fail,
  hash,
  lineFeed,
  openBrace,
  openBracket,
  placeIn,
  singleQuote,
  skipBlanks,
  skipToContent,
  space,
  type TomlCursor,
  tab,
} from "./toml-cursor.ts";
import { type Key, readKey } from "./toml-key.ts";
import { readString } from "./toml-string.ts";
import { assign, newTable } from "./toml-table.ts";

/** Reads the value at the cursor; undefined if it is broken. */
export function readValue(cursor: TomlCursor, depth = 0): Node | undefined {
  const start = cursor.at;
  const code = cursor.text.charCodeAt(start);
  if (code === doubleQuote || code === singleQuote) {
    const value = readString(cursor);
    return value === undefined ? undefined : { is: "scalar", at: placeIn(cursor.file, start, cursor.at), value };
  }
  if (code !== openBracket && code !== openBrace) return readWord(cursor);
  if (depth < deepestNesting) return code === openBracket ? readList(cursor, depth) : readInlineTable(cursor, depth);
  return fail(cursor, `values are nested more than ${deepestNesting} levels deep`, { code: "too-deep" });
}

function readList(cursor: TomlCursor, depth: number): Node | undefined {
  const start = cursor.at++;
  const items: Node[] = [];
  for (;;) {
    skipToContent(cursor);
    if (cursor.text.charCodeAt(cursor.at) === closeBracket) break;
    if (cursor.at >= cursor.text.length) return fail(cursor, "a list has no closing bracket", { at: start });
    const item = readValue(cursor, depth + 1);
    if (!item) return undefined;
    items.push(item);
    skipToContent(cursor);
    const next = cursor.text.charCodeAt(cursor.at);
    if (next === closeBracket) break;
    if (next !== comma) return fail(cursor, "a comma or the closing bracket of a list was expected");
    cursor.at++;
  }
  cursor.at++;
  return { is: "list", at: placeIn(cursor.file, start, cursor.at), items };
}

/** Line ends and a comma behind the last member are allowed, as from TOML 1.1. */
function readInlineTable(cursor: TomlCursor, depth: number): Node | undefined {
  const start = cursor.at++;
  const table = newTable(placeIn(cursor.file, start, start + 1));
  for (;;) {
    skipToContent(cursor);
    if (cursor.text.charCodeAt(cursor.at) === closeBrace) break;
    if (cursor.at >= cursor.text.length) return fail(cursor, "a table has no closing brace", { at: start });
    const pair = readPair(cursor, depth + 1);
    if (!pair) return undefined;
    const clash = assign(table, pair.key, pair.value);
    if (clash) return fail(cursor, clash, { at: pair.key[0]?.start ?? start });
    skipToContent(cursor);
    const next = cursor.text.charCodeAt(cursor.at);
    if (next === closeBrace) break;
    if (next !== comma) return fail(cursor, "a comma or the closing brace of a table was expected");
    cursor.at++;
  }
  cursor.at++;
  table.at.end = cursor.at;
  return table.node;
}

/** `key = value`, without what follows. */
export function readPair(
  cursor: TomlCursor,
  depth = 0,
): { readonly key: readonly Key[]; readonly value: Node } | undefined {
  const key = readKey(cursor);
  if (!key) return undefined;
  skipBlanks(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== equals) return fail(cursor, "an equals sign was expected behind a key");
  cursor.at++;
  skipBlanks(cursor);
  const value = readValue(cursor, depth);
  return value && { key, value };
}

const decimal = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const otherRadix = /^0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const date = /^\d{4}-\d{2}-\d{2}$/;
const dateOrTime =
  /^(?:\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;
const longestWord = 200;

function readWord(cursor: TomlCursor): Node | undefined {
  const start = cursor.at;
  let end = endOfWord(cursor.text, start);
  if (end === start) return fail(cursor, "a value was expected");
  if (end - start > longestWord) return fail(cursor, "this is no value: texts stand in quotes");
  if (end - start === 10 && isDigit(cursor.text.charCodeAt(end + 1)) && date.test(cursor.text.slice(start, end)))
    end = endOfWord(cursor.text, end + 1);
  const value = wordValue(cursor.text.slice(start, end));
  if (value === undefined) return fail(cursor, "this is no value: texts stand in quotes");
  cursor.at = end;
  return { is: "scalar", at: placeIn(cursor.file, start, end), value };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfWord(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === comma || code === closeBracket || code === closeBrace || code === hash || code === equals) return at;
    if (code === space || code === tab || code === lineFeed || code === carriageReturn) return at;
  }
  return text.length;
}

function wordValue(word: string): string | number | boolean | undefined {
  if (word === "true" || word === "false") return word === "true";
  if (decimal.test(word) || otherRadix.test(word)) return Number(word.replaceAll("_", ""));
  if (dateOrTime.test(word)) return word;
  if (/^[+-]?inf$/.test(word)) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?nan$/.test(word) ? Number.NaN : undefined;
}
