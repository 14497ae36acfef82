/** Passwords and keys in tables: of documents (`| User | Password |`), and of the examples of a test in Gherkin. */
import { mayBe } from "../../paths/path-facts.ts";
import { rememberedPlace } from "../../text/remembered.ts";
import {
  beginsLine,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  nextLine,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { cellsOfDocuments, unwrapped } from "./cell-values.ts";
import { type Cell, type Column, columnsOf, judgeRows, longestLine, longestTable, mostRows } from "./table-cells.ts";
import { columnsAt, longestPreamble, readWrittenColumns } from "./written-columns.ts";

const bar = 0x7c;
/** The first byte of a bar that is drawn. */
const drawnBar = 0xe2;
const longestIndent = 80;

/** The hit is the bar before a cell that names a password, or the end of such a cell with the bar behind it. */
export function readWrittenTable(view: View, hit: Hit): Proposal {
  if (!holdsBar(view.bytes, hit)) return readWrittenColumns(view, hit);
  if (isNoCell(view, hit)) return refusedAtSight;
  const from = lineStart(view, hit.start, longestLine);
  const head = headAt(view, from);
  return head === undefined ? noProposal : proposalOf(view, from, () => proposed(view, head));
}

const proposalOf = rememberedPlace<Proposal>();

function proposed(view: View, { row, columns, beside, below }: Head): Proposal {
  // Cells that a short row leaves out are empty.
  const rows = below.map(({ cells }) => cells).filter(({ length }) => length > 0 && length <= row.cells.length);
  const { candidates, cost } = judgeRows(view, columns, rows, cellsOfDocuments);
  // Beside a name stands its value.
  const next = beside && row.cells.slice(beside.place + 1, beside.place + 2);
  const pair = next && judgeRows(view, [{ ...beside, place: 0 }], [next], cellsOfDocuments);
  return { candidates: [...(pair?.candidates ?? []), ...candidates], cost, skipTo: row.next };
}

/** All that decides what is said of a hit but for what stands beside the values: [from, to). */
export interface TableSight {
  readonly from: number;
  readonly to: number;
  /** Nothing is proposed. */
  readonly isRefused: boolean;
}

/** For histories; undefined if that is a file of columns. */
export function sightOfTable(view: View, hit: Hit): TableSight | undefined {
  const start = lineStart(view, hit.start, longestLine);
  const end = lineEnd(view, hit.start, longestLine);
  if (!holdsBar(view.bytes, hit))
    return columnsAt(view, hit) === undefined
      ? { from: notAtBeginning(start), to: end + 1, isRefused: true }
      : undefined;
  if (isNoCell(view, hit)) return { from: hit.start, to: hit.end + 1, isRefused: true };
  const head = headAt(view, start);
  const below = head?.below.at(-1)?.next ?? nextLine(view, end, end + longestLine);
  const to = skipComments(view, below, farthest(start));
  const from = before(lineAbove(view, lineAbove(view, start)));
  return { from, to: lineEnd(view, to, longestLine) + 2, isRefused: head === undefined };
}

function lineAbove(view: View, from: number): number {
  return lineStart(view, from - 1, longestLine);
}

/** What tells that a line begins: the byte before it, or that a file does. */
function before(line: number): number {
  return line <= 0 ? -1 : line - 1;
}

/** What tells that a line does not stand where a file of columns has its heading: a file begins, or so many bytes before it. */
function notAtBeginning(line: number): number {
  return line <= longestPreamble ? -1 : line - longestPreamble - 1;
}

function holdsBar(bytes: Buffer, { start, end }: Hit): boolean {
  return bytes[start] === bar || bytes[start] === drawnBar || bytes[end - 1] === bar;
}

/** `token || other`, and files in which a bar behind a word is an operator. */
function isNoCell({ bytes, facts }: View, { start, end }: Hit): boolean {
  return bytes[start] !== bar && bytes[start] !== drawnBar && (bytes[end] === bar || !mayBe(facts, "text", "plain"));
}

type ReadRow = (view: View, from: number, to: number) => Row | undefined;

interface Head {
  readonly row: Row;
  readonly columns: readonly Column[];
  /** The cell that names a secret, if its value may stand in the next one. */
  readonly beside: Column | undefined;
  /** The lines below, if it is no row in which the first cell names the second. */
  readonly below: readonly Row[];
}

const heads = rememberedPlace<Head | undefined>();

/** Looks at the line that begins there, the one before and those behind it. */
function headAt(view: View, from: number): Head | undefined {
  return heads(view, from, () => readHead(view, from));
}

/** Where reading ends at the latest of what begins there. */
function farthest(from: number): number {
  return from + longestLine + longestTable;
}

function readHead(view: View, from: number): Head | undefined {
  const to = farthest(from);
  const closed = rowAt(view, from, to);
  // Without bars at both ends it is a table only with a rule below.
  const read = closed === undefined ? openRowAt : rowAt;
  const row = closed ?? (mayBe(view.facts, "text") ? openRowAt(view, from, to) : undefined);
  if (row === undefined) return undefined;
  const columns = columnsOf(row.cells);
  if (columns.length === 0) return undefined;
  const above = lineAbove(view, from);
  const first = columns.find(({ place }) => place === 0);
  if (closed !== undefined && delimiter.test(lineAt(view, above) ?? ""))
    return { row, columns, beside: first, below: [...rowsOfAsciiDoc(view, row, to)] };
  const next = read(view, skipComments(view, row.next, to), to);
  const isRuled = next?.rule !== undefined && (next.rule !== "grid" || isFirstOfGrid(view, above));
  if (closed === undefined && !isRuled) return undefined;
  const isHeading = isRuled || (next !== undefined && rowAt(view, above, from) === undefined);
  // The first of two lines in a test may be a heading, or one of two settings; in a grid every row has a rule below.
  const mayBePair = !isHeading || ((!isRuled || next.rule === "grid") && row.cells.length === 2);
  const beside = mayBePair
    ? (first ?? columns.find(({ place, name }) => isSetting(view, name, row.cells[place + 1])))
    : undefined;
  if (!isHeading && beside === undefined) return undefined;
  return { row, columns, beside, below: isHeading ? [...rowsBelow(view, row, read, to)] : [] };
}

/** `| compose.yml | DB_PASSWORD | \`v\` |`: the name of a variable, and code behind it. */
function isSetting({ bytes }: View, name: string, value: Cell | undefined): boolean {
  return /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name) && value !== undefined && bytes[value.start - 1] === 0x60;
}

