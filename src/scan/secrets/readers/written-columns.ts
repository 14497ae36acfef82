/** Passwords in files of columns: exports of password managers, lists of accounts (`user,password` and lines below). */
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
import { nameKind, nameWords } from "./name-words.ts";
import { type Cell, cellCandidates } from "./table-cells.ts";

/** Rows that are read, and bytes of a line. */
const mostRows = 12;
const longestLine = 240;

/** The hit ends in the heading's cell that names a password. */
export function readWrittenColumns(view: View, hit: Hit): Proposal {
  if (!mayBe(view.facts, "csv", "tsv", "txt")) return refusedAtSight;
  const from = lineStart(view, hit.start, longestLine);
  const sign = /[,;\t]/.exec(view.bytes.toString("latin1", hit.start, hit.end))?.[0] ?? ",";
  const heading = cellsOf(view, from, sign);
  if (heading === undefined || !heading.every(({ text }) => /^[\w .-]{1,40}$/.test(text))) return noProposal;
  const place = heading.findIndex(({ text }) => nameKind(nameWords(text)) === "password");
  if (place < 0) return noProposal;
  const candidates: Candidate[] = [];
  let at = nextLine(view, from);
  for (let row = 0; row < mostRows && at < view.bytes.length; row++) {
    const cells = cellsOf(view, at, sign);
    if (cells === undefined) break;
    // Dumps of a database have hashes there.
    if (cells.length === heading.length && !/^[0-9a-f]{28,}$/i.test(cells[place]!.text))
      candidates.push(...cellCandidates(view, heading[place]!.text, cells[place], cells));
    at = nextLine(view, at);
  }
  return { candidates, skipTo: at };
}

function nextLine(view: View, from: number): number {
  const end = lineEnd(view, from, longestLine);
  return view.bytes[end] === 0x0d ? end + 2 : end + 1;
}

/** The cells of a line, without the quotes around them; undefined if it is empty or too long. */
function cellsOf(view: View, from: number, sign: string): readonly Cell[] | undefined {
  const { bytes } = view;
  const end = lineEnd(view, from, longestLine);
  if (end === from || end - from === longestLine) return undefined;
  const line = bytes.toString("latin1", from, end);
  const cells: Cell[] = [];
  let at = 0;
  while (at <= line.length) {
    const isQuoted = line[at] === '"';
    const closes = line.indexOf(isQuoted ? '"' : sign, at + (isQuoted ? 1 : 0));
    const stop = closes < 0 ? line.length : closes;
    const start = from + at + (isQuoted ? 1 : 0);
    cells.push({ text: bytes.toString("utf8", start, from + stop), start, end: from + stop });
    const next = line.indexOf(sign, stop);
    if (next < 0) break;
    at = next + 1;
  }
  return cells;
}
