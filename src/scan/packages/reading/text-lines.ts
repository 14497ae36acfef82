/** Lines of a text with their offsets, without their ends. */
import type { Place, TextFile } from "../../formats/text-file.ts";

export interface TextLine {
  readonly text: string;
  /** Offset of its first character in the file. */
  readonly start: number;
}

export function linesOf(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    lines.push({ text: text.slice(start, end), start });
    start = next + 1;
  }
  return lines;
}

/** The line without the blanks around it. */
export function placeOfLine(file: TextFile, { text, start }: TextLine): Place {
  const from = text.length - text.trimStart().length;
  return { file, start: start + from, end: start + Math.max(from, text.trimEnd().length) };
}
