/** Passwords and keys in tables: of documents (`| User | Password |`), and of the examples of a test in Gherkin. */
import { mayBe } from "../../path-facts.ts";
import {
  beginsLine,
  type Candidate,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  nextLine,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../view.ts";
import {
  type Cell,
  type Column,
  cellCandidates,
  columnsOf,
  longestLine,
  longestTable,
  mostRows,
} from "./table-cells.ts";
import { columnsAt, readWrittenColumns } from "./written-columns.ts";

const bar = 0x7c;

/** The hit is the bar before a cell that names a password, or the end of such a cell with the bar behind it. */
export function readWrittenTable(view: View, hit: Hit): Proposal {
  if (!holdsBar(view.bytes, hit)) return readWrittenColumns(view, hit);
  if (isNoCell(view, hit)) return refusedAtSight;
  const head = headAt(view, hit);
  if (head === undefined) return noProposal;
  const { row, columns, beside, isHeading } = head;
  const candidates: Candidate[] =
    beside === undefined ? [] : [...cellCandidates(view, beside, row.cells[beside.place + 1], [])];
  for (const { cells } of isHeading ? rowsBelow(view, head) : [])
    if (cells.length === row.cells.length)
      for (const column of columns) candidates.push(...cellCandidates(view, column, cells[column.place], cells));
  return { candidates, skipTo: row.next };
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
    return columnsAt(view, hit) === undefined ? { from: before(start), to: end + 1, isRefused: true } : undefined;
  if (isNoCell(view, hit)) return { from: hit.start, to: hit.end + 1, isRefused: true };
  const head = headAt(view, hit);
  let to = nextLine(view, hit.start, hit.start + longestLine);
  if (head?.isHeading === true) for (const { next } of rowsBelow(view, head)) to = next;
  const from = before(lineStart(view, start - 1, longestLine));
  return { from, to: lineEnd(view, to, longestLine) + 2, isRefused: head === undefined };
}

/** What tells that a line begins: the byte before it, or that a file does, perhaps with a byte-order mark. */
function before(line: number): number {
  return line <= 3 ? -1 : line - 1;
}

function holdsBar(bytes: Buffer, { start, end }: Hit): boolean {
  return bytes[start] === bar || bytes[end - 1] === bar;
}

/** `token || other`, and files in which a bar behind a word is an operator. */
function isNoCell({ bytes, facts }: View, { start, end }: Hit): boolean {
  return bytes[start] !== bar && (bytes[end] === bar || !mayBe(facts, "text", "plain"));
}

type ReadRow = (view: View, from: number, to: number) => Row | undefined;

interface Head {
  readonly row: Row;
  readonly read: ReadRow;
  readonly columns: readonly Column[];
  /** The cell of the hit, if its value may stand in the next one. */
  readonly beside: Column | undefined;
  /** If not, it is a row in which the first cell names the second. */
  readonly isHeading: boolean;
  /** Where reading ends at the latest. */
  readonly to: number;
}

/** Looks at the line of the hit, the one before and the one behind it. */
function headAt(view: View, hit: Hit): Head | undefined {
  const from = lineStart(view, hit.start, longestLine);
  const to = hit.end + longestTable;
  const lineTo = hit.start + longestLine;
  const closed = rowAt(view, from, lineTo);
  // Without bars at both ends it is a table only with a rule below.
  const read = closed === undefined ? openRowAt : rowAt;
  const row = closed ?? (mayBe(view.facts, "text") ? openRowAt(view, from, lineTo) : undefined);
  if (row === undefined) return undefined;
  const columns = columnsOf(row.cells);
  if (columns.length === 0) return undefined;
  const next = read(view, row.next, to);
  const isRuled = next !== undefined && isRule(next);
  if (closed === undefined && !isRuled) return undefined;
  const isHeading =
    isRuled || (next !== undefined && rowAt(view, lineStart(view, from - 1, longestLine), from) === undefined);
  // The first of two lines in a test may be a heading, or one of two settings.
  const mayBePair = !isHeading || (!isRuled && row.cells.length === 2);
  const isFirst = (row.cells[0]?.end ?? 0) > hit.start;
  const beside = mayBePair && isFirst ? columns.find(({ place }) => place === 0) : undefined;
  return isHeading || beside !== undefined ? { row, read, columns, beside, isHeading, to } : undefined;
}

/** As far as the next heading that has a rule, for it has a hit of its own. */
function* rowsBelow(view: View, { row, read, to }: Head): Iterable<Row> {
  let above = row;
  for (let index = 0; index < mostRows && above.next < to; index++) {
    const next = read(view, above.next, to);
    if (next === undefined || (index > 0 && isRule(next) && columnsOf(above.cells).length > 0)) return;
    yield next;
    above = next;
  }
}

function isRule({ cells }: Row): boolean {
  return cells.length > 0 && cells.every(({ text }) => /^:?-+:?$/.test(text));
}

interface Row {
  /** None of a line too long to be read. */
  readonly cells: readonly Cell[];
  /** Where the next line begins. */
  readonly next: number;
}

/** The cells of a line between bars; undefined if it is none. */
function rowAt(view: View, from: number, to: number): Row | undefined {
  const line = lineAt(view, from);
  // Of a line too long to be read the first bar tells.
  if (line === undefined || !(line.length === longestLine ? /^[ \t]*\|/ : /^[ \t]*\|[^|]*\|/).test(line))
    return undefined;
  return { cells: cellsOf(view, from, line, line.indexOf("|") + 1), next: nextLine(view, from + line.length, to) };
}

/** The same of a line in which bars stand between cells only: `User | Password`. */
function openRowAt(view: View, from: number, to: number): Row | undefined {
  const line = lineAt(view, from);
  if (line === undefined || !/^[^|]*[^|\s][^|]*\|/.test(line)) return undefined;
  return { cells: cellsOf(view, from, line, 0), next: nextLine(view, from + line.length, to) };
}

function lineAt(view: View, from: number): string | undefined {
  if (from < 0 || !beginsLine(view, from)) return undefined;
  return latinText(view.bytes, from, lineEnd(view, from, longestLine));
}

function cellsOf({ bytes }: View, from: number, line: string, first: number): readonly Cell[] {
  const cells: Cell[] = [];
  if (line.length === longestLine) return cells;
  let at = first;
  // What stands behind the last bar is white space, or a cell that none closes.
  while (line.slice(at).trim() !== "") {
    const closes = line.indexOf("|", at);
    const raw = line.slice(at, closes < 0 ? undefined : closes);
    const inner = raw.replace(/^(?:[\s`*]|<code>)+|(?:[\s`*]|<\/code>)+$/g, "");
    const start = from + at + Math.max(0, raw.indexOf(inner));
    cells.push({ text: bytes.toString("utf8", start, start + inner.length), start, end: start + inner.length });
    if (closes < 0) break;
    at = closes + 1;
  }
  return cells;
}
