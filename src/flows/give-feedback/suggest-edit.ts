/**
 * The edit that cures a finding, inside its comment. Azure DevOps offers a block of the language `suggestion` to be applied
 * with a click: it replaces the lines that the thread is on, so it is only written where it says exactly what those lines
 * become. Everything else is shown as a difference. No line that holds a secret is ever repeated, old or new.
 */
import { diffOfFix, type Hunk } from "#model/diff-of-fix.ts";
import type { Finding, Fix } from "#model/finding.ts";
import { isSpan, type Span } from "#model/span.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

/** A file as the pull request makes it. */
export interface EditedText {
  readonly text: string;
  /** Also of what is too uncertain to be reported. */
  readonly secretLines: ReadonlySet<number>;
}

export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** Longer ones are for the console: the comment is for reading. */
const mostLines = 60;
const longestLine = 500;

/** `on`: the lines that the thread is on, as the file is now; absent if that cannot be said. */
export function suggestEdit(
  { rule, fix, at }: Finding,
  texts: ReadonlyMap<string, EditedText>,
  on: LineRange | undefined,
): string | undefined {
  if (!fix || rule.startsWith("secrets/") || !isSpan(at)) return undefined;
  if (fix.edits.length === 0 || fix.edits.some((edit) => !texts.has(edit.at.path))) return undefined;
  const block = suggestionOf(fix, { path: at.path, on, texts }) ?? differenceOf(fix, at.path, texts);
  if (block === undefined) return undefined;
  const note = fix.safe ? "" : " It may change more than this problem: please read it before you apply it.";
  return `**Suggested edit:** ${escapeMarkdown(fix.title)}.${note}\n\n${block}`;
}

/** The lines that a finding is on. One that ends before the first character of a line is not on that line. */
export function linesOf({ startLine, endLine, endColumn }: Span): LineRange {
  return { startLine, endLine: endColumn <= 1 && endLine > startLine ? endLine - 1 : endLine };
}

interface Place {
  readonly path: string;
  readonly on: LineRange | undefined;
  readonly texts: ReadonlyMap<string, EditedText>;
}

function suggestionOf({ edits }: Fix, { path, on, texts }: Place): string | undefined {
  const file = texts.get(path);
  if (!file || !on || edits.some(({ at }) => at.path !== path)) return undefined;
  for (let line = on.startLine; line <= on.endLine; line++) if (file.secretLines.has(line)) return undefined;
  const lines = file.text.split("\n");
  const after = replaced(lines, edits, on);
  // Nothing left: there is no telling whether an empty block would leave an empty line.
  if (after === undefined || after.length === 0 || !isPresentable(after)) return undefined;
  const before = lines.slice(on.startLine - 1, on.endLine).map(withoutReturn);
  return before.join("\n") === after.join("\n") ? undefined : fenced("suggestion", after);
}

/** What the lines become; undefined if an edit reaches beyond them, or into another, or if more than these lines change. */
function replaced(lines: readonly string[], edits: Fix["edits"], on: LineRange): readonly string[] | undefined {
  const old = lines.slice(on.startLine - 1, on.endLine);
  if (old.length !== on.endLine - on.startLine + 1) return undefined;
  const hasNext = on.endLine < lines.length;
  let text = old.join("\n") + (hasNext ? "\n" : "");
  const starts = startsOf(old, on.endLine < lines.length);
  const offsetOf = (line: number, column: number): number | undefined => {
    const start = starts[line - on.startLine];
    if (start === undefined) return undefined;
    const offset = start + column - 1;
    return column >= 1 && offset <= text.length ? offset : undefined;
  };
  const places = edits.map(({ at, text: by }) => ({
    from: offsetOf(at.startLine, at.startColumn),
    to: offsetOf(at.endLine, at.endColumn),
    by,
  }));
  let end = Number.POSITIVE_INFINITY;
  // The last first, so that the places of the others stay right.
  for (const { from, to, by } of places.toSorted((a, b) => (b.from ?? 0) - (a.from ?? 0))) {
    if (from === undefined || to === undefined || to < from || to > end) return undefined;
    text = text.slice(0, from) + by + text.slice(to);
    end = from;
  }
  if (text === "") return [];
  if (!hasNext) return text.split("\n").map(withoutReturn);
  // The next line would hang on to the last of these.
  return text.endsWith("\n") ? text.slice(0, -1).split("\n").map(withoutReturn) : undefined;
}

/** Where each line begins, and the one after them, which may only be touched at its very beginning. */
function startsOf(lines: readonly string[], hasNext: boolean): readonly number[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  return hasNext ? [...starts, offset] : starts;
}

function differenceOf(fix: Fix, ownPath: string, texts: ReadonlyMap<string, EditedText>): string | undefined {
  const hunks = diffOfFix(fix, new Map([...texts].map(([path, { text }]) => [path, text])));
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const isSecret = hunks.some(({ path, lines: shown }) =>
    shown.some(({ number }) => number !== undefined && texts.get(path)?.secretLines.has(number)),
  );
  if (lines.length === 0 || isSecret || !isPresentable(lines.map(({ text }) => text))) return undefined;
  return hunks.map((hunk) => hunkBlock(hunk, hunk.path !== ownPath)).join("\n\n");
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function hunkBlock({ path, lines }: Hunk, isElsewhere: boolean): string {
  const block = fenced(
    "diff",
    lines.map(({ is, text }) => `${signs[is]}${text}`),
  );
  return isElsewhere ? `In ${markdownCode(path)}:\n\n${block}` : block;
}

/** Signs that nobody sees would make the reader apply something else than they read. */
function isPresentable(lines: readonly string[]): boolean {
  return lines.length <= mostLines && lines.every((line) => line.length <= longestLine && !/[^\P{C}\t]/u.test(line));
}

/** With more backticks than stand in it. */
function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

function withoutReturn(line: string): string {
  return line.replace(/\r$/, "");
}
