/** Passwords and keys in files of columns: exports of password managers, lists of accounts (`user,password` and lines below). */

import type { NameKind } from "../../assignments/name-words.ts";
import { mayBe } from "../../paths/path-facts.ts";
import { rememberedPlace } from "../../text/remembered.ts";
import {
  beginsLine,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { cellsOfColumns } from "./cell-values.ts";
import { type Cell, type Column, columnsOf, judgeRows, longestLine, longestTable, mostRows } from "./table-cells.ts";

/** Neighbours in a heading: without the second of them a file is of something else. */
export const columnHeads: readonly string[] = [
  ...["user", "name", "login", "mail", "title"].flatMap((name) =>
    [",", ";", "\t", ", ", "; ", '","', '";"', '"\t"', '", "', "','", "';'"].map((sign) => `${name}${sign}password`),
  ),
  // Of Bitwarden.
  "username,login_password",
];
const aHead = new RegExp(columnHeads.join("|"), "i");

/** The last of several columns, in a file's first line: whatever stands before it. A line end comes next. */
export const lastHeads: readonly string[] = [",", ";", "\t"].flatMap((sign) => [
  `${sign}password`,
  `${sign}"password"`,
]);
/** Two columns may as well be a user and a password. */
const fewestBeforeLast = 3;

/** Columns of keys, in a file's first line: `name,api_key`. What ends the cell comes next. */
export const keyHeads: readonly string[] = [",", ";", "\t", ',"', ';"'].flatMap((sign) =>
  [
    ...["api_key", "apikey", "api key", "secret_key", "secret key", "token", "access_token", "auth_token", "api_token"],
    ...["secret", "client_secret", "api_secret", "pwd", "passwd"],
  ].map((name) => `${sign}${name}`),
);
export const endsHead = ',;\t"\r\n';
/** Texts of all kinds are cut into tokens: such a name counts beside whose it is. */
const plainKey = /^(?:tokens?|secrets?)$/;
const whose = /user|login|mail|account|client|host/i;
/** What may stand before the first line: a byte-order mark (which is line ends here), and the sign as spreadsheets are told it. */
const preamble = /^\n{0,3}(?:sep=[,;\t]\r?\n)?$/;
export const longestPreamble = 10;

function isFirstLine({ bytes }: View, from: number): boolean {
  return from <= longestPreamble && preamble.test(bytes.toString("latin1", 0, from));
}

interface Heading {
  /** Where its line begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly Column[];
  /** How many cells a row has, and how many of them without those that are empty at the heading's end. */
  readonly width: number;
  readonly named: number;
  readonly sign: string;
}

/** The hit ends in the heading's cell that names a password. */
export function readWrittenColumns(view: View, hit: Hit): Proposal {
  if (!mayBe(view.facts, "columns")) return refusedAtSight;
  const heading = columnsAt(view, hit);
  return heading === undefined ? noProposal : proposalOf(view, placeOf(heading), () => below(view, heading));
}

const proposalOf = rememberedPlace<Proposal>();

function below(view: View, heading: Heading): Proposal {
  const rows = [...rowsBelow(view, heading)];
  const cells = rows.map((row) => row.cells).filter((row) => isAsWide(row, heading));
  return {
    ...judgeRows(view, heading.columns, cells, { ...cellsOfColumns, isOther: isDumped }),
    skipTo: rows.at(-1)?.end ?? heading.to,
  };
}

/** Some write a separator behind the last cell, in the heading or in the rows. */
function isAsWide(cells: readonly Cell[], { width, named }: Heading): boolean {
  return cells.length === width || (cells.length >= named && cells.slice(named).every(({ text }) => text === ""));
}

/** Dumps of a database have hashes there. */
function isDumped(text: string, kind: NameKind): boolean {
  return kind === "password" && /^[0-9a-f]{28,}$/i.test(text);
}

/** The heading in the line of the hit; undefined if that is none. Nothing but the line is looked at. */
export function columnsAt(view: View, hit: Hit): Heading | undefined {
  const from = lineStart(view, hit.start, longestLine);
  const head = view.bytes.toString("latin1", hit.start, hit.end);
  const sign = signOf(head);
  const isLast = head.startsWith(sign);
  if (isLast && !isFirstLine(view, from)) return undefined;
  const heading = headingOf(view, placeOf({ from, sign }), () => headingAt(view, from, sign));
  const isPassword = head.toLowerCase().includes("password");
  return isLast && isPassword && heading !== undefined && heading.named < fewestBeforeLast ? undefined : heading;
}

function signOf(head: string): string {
  return /[,;\t]/.exec(head)?.[0] ?? ",";
}

const headingOf = rememberedPlace<Heading | undefined>();

/** What tells headings of one file apart: a line is read by the sign of the hit. */
function placeOf({ from, sign }: Pick<Heading, "from" | "sign">): string {
  return `${from}${sign}`;
}

function headingAt(view: View, from: number, sign: string): Heading | undefined {
  const to = lineEnd(view, from, longestLine);
  if (to - from === longestLine || !beginsLine(view, from)) return undefined;
  const { cells } = rowIn(view, from, latinText(view.bytes, from, to), 0, sign);
  const named = cells.findLastIndex(({ text }) => text !== "") + 1;
  return isHeading(cells) ? { from, to, columns: columnsOf(cells), width: cells.length, named, sign } : undefined;
}

/** `Straße`, `password (plain)`, `#user`, `password*`, and columns without a name: no code, and none of the signs of passwords. */
const aName = /^(?:(?<quote>')|#?)[\p{L}\p{M}\d _.:/?&-]{0,40}(?:\([\p{L}\d -]{1,20}\))?\*?\k<quote>$/u;

function isHeading(cells: readonly Cell[]): boolean {
  return cells.every(({ text }) => aName.test(text)) && columnsOf(cells).some((column) => promises(column, cells));
}

function promises({ kind, name }: Column, cells: readonly Cell[]): boolean {
  return kind === "password" || !plainKey.test(name.toLowerCase()) || cells.some(({ text }) => whose.test(text));
}

/** The rows as far as the next heading, which has a hit of its own and may have another sign. */
function* rowsBelow(view: View, { from, sign }: Heading): Iterable<{ cells: readonly Cell[]; end: number }> {
  const to = from + longestTable;
  const text = latinText(view.bytes, from, to);
  const isWhole = to >= view.bytes.length;
  let at = rowIn(view, from, text, 0, sign).next;
  for (let index = 0; index < mostRows && at < text.length; index++) {
    const { cells, next } = rowIn(view, from, text, at, sign);
    // What the end of the text cuts off is not judged.
    if (next >= text.length && !isWhole && text.at(-1) !== "\n") return;
    const head = aHead.exec(text.slice(at, next))?.[0];
    if (head !== undefined && isHeading(rowIn(view, from, text, at, signOf(head)).cells)) return;
    yield { cells, end: from + next };
    at = next;
  }
}

interface Row {
  readonly cells: readonly Cell[];
  /** Where the next one begins, in the text. */
  readonly next: number;
}

/** `text` begins at `from` of the file. */
function rowIn(view: View, from: number, text: string, start: number, sign: string): Row {
  const cells: Cell[] = [];
  let at = start;
  for (;;) {
    const { first, last, ends, isQuoted } = cellAt(text, at, sign);
    const written = view.bytes.toString("utf8", from + first, from + last);
    cells.push({ start: from + first, end: from + last, text: isQuoted ? written.replaceAll('""', '"') : written });
    at = ends + 1;
    if (text[ends] !== sign) break;
  }
  const next = /\r?\n|\r|$/g;
  next.lastIndex = at - 1;
  next.exec(text);
  return { cells, next: next.lastIndex };
}

/** Where a cell stands without its quotes and the blanks around it, and where its sign or the line's end does. */
interface CellPlace {
  readonly first: number;
  readonly last: number;
  readonly ends: number;
  readonly isQuoted: boolean;
}

const mostBlanks = 9;
const bareEnds = new Map([",", ";", "\t"].map((sign) => [sign, new RegExp(`[${sign}\\r\\n]|$`, "g")]));

function cellAt(text: string, from: number, sign: string): CellPlace {
  const first = skipBlanks(text, from);
  if (text[first] === '"') {
    const last = closingQuote(text, first + 1);
    const ends = skipBlanks(text, last + 1);
    if (last >= 0 && (ends === text.length || [sign, "\r", "\n"].includes(text[ends]!)))
      return { first: first + 1, last, ends, isQuoted: true };
  }
  const end = bareEnds.get(sign)!;
  end.lastIndex = first;
  const ends = end.exec(text)!.index;
  let last = ends;
  while (last > first && text[last - 1] === " ") last--;
  // A quote that none closes is no part of what it opens.
  return { first: text[first] === '"' && last > first + 1 ? first + 1 : first, last, ends, isQuoted: false };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < from + mostBlanks && text[at] === " ") at++;
  return at;
}

/** Within quotes a quote is doubled, and lines may end; -1 if none closes. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
