/** A replacement in a text, and its application. */
import type { Place } from "../../formats/text-file.ts";

export interface TextChange {
  readonly place: Place;
  readonly text: string;
}

/** The text after the changes; they do not overlap. What is inserted at one place keeps its order. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { place, text: replacement } of changes.toSorted((a, b) => a.place.start - b.place.start)) {
    parts.push(text.slice(at, place.start), replacement);
    at = place.end;
  }
  return parts.join("") + text.slice(at);
}

export function overlaps(a: TextChange, b: TextChange): boolean {
  return a.place.file.path === b.place.file.path && a.place.start <= b.place.end && b.place.start <= a.place.end;
}

/** The spaces and tabs that begin the line of an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** Each of thousands of edits asks, and some texts make no step at all. */
const mostLookedAt = 20_000;

/** One step of indentation, as the text first makes it. */
export function indentStep(text: string): string {
  return /\n(\t| {2,8})[^\s*]/.exec(text.slice(0, mostLookedAt))?.[1] ?? "  ";
}

/** The line end that the text first uses. */
export function lineEndOf(text: string): string {
  return text[text.indexOf("\n") - 1] === "\r" ? "\r\n" : "\n";
}

/** The place with the whole line, if nothing else stands on it. */
export function withWholeLines({ file, start, end }: Place): Place {
  const { text } = file;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const lineEnd = next < 0 ? text.length : next + 1;
  const alone =
    text.slice(lineStart, start).trim() === "" &&
    /^[ \t\r]*,?[ \t\r]*$/.test(text.slice(end, lineEnd).replace("\n", ""));
  return alone ? { file, start: lineStart, end: lineEnd } : { file, start, end };
}