/** Clients of databases and reStructuredText rule every row off: of those without `===` the first is the heading. */
function isFirstOfGrid(view: View, above: number): boolean {
  return (
    rowAt(view, above, above + longestLine)?.rule === "grid" && rowAt(view, lineAbove(view, above), above) === undefined
  );
}

/** As far as the next heading that has a rule, for it has a hit of its own. */
function* rowsBelow(view: View, row: Row, read: ReadRow, to: number): Iterable<Row> {
  let above = row;
  for (let index = 0; index < mostRows && above.next < to; index++) {
    const next = read(view, skipComments(view, above.next, to), to);
    if (next === undefined || (index > 0 && next.rule !== undefined && columnsOf(above.cells).length > 0)) return;
    yield next;
    above = next;
  }
}

/** Tests write comments between rows. In documents such a line begins with its sign, and is a title. */
function skipComments(view: View, from: number, to: number): number {
  let at = from;
  while (at < to && /^[ \t]+#/.test(view.bytes.toString("latin1", at, Math.min(to, at + longestIndent))))
    at = nextLine(view, at, to);
  return at;
}

/** `|===` around a table of AsciiDoc. */
const delimiter = /^[ \t]*\|={3,}\s*$/;

/** The cells in rows as wide as the heading, for a line may hold one cell of a row or all; the last has none, and is where the table ends. */
function* rowsOfAsciiDoc(view: View, { cells: { length: width }, next }: Row, to: number): Iterable<Row> {
  let cells: Cell[] = [];
  let at = next;
  for (let index = 0; index < mostRows && at < to; index++) {
    const line = lineAt(view, at);
    if (line === undefined || delimiter.test(line)) break;
    if (/^[ \t]*\|/.test(line)) cells.push(...cellsOf(view, at, line, line.indexOf("|") + 1));
    at = nextLine(view, at + line.length, to);
    if (cells.length < width) continue;
    yield { cells, next: at };
    cells = [];
  }
  yield { cells: [], next: at };
}

interface Row {
  /** None of a line too long to be read. */
  readonly cells: readonly Cell[];
  /** Where the next line begins. */
  readonly next: number;
  /** What stands below a heading: dashes in cells, `+===+`, or `+---+`, which stands between rows as well. */
  readonly rule?: "cells" | "double" | "grid";
}

function isRule(cells: readonly Cell[]): boolean {
  return cells.length > 0 && cells.every(({ text }) => /^:?-+:?$/.test(text));
}

/** A table may stand in a quotation, and begin in an entry of a list. */
const indent = "^[ \\t>]*(?:(?:[-*+]|\\d{1,2}[.)])[ \\t]+)?";
const closedRow = new RegExp(`${indent}\\|[^|]*\\|`);
/** Of a line too long to be read the first bar tells. */
const longRow = new RegExp(`${indent}\\|`);
const gridRule = /^[ \t>]*\++(?:-+\++)+\s*$/;
const doubleRule = /^[ \t>]*\++(?:=+\++)+\s*$/;

/** The cells of a line between bars; undefined if it is none. */
function rowAt(view: View, from: number, to: number): Row | undefined {
  const line = lineAt(view, from);
  if (line === undefined) return undefined;
  const next = nextLine(view, from + line.length, to);
  if (gridRule.test(line)) return { cells: [], next, rule: "grid" };
  if (doubleRule.test(line)) return { cells: [], next, rule: "double" };
  if (!(line.length === longestLine ? longRow : closedRow).test(line)) return undefined;
  return rowOf(cellsOf(view, from, line, line.indexOf("|") + 1), next);
}

function rowOf(cells: readonly Cell[], next: number): Row {
  return isRule(cells) ? { cells, next, rule: "cells" } : { cells, next };
}

/** The same of a line in which bars stand between cells only: `User | Password`. */
function openRowAt(view: View, from: number, to: number): Row | undefined {
  const line = lineAt(view, from);
  const first = line?.indexOf("|") ?? -1;
  if (line === undefined || first < 0 || line.slice(0, first).trim() === "") return undefined;
  return rowOf(cellsOf(view, from, line, 0), nextLine(view, from + line.length, to));
}

function lineAt(view: View, from: number): string | undefined {
  if (from < 0 || !beginsLine(view, from)) return undefined;
  return withoutDrawing(latinText(view.bytes, from, lineEnd(view, from, longestLine)));
}

/** `│ User │ Password │` below `┌──────┬──────────┐`, as terminals draw tables: the same in plain signs, as many as there are bytes. */
function withoutDrawing(line: string): string {
  return line.replace(/\xe2[\x94\x95][\x80-\xbf\xff]/g, (sign) => {
    if (/[\x82\x83]$/.test(sign) || sign === "\xe2\x95\x91") return "|  ";
    if (/\x94[\x80\x81]$/.test(sign)) return "---";
    return sign === "\xe2\x95\x90" ? "===" : "+++";
  });
}

function cellsOf({ bytes }: View, from: number, line: string, first: number): readonly Cell[] {
  const cells: Cell[] = [];
  if (line.length === longestLine) return cells;
  // What stands behind the last bar is white space, or a cell that none closes.
  const to = line.trimEnd().length;
  for (let at = first; at < to; ) {
    const closes = barAfter(line, at);
    const inner = unwrapped(line, { from: at, to: closes }, cellsOfDocuments);
    const [start, end] = [from + inner.from, from + inner.to];
    cells.push({ text: bytes.toString("utf8", start, end).replaceAll("\\|", "|"), start, end });
    at = closes + 1;
  }
  return cells;
}

/** The end of a cell: a bar behind a backslash is part of it. */
function barAfter(line: string, from: number): number {
  for (let at = line.indexOf("|", from); at >= 0; at = line.indexOf("|", at + 1)) if (line[at - 1] !== "\\") return at;
  return line.length;
}
