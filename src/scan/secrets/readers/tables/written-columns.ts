/** Passwords in files of columns: exports of password managers, lists of accounts (`user,password` and lines below). */

import type { NameKind } from "../../assignments/name-words.ts";
import { mayBe } from "../../path-facts.ts";
import { rememberedPlace } from "../../remembered.ts";
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
} from "../../view.ts";
import { cellsOfColumns } from "./cell-values.ts";
import { type Cell, type Column, columnsOf, judgeRows, longestLine, longestTable, mostRows } from "./table-cells.ts";

/** Neighbours in a heading: without the second of them a file is of something else. */
export const columnHeads: readonly string[] = [
  ...["user", "name", "login", "mail", "title"].flatMap((name) =>
    [",", ";", "\t", ", ", "; ", '","', '";"', '"\t"'].map((sign) => `${name}${sign}password`),
  ),
  // Of Bitwarden.
  "username,login_password",
];
const aHead = new RegExp(columnHeads.join("|"), "i");

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
  if (!mayBe(view.facts, "csv", "tsv", "txt")) return refusedAtSight;
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
  const sign = /[,;\t]/.exec(view.bytes.toString("latin1", hit.start, hit.end))?.[0] ?? ",";
  return headingOf(view, placeOf({ from, sign }), () => headingAt(view, from, sign));
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

/** `Straße`, `password (plain)`, and columns without a name: no code, and none of the signs of passwords. */
const aName = /^[\p{L}\p{M}\d _.:/?&-]{0,40}(?:\([\p{L}\d -]{1,20}\))?$/u;

function isHeading(cells: readonly Cell[]): boolean {
  return cells.every(({ text }) => aName.test(text)) && columnsOf(cells).some(({ kind }) => kind === "password");
}

/** The rows as far as the next heading, which has a hit of its own. */
function* rowsBelow(view: View, { from, sign }: Heading): Iterable<{ cells: readonly Cell[]; end: number }> {
  const to = from + longestTable;
  const text = latinText(view.bytes, from, to);
  const isWhole = to >= view.bytes.length;
  let at = rowIn(view, from, text, 0, sign).next;
  for (let index = 0; index < mostRows && at < text.length; index++) {
    const { cells, next } = rowIn(view, from, text, at, sign);
    // What the end of the text cuts off is not judged.
    if (next >= text.length && !isWhole && text.at(-1) !== "\n") return;
    if (aHead.test(text.slice(at, next)) && isHeading(cells)) return;
    yield { cells, end: from + next };
    at = next;
  }
}

/** A cell and what ends it. Within quotes a quote is doubled, and a line may end. */
const cellForms = new Map(
  [",", ";", "\t"].map((sign) => [
    sign,
    new RegExp(
      `[ ]{0,9}(?:"(?<quoted>[^"]{0,900}(?:""[^"]{0,900}){0,9})"(?!")[ ]{0,9}(?=[${sign}\\r\\n]|$)|(?<bare>[^${sign}\\r\\n]*))(?<sign>${sign})?`,
      "dy",
    ),
  ]),
);

interface Row {
  readonly cells: readonly Cell[];
  /** Where the next one begins, in the text. */
  readonly next: number;
}

/** `text` begins at `from` of the file. */
function rowIn(view: View, from: number, text: string, start: number, sign: string): Row {
  const form = cellForms.get(sign)!;
  const cells: Cell[] = [];
  form.lastIndex = start;
  for (;;) {
    const { groups = {}, indices } = form.exec(text)!;
    const [first, last] = indices?.groups?.quoted ?? indices?.groups?.bare ?? [0, 0];
    const isQuoted = groups.quoted !== undefined;
    let end = from + last;
    while (!isQuoted && end > from + first && view.bytes[end - 1] === 0x20) end--;
    const written = view.bytes.toString("utf8", from + first, end);
    cells.push({ start: from + first, end, text: isQuoted ? written.replaceAll('""', '"') : written });
    if (groups.sign === undefined) break;
  }
  const next = /\r?\n|\r|$/g;
  next.lastIndex = form.lastIndex;
  next.exec(text);
  return { cells, next: next.lastIndex };
}
