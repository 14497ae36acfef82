/** Passwords in files of columns: exports of password managers, lists of accounts (`user,password` and lines below). */
import { mayBe } from "../../path-facts.ts";
import {
  beginsLine,
  type Candidate,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
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

/** Neighbours in a heading: without the second of them a file is of something else. */
export const columnHeads: readonly string[] = [
  ...["user", "name", "login", "mail", "title"].flatMap((name) =>
    [",", ";", "\t", '","', '";"', '"\t"'].map((sign) => `${name}${sign}password`),
  ),
  // Of Bitwarden.
  "username,login_password",
];
const aHead = new RegExp(columnHeads.join("|"), "i");

interface Heading {
  /** Where its line begins. */
  readonly from: number;
  readonly columns: readonly Column[];
  /** How many cells a row has. */
  readonly width: number;
  readonly sign: string;
}

/** The hit ends in the heading's cell that names a password. */
export function readWrittenColumns(view: View, hit: Hit): Proposal {
  if (!mayBe(view.facts, "csv", "tsv", "txt")) return refusedAtSight;
  const heading = columnsAt(view, hit);
  if (heading === undefined) return noProposal;
  const candidates: Candidate[] = [];
  let skipTo = hit.end;
  for (const { cells, end } of rowsBelow(view, heading)) {
    skipTo = end;
    if (cells.length !== heading.width) continue;
    for (const column of heading.columns) {
      const cell = cells[column.place]!;
      // Dumps of a database have hashes there.
      if (column.kind !== "password" || !/^[0-9a-f]{28,}$/i.test(cell.text))
        candidates.push(...cellCandidates(view, column, cell, cells));
    }
  }
  return { candidates, skipTo };
}

/** The heading in the line of the hit; undefined if that is none. Nothing but the line is looked at. */
export function columnsAt(view: View, hit: Hit): Heading | undefined {
  const from = lineStart(view, hit.start, longestLine);
  const end = lineEnd(view, hit.start, longestLine);
  if (end - hit.start === longestLine || !beginsLine(view, from)) return undefined;
  const sign = /[,;\t]/.exec(view.bytes.toString("latin1", hit.start, hit.end))?.[0] ?? ",";
  const { cells } = rowIn(view, from, latinText(view.bytes, from, end), 0, sign);
  return isHeading(cells) ? { from, columns: columnsOf(cells), width: cells.length, sign } : undefined;
}

function isHeading(cells: readonly Cell[]): boolean {
  return (
    cells.every(({ text }) => /^[\w .-]{1,40}$/.test(text)) && columnsOf(cells).some(({ kind }) => kind === "password")
  );
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
    const place = { start: from + first, end: from + last - (/ *$/.exec(groups.bare ?? "")?.[0].length ?? 0) };
    const written = view.bytes.toString("utf8", place.start, place.end);
    cells.push({ ...place, text: groups.quoted === undefined ? written : written.replaceAll('""', '"') });
    if (groups.sign === undefined) break;
  }
  const next = /\r?\n|\r|$/g;
  next.lastIndex = form.lastIndex;
  next.exec(text);
  return { cells, next: next.lastIndex };
}
