/**
 * Writes edits into texts and leaves every other byte as it is: line ends, a byte order mark, the last newline. Edits that
 * reach into each other, or that do not fit the text, are refused.
 */
import type { TextEdit } from "#model/finding.ts";
import type { SourceFile } from "#model/source-file.ts";

/** A stretch of a text and what stands there afterwards. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const byteOrderMark = "\ufeff";

/** The text as readers have it, and what stands before it in the file. */
export interface FixableText {
  readonly text: string;
  readonly mark: "" | typeof byteOrderMark;
}

/** Undefined for what is not UTF-8: its bytes could not be written again as they are. */
export function fixableText(file: SourceFile): FixableText | undefined {
  const text = file.text();
  const bytes = file.bytes();
  if (text === undefined) return undefined;
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const mark = isMarked ? byteOrderMark : "";
  return Buffer.from(mark + text).equals(bytes) ? { text, mark } : undefined;
}

/** Undefined if a place is none of this text. */
export function changesOf(text: string, edits: readonly TextEdit[]): readonly TextChange[] | undefined {
  const lines = lineStarts(text);
  const offsetOf = (line: number, column: number): number | undefined => {
    const start = lines[line - 1];
    if (start === undefined || column < 1) return undefined;
    const next = lines[line];
    const end = next === undefined ? text.length : next - 1;
    return start + column - 1 <= end ? start + column - 1 : undefined;
  };
  const changes: TextChange[] = [];
  for (const { at, text: written } of edits) {
    const start = offsetOf(at.startLine, at.startColumn);
    const end = offsetOf(at.endLine, at.endColumn);
    if (start === undefined || end === undefined || end < start) return undefined;
    changes.push({ start, end, text: inTheWayOf(text, lines[at.startLine - 1] ?? 0, written) });
  }
  return changes;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** With the line ends of the file, and as far in as its line where that is written with tabs. */
function inTheWayOf(text: string, lineStart: number, written: string): string {
  if (!written.includes("\n")) return written;
  const [indent = ""] = /^[ \t]{0,200}/.exec(text.slice(lineStart, lineStart + 200)) ?? [];
  const indented = indent.includes("\t")
    ? written.replace(/\n +/g, (found) => (found.length - 1 === indent.length ? `\n${indent}` : found))
    : written;
  return text.includes("\r\n") ? indented.replace(/\r?\n/g, "\r\n") : indented;
}

/**
 * The text after the changes, given in any order; undefined if two of them reach into each other. The same one twice is one,
 * and what is inserted at one place keeps its order.
 */
export function changedText(text: string, changes: readonly TextChange[]): string | undefined {
  const parts: string[] = [];
  const seen = new Set<string>();
  let at = 0;
  for (const change of changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const key = `${change.start} ${change.end} ${change.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (change.start < at) return undefined;
    parts.push(text.slice(at, change.start), change.text);
    at = change.end;
  }
  return parts.join("") + text.slice(at);
}
