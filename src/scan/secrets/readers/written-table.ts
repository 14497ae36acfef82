/** Passwords and keys in tables: of documents (`| User | Password |`), and of the examples of a test in Gherkin. */
import { mayBe } from "../path-facts.ts";
import {
  type Candidate,
  type Hit,
  lineEnd,
  lineStart,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../view.ts";
import { type NameKind, nameKind, nameWords } from "./name-words.ts";
import { type Cell, cellCandidates } from "./table-cells.ts";
import { readWrittenColumns } from "./written-columns.ts";

/** Rows that are read below a heading, and bytes of a line. */
const mostRows = 12;
const longestLine = 240;
const lineFeed = 10;
const bar = 0x7c;

/** What a cell may promise; a bare key or an authentication is a column of something else. */
const kinds: ReadonlySet<NameKind | undefined> = new Set(["password", "secret", "token", "key"]);

/** The hit is the bar before a cell that names a password, or the end of such a cell with the bar behind it. */
export function readWrittenTable(view: View, hit: Hit): Proposal {
  if (!holdsBar(view.bytes, hit)) return readWrittenColumns(view, hit);
  const isBefore = view.bytes[hit.start] === bar;
  if (!isBefore && !mayBe(view.facts, "text", "plain")) return refusedAtSight;
  const from = lineStart(view, hit.start, longestLine);
  const closed = rowAt(view, from);
  // Without bars at both ends it is a table only with a rule below.
  const row = closed ?? (mayBe(view.facts, "text") ? openRowAt(view, from) : undefined);
  if (row === undefined) return refusedAtSight;
  const place = row.cells.findIndex(({ end }) => end > hit.start);
  const name = row.cells[place]?.text ?? "";
  if (!kinds.has(nameKind(nameWords(name)))) return noProposal;
  const next = closed === undefined ? openRowAt(view, row.next) : rowAt(view, row.next);
  const isRuled = next !== undefined && isRule(next.cells);
  if (closed === undefined && !isRuled) return noProposal;
  const isHeading =
    isRuled || (next !== undefined && rowAt(view, lineStart(view, from - 1, longestLine)) === undefined);
  if (!isHeading) {
    const value = place === 0 ? row.cells[1] : undefined;
    return { ...noProposal, candidates: cellCandidates(view, name, value, []) };
  }
  const candidates: Candidate[] = [];
  let at = row.next;
  for (let index = 0; index < mostRows; index++) {
    const values = closed === undefined ? openRowAt(view, at) : rowAt(view, at);
    if (values === undefined) break;
    if (values.cells.length === row.cells.length)
      candidates.push(...cellCandidates(view, name, values.cells[place], values.cells));
    at = values.next;
  }
  return { candidates, skipTo: row.next };
}

function holdsBar(bytes: Buffer, { start, end }: Hit): boolean {
  return bytes[start] === bar || bytes[end - 1] === bar;
}

function isRule(cells: readonly Cell[]): boolean {
  return cells.every(({ text }) => /^:?-+:?$/.test(text));
}

interface Row {
  readonly cells: readonly Cell[];
  /** Where the next line begins. */
  readonly next: number;
}

/** The cells of a line between bars; undefined if it is none, or not read to its end. */
function rowAt(view: View, from: number): Row | undefined {
  const line = lineAt(view, from);
  return line !== undefined && /^[ \t]*\|[^|]*\|/.test(line)
    ? rowOf(view, from, line, line.indexOf("|") + 1)
    : undefined;
}

/** The same of a line in which bars stand between cells only: `User | Password`. */
function openRowAt(view: View, from: number): Row | undefined {
  const line = lineAt(view, from);
  return line !== undefined && /^[^|]*[^|\s][^|]*\|/.test(line) ? rowOf(view, from, line, 0) : undefined;
}

function lineAt(view: View, from: number): string | undefined {
  if (from < 0 || (from > 0 && view.bytes[from - 1] !== lineFeed)) return undefined;
  const end = lineEnd(view, from, longestLine);
  return end - from === longestLine ? undefined : view.bytes.toString("latin1", from, end);
}

function rowOf({ bytes }: View, from: number, line: string, first: number): Row {
  const end = from + line.length;
  const cells: Cell[] = [];
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
  return { cells, next: bytes[end] === 0x0d ? end + 2 : end + 1 };
}
