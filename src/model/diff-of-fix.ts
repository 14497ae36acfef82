/** What a fix changes, as lines that people read. */
import type { Fix, TextEdit } from "./finding.ts";

export interface DiffLine {
  readonly is: "same" | "removed" | "added";
  /** In the text as it is; an added line has none. */
  readonly number?: number;
  readonly text: string;
}

/** A run of changed lines with some around them. */
export interface Hunk {
  readonly path: string;
  readonly lines: readonly DiffLine[];
}

const linesAround = 3;

/** Edits of files whose text is not there are left out, as are edits that reach into each other. */
export function diffOfFix({ edits }: Pick<Fix, "edits">, texts: ReadonlyMap<string, string>): readonly Hunk[] {
  const paths = [...new Set(edits.map(({ at }) => at.path))];
  return paths.flatMap((path) => {
    const text = texts.get(path);
    if (text === undefined) return [];
    const lines = text.split("\n");
    return regionsOf(edits.filter(({ at }) => at.path === path)).map((region) => hunkOf(path, lines, region));
  });
}

type Region = readonly [TextEdit, ...TextEdit[]];

/** Edits whose lines touch are shown together. */
function regionsOf(edits: readonly TextEdit[]): readonly Region[] {
  const sorted = edits.toSorted((a, b) => a.at.startLine - b.at.startLine || a.at.startColumn - b.at.startColumn);
  const regions: [TextEdit, ...TextEdit[]][] = [];
  for (const edit of sorted) {
    const region = regions.at(-1);
    const last = region?.at(-1)?.at;
    if (!region || !last || edit.at.startLine > last.endLine + 2 * linesAround) {
      regions.push([edit]);
      continue;
    }
    const reachesIn =
      edit.at.startLine < last.endLine || (edit.at.startLine === last.endLine && edit.at.startColumn < last.endColumn);
    if (!reachesIn) region.push(edit);
  }
  return regions;
}

function hunkOf(path: string, all: readonly string[], region: Region): Hunk {
  const first = region[0].at.startLine;
  const last = Math.min(all.length, region.at(-1)?.at.endLine ?? first);
  const before = all.slice(first - 1, last);
  const after = edited(before, first, region);
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const changedFrom = first + head;
  const changedTo = last - tail;
  // What comes after the last newline is no line.
  const end = all.at(-1) === "" ? all.length - 1 : all.length;
  const same = (from: number, to: number): readonly DiffLine[] =>
    all.slice(Math.max(0, from - 1), Math.max(0, Math.min(to, end))).map((text, index) => ({
      is: "same",
      number: Math.max(1, from) + index,
      text: plain(text),
    }));
  return {
    path,
    lines: [
      ...same(changedFrom - linesAround, changedFrom - 1),
      ...before.slice(head, before.length - tail).map((text, index): DiffLine => {
        return { is: "removed", number: changedFrom + index, text: plain(text) };
      }),
      ...after.slice(head, after.length - tail).map((text): DiffLine => ({ is: "added", text: plain(text) })),
      ...same(changedTo + 1, changedTo + linesAround),
    ],
  };
}

/** The last edit first, so that the places of the others stay right. */
function edited(lines: readonly string[], firstLine: number, edits: Region): readonly string[] {
  const result = [...lines];
  for (const { at, text } of edits.toReversed()) {
    const from = at.startLine - firstLine;
    const to = Math.min(at.endLine - firstLine, result.length - 1);
    const start = (result[from] ?? "").slice(0, at.startColumn - 1);
    const end = (result[to] ?? "").slice(at.endColumn - 1);
    result.splice(from, to - from + 1, ...`${start}${text}${end}`.split("\n"));
  }
  return result;
}

function plain(line: string): string {
  return line.replace(/\r$/, "");
}
