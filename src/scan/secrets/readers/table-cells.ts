/** What a cell of a table or of a file of columns holds, by the name above or beside it. */
import type { Candidate, View } from "../view.ts";
import { judgeLiteral } from "./generic.ts";
import { nameKind, nameWords } from "./name-words.ts";

export interface Cell {
  /** Without white space, backticks and bold around it. */
  readonly text: string;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

export function cellCandidates(
  view: View,
  name: string,
  cell: Cell | undefined,
  others: readonly Cell[],
): readonly Candidate[] {
  if (cell === undefined || cell.text.length < 4 || /\s|^[<{[(]/.test(cell.text)) return [];
  // A user's name is what such an account begins with.
  if (others.some(({ text, start }) => start !== cell.start && text.toLowerCase() === cell.text.toLowerCase()))
    return [];
  const { text: value, start, end } = cell;
  const assignment = { name, start, end, quoted: true, place: "plain", syntax: "assignment" } as const;
  const words = nameWords(name);
  const literal = { assignment, words, kind: nameKind(words) ?? "password", value } as const;
  const { score, signals } = judgeLiteral(literal, view);
  return score === 0 ? [] : [{ start, end, score, signals }];
}
