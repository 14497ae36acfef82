/** What a cell of a table or of a file of columns holds, by the name above or beside it. */

import { type NameKind, nameKind, nameWords } from "../../assignments/name-words.ts";
import type { Candidate, View } from "../../view.ts";
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

/** `others`: the cells of its row. */
export function cellCandidates(
  view: View,
  { name, words, kind }: Column,
  cell: Cell | undefined,
  others: readonly Cell[],
): readonly Candidate[] {
  if (cell === undefined || cell.text.length < 4 || /\s|^[<{[(]/.test(cell.text)) return [];
  // A user's name is what such an account begins with.
  if (others.some(({ text, start }) => start !== cell.start && text.toLowerCase() === cell.text.toLowerCase()))
    return [];
  const { text: value, start, end } = cell;
  return judgeNamed(view, { name, words, kind, value, start, end });
}
