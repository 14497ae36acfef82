/**
 * Reads TOML 1.0 into nodes with places; dates stay texts. A broken statement is a problem and is left out, the rest of the
 * file is read. A table's place reaches from its header to the last line of it and of the tables below it.
 */
import type { FormatProblem } from "../format-problem.ts";
import type { Block } from "../node.ts";
import type { TextFile } from "../text-file.ts";
import {
  closeBracket,
  cursorOf,
  endOfLine,
  endsLine,
  fail,
  openBracket,
  skipBlanks,
  skipToContent,
  type TomlCursor,
} from "./toml-cursor.ts";
import { type Key, readKey } from "./toml-key.ts";
import { assign, type GrowingPlace, innerTable, listedTable, newTable, type Table } from "./toml-table.ts";
import { readPair } from "./toml-value.ts";

export interface ReadToml {
  /** The whole file. */
  readonly node: Block;
  readonly problems: readonly FormatProblem[];
}

const mostProblems = 20;

export function readToml(file: TextFile): ReadToml {
  const cursor = cursorOf(file);
  const root = newTable({ file, start: 0, end: file.text.length });
  const problems: FormatProblem[] = [];
  let section: Section = { table: root, around: [] };
  let hasFailed = false;
  for (skipToContent(cursor); cursor.at < cursor.text.length; skipToContent(cursor)) {
    const start = cursor.at;
    if (cursor.text.charCodeAt(start) === openBracket) {
      section = readHeader(cursor, root) ?? nowhere(file, start);
    } else readMember(cursor, section);
    if (!cursor.failure) {
      hasFailed = false;
      continue;
    }
    // What follows a broken line is often the rest of it: one problem says enough.
    if (!hasFailed && problems.length < mostProblems) problems.push(cursor.failure);
    hasFailed = true;
    recover(cursor, start);
  }
  return { node: root.node, problems };
}

/** Where members go, and the places that grow with them. */
interface Section {
  readonly table: Table;
  readonly around: readonly GrowingPlace[];
}

/** Takes what stands below a header that cannot be read: it belongs to no other table. */
function nowhere(file: TextFile, start: number): Section {
  return { table: newTable({ file, start, end: start }), around: [] };
}

function readMember(cursor: TomlCursor, { table, around }: Section): void {
  const pair = readPair(cursor);
  if (!pair) return;
  const { end } = pair.value.at;
  const clash = assign(table, pair.key, pair.value);
  if (clash) fail(cursor, clash, { at: pair.key[0]?.start ?? end });
  for (const place of around) place.end = end;
  if (!endsLine(cursor)) fail(cursor, "a new line was expected behind a value");
}

function readHeader(cursor: TomlCursor, root: Table): Section | undefined {
  const start = cursor.at;
  const isList = cursor.text.charCodeAt(start + 1) === openBracket;
  cursor.at += isList ? 2 : 1;
  skipBlanks(cursor);
  const key = readKey(cursor);
  if (!key) return undefined;
  skipBlanks(cursor);
  const isClosed =
    cursor.text.charCodeAt(cursor.at) === closeBracket &&
    (!isList || cursor.text.charCodeAt(cursor.at + 1) === closeBracket);
  if (!isClosed) return fail(cursor, `${isList ? "]]" : "]"} was expected behind the name of a table`);
  cursor.at += isList ? 2 : 1;
  const end = cursor.at;
  const section = openSection(cursor, { root, key, start, isList });
  if (!section) return undefined;
  for (const place of section.around) place.end = end;
  if (!endsLine(cursor)) fail(cursor, "a new line was expected behind the name of a table");
  return section;
}

interface Header {
  readonly root: Table;
  readonly key: readonly Key[];
  readonly start: number;
  readonly isList: boolean;
}

function openSection(cursor: TomlCursor, { root, key, start, isList }: Header): Section | undefined {
  const around: GrowingPlace[] = [];
  let table = root;
  for (const [index, part] of key.entries()) {
    const isLast = index === key.length - 1;
    const inner = isLast && isList ? listedTable(table, part, start) : innerTable(table, part, start);
    if (!inner) return fail(cursor, `${part.name} has a value already and is no table`, { at: part.start });
    const list = table.inner?.get(part.name);
    if (list && "tables" in list) around.push(list.at);
    around.push(inner.at);
    table = inner;
  }
  if (!isList && table.isNamed)
    fail(cursor, `the table ${key.map(({ name }) => name).join(".")} is there twice`, { at: start });
  table.isNamed = true;
  return { table, around };
}

/** Goes on at the line that could not be read, if a statement may begin there, or at the one behind it. */
function recover(cursor: TomlCursor, start: number): void {
  const failedAt = cursor.failure?.place.start ?? start;
  const reached = Math.max(failedAt, cursor.at);
  cursor.failure = undefined;
  const lineStart = cursor.text.lastIndexOf("\n", reached - 1) + 1;
  cursor.at = lineStart > start ? lineStart : endOfLine(cursor.text, Math.max(reached, start)) + 1;
}
