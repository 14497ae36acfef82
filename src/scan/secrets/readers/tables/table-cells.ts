/** What a cell of a table or of a file of columns holds, by the name above or beside it. */

import { type NameKind, nameKind, nameWords } from "../../assignments/name-words.ts";
import type { Candidate, Proposal, View } from "../../view.ts";
import { judgeNamed } from "../generic.ts";

/** Bytes of a line and of a table that are read, and its rows. */
export const longestLine = 1000;
export const longestTable = 64 * 1024;
export const mostRows = 1000;

export interface Cell {
  /** Without what encloses it: white space, backticks and bold in a document, quotes in a file of columns. */
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

/** What the columns promise, in rows as wide as the heading. */
export function judgeRows(
  view: View,
  columns: readonly Column[],
  rows: Iterable<readonly Cell[]>,
  isOther: (text: string, kind: NameKind) => boolean = () => false,
): Required<Pick<Proposal, "candidates" | "cost">> {
  const candidates: Candidate[] = [];
  let cost = 0;
  for (const row of rows) {
    cost += row.length * cellCost + (row.at(-1)?.end ?? 0) - (row[0]?.start ?? 0);
    const own = columns.filter(({ place }) => mayBeValue(row[place]));
    const isRepeated = own.length === 0 ? () => false : repeatedIn(row);
    for (const { place, name, words, kind } of own) {
      const { text: value, start, end } = row[place]!;
      // A user's name is what such an account begins with.
      if (isRepeated(value) || isOther(value, kind)) continue;
      cost += judgementCost;
      candidates.push(...judgeNamed(view, { name, words, kind, value, start, end }));
    }
  }
  return { candidates, cost };
}

function mayBeValue(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.text.length >= 4 && !/\s|^[<{[(]/.test(cell.text);
}

/** Tells of a text whether more than one cell holds it, in small letters or capitals. */
function repeatedIn(row: readonly Cell[]): (text: string) => boolean {
  const times = new Map<string, number>();
  for (const { text } of row) times.set(text.toLowerCase(), (times.get(text.toLowerCase()) ?? 0) + 1);
  return (text) => (times.get(text.toLowerCase()) ?? 0) > 1;
}
