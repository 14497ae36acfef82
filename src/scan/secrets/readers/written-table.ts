/** Passwords in tables: of documents (`| User | Password |`), and of the examples of a test in Gherkin. */
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
import { judgeLiteral } from "./generic.ts";
import { nameKind, nameWords } from "./name-words.ts";

/** Rows that are read below a heading, and bytes of a line. */
const mostRows = 12;
const longestLine = 240;
const lineFeed = 10;

interface Cell {
  /** Without white space, backticks and bold around it. */
  readonly text: string;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

/** The hit is the bar before a cell that names a password. */
export function readWrittenTable(view: View, hit: Hit): Proposal {
  const from = lineStart(view, hit.start, longestLine);
  const row = rowAt(view, from);
  if (row === undefined) return refusedAtSight;
  const place = row.cells.findIndex(({ start }) => start > hit.start);
  const name = row.cells[place]?.text ?? "";
  if (nameKind(nameWords(name)) !== "password") return noProposal;
  const next = rowAt(view, row.next);
  const isHeading =
    next !== undefined && (isRule(next.cells) || rowAt(view, lineStart(view, from - 1, longestLine)) === undefined);
  if (!isHeading) {
    const value = place === 0 ? row.cells[1] : undefined;
    return { ...noProposal, candidates: candidatesOf(view, name, value, []) };
  }
  const candidates: Candidate[] = [];
  let at = row.next;
  for (let index = 0; index < mostRows; index++) {
    const values = rowAt(view, at);
    if (values === undefined) break;
    if (values.cells.length === row.cells.length)
      candidates.push(...candidatesOf(view, name, values.cells[place], values.cells));
    at = values.next;
  }
  return { candidates, skipTo: row.next };
}

function candidatesOf(view: View, name: string, cell: Cell | undefined, others: readonly Cell[]): readonly Candidate[] {
  if (cell === undefined || cell.text.length < 4 || /\s|^[<{[(]/.test(cell.text)) return [];
  // A user's name is what such an account begins with.
  if (others.some(({ text, start }) => start !== cell.start && text.toLowerCase() === cell.text.toLowerCase()))
    return [];
  const { text: value, start, end } = cell;
  const assignment = { name, start, end, quoted: true, place: "plain", syntax: "assignment" } as const;
  const literal = { assignment, words: nameWords(name), kind: "password", value } as const;
  const { score, signals } = judgeLiteral(literal, view);
  return score === 0 ? [] : [{ start, end, score, signals }];
}

function isRule(cells: readonly Cell[]): boolean {
  return cells.every(({ text }) => /^:?-+:?$/.test(text));
}

/** The cells of a line between bars, and where the next line begins; undefined if it is none, or not read to its end. */
function rowAt(view: View, from: number): { readonly cells: readonly Cell[]; readonly next: number } | undefined {
  const { bytes } = view;
  if (from < 0 || (from > 0 && bytes[from - 1] !== lineFeed)) return undefined;
  const end = lineEnd(view, from, longestLine);
  if (end - from === longestLine) return undefined;
  const line = bytes.toString("latin1", from, end);
  if (!/^[ \t]*\|[^|]*\|/.test(line)) return undefined;
  const cells: Cell[] = [];
  let at = line.indexOf("|") + 1;
  // What stands behind the last bar is white space, or a cell that none closes.
  while (line.slice(at).trim() !== "") {
    const bar = line.indexOf("|", at);
    const raw = line.slice(at, bar < 0 ? undefined : bar);
    const inner = raw.replace(/^(?:[\s`*]|<code>)+|(?:[\s`*]|<\/code>)+$/g, "");
    const start = from + at + Math.max(0, raw.indexOf(inner));
    cells.push({ text: bytes.toString("utf8", start, start + inner.length), start, end: start + inner.length });
    if (bar < 0) break;
    at = bar + 1;
  }
  return { cells, next: bytes[end] === 0x0d ? end + 2 : end + 1 };
}
