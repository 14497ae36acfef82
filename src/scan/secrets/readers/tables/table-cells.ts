/** What a cell of a table or of a file of columns holds, by the name above or beside it. */

import { type NameKind, nameKind, nameWords } from "../../assignments/name-words.ts";
import { type Candidate, type Hit, latinText, type Proposal, type View } from "../../text/view.ts";
import { judgeNamed } from "../named-literal.ts";
import { type CellSyntax, valuesIn } from "./cell-values.ts";

/** Bytes of a line and of a table that are read, and its rows. */
export const longestLine = 1000;
export const longestTable = 64 * 1024;
export const mostRows = 1000;

export interface Cell {
  /** Without what encloses it: white space, emphasis, code and quotes in a document, quotes in a file of columns. */
  readonly text: string;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

/** A cell that names what stands below or beside it. */
export interface Column {
  readonly place: number;
  readonly name: string;
  readonly words: readonly string[];
  readonly kind: NameKind;
}

/** What a cell may promise; a bare key or an authentication is a column of something else. */
const kinds: ReadonlySet<NameKind> = new Set(["password", "secret", "token", "key"]);

export function columnsOf(heading: readonly Cell[]): readonly Column[] {
  return heading.flatMap(({ text: name }, place) => {
    const words = nameWords(name);
    const kind = nameKind(words);
    return kind !== undefined && kinds.has(kind) ? [{ place, name, words, kind }] : [];
  });
}

/** What it takes to read a cell, and to judge one, in bytes looked at. */
const cellCost = 30;
const judgementCost = 150;

/** How a table is read. */
export interface TableSyntax extends CellSyntax {
  /** True of what a cell may hold in place of a secret. */
  readonly isOther?: (value: string, kind: NameKind) => boolean;
}

/** What the columns promise, in rows as wide as the heading. */
export function judgeRows(
  view: View,
  columns: readonly Column[],
  rows: Iterable<readonly Cell[]>,
  syntax: TableSyntax,
): Required<Pick<Proposal, "candidates" | "cost">> {
  const candidates: Candidate[] = [];
  let cost = 0;
  for (const row of rows) {
    cost += row.length * cellCost + (row.at(-1)?.end ?? 0) - (row[0]?.start ?? 0);
    let isRepeated: ReturnType<typeof repeatedIn> | undefined;
    for (const { place, name, words, kind } of columns) {
      const cell = row[place];
      if (cell === undefined || cell.text.length < 4) continue;
      for (const { value, start, end } of valuesOf(view, cell, syntax)) {
        if (value.length < 4 || /\s|^[<{[(]/.test(value) || syntax.isOther?.(value, kind) === true) continue;
        isRepeated ??= repeatedIn(row);
        if (isRepeated(cell.text, value)) continue;
        cost += judgementCost;
        candidates.push(...judgeNamed(view, { name, words, kind, value, start, end }));
      }
    }
  }
  return { candidates, cost };
}

/** A user's name is what such an account begins with: tells whether another cell of the row holds the same, in small letters or capitals. */
function repeatedIn(row: readonly Cell[]): (text: string, value: string) => boolean {
  const times = new Map<string, number>();
  for (const { text } of row) {
    const folded = text.toLowerCase();
    times.set(folded, (times.get(folded) ?? 0) + 1);
  }
  return (text, value) =>
    (times.get(text.toLowerCase()) ?? 0) > 1 || (value !== text && times.has(value.toLowerCase()));
}

interface Value extends Hit {
  readonly value: string;
}

function valuesOf({ bytes }: View, { text, start, end }: Cell, syntax: CellSyntax): readonly Value[] {
  const written = latinText(bytes, start, end);
  // With doubled quotes it is none of the characters of the file.
  if (written.length !== Buffer.byteLength(text)) {
    const latin = Buffer.from(text).toString("latin1");
    return valuesIn(latin, syntax).map(({ from, to }) => ({ value: utf8(latin.slice(from, to)), start, end }));
  }
  return valuesIn(written, syntax).map(({ from, to }) => ({
    value: bytes.toString("utf8", start + from, start + to),
    start: start + from,
    end: start + to,
  }));
}

function utf8(latin: string): string {
  return Buffer.from(latin, "latin1").toString("utf8");
}
