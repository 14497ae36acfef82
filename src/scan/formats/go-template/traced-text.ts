/** Texts that know where their parts were written, through all the cutting and joining that templates do. */
import type { Place } from "../text-file.ts";

export interface Text {
  readonly is: "text";
  readonly text: string;
  /** In order, without overlap; what lies between was made by the template that prints it. */
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly from: Place;
  /** Letter by letter the text at `from`; otherwise made of it. */
  readonly exact: boolean;
}

export function plainText(text: string): Text {
  return { is: "text", text, marks: [] };
}

/** A whole file. */
export function textOfFile(file: Place["file"]): Text {
  const end = file.text.length;
  return { is: "text", text: file.text, marks: [{ start: 0, end, from: { file, start: 0, end }, exact: true }] };
}

/** A text made of something that is written there. */
export function textFrom(text: string, from: Place | undefined): Text {
  if (from === undefined || text === "") return plainText(text);
  return { is: "text", text, marks: [{ start: 0, end: text.length, from, exact: false }] };
}

export function slicedText(source: Text, start: number, end: number): Text {
  if (start <= 0 && end >= source.text.length) return source;
  const marks: Mark[] = [];
  for (let next = firstMarkAfter(source.marks, start); next < source.marks.length; next++) {
    const mark = source.marks[next];
    if (mark === undefined || mark.start >= end) break;
    const cutStart = Math.max(mark.start, start);
    const cutEnd = Math.min(mark.end, end);
    if (cutEnd <= cutStart) continue;
    marks.push({
      start: cutStart - start,
      end: cutEnd - start,
      from: partOf(mark, cutStart, cutEnd),
      exact: mark.exact,
    });
  }
  return { is: "text", text: source.text.slice(start, end), marks };
}

export function joinedText(parts: readonly Text[]): Text {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const marks: Mark[] = [];
  let length = 0;
  for (const { text, marks: own } of parts) {
    for (const mark of own) marks.push({ ...mark, start: mark.start + length, end: mark.end + length });
    length += text.length;
  }
  return { is: "text", text: parts.map(({ text }) => text).join(""), marks };
}

/** Another text with the same origin, where the places of its letters are lost. */
export function changedText(source: Text, text: string): Text {
  return text === source.text ? source : textFrom(text, source.marks[0]?.from);
}

/** What has no origin is said to come from there. */
export function filledText(source: Text, from: Place): Text {
  const marks: Mark[] = [];
  let end = 0;
  for (const mark of source.marks) {
    if (mark.start > end) marks.push({ start: end, end: mark.start, from, exact: false });
    marks.push(mark);
    end = mark.end;
  }
  if (end < source.text.length) marks.push({ start: end, end: source.text.length, from, exact: false });
  return { is: "text", text: source.text, marks };
}

/** Where a stretch is written; undefined where that is not known. */
export function placeIn({ marks }: Text, start: number, end: number): Place | undefined {
  const first = marks[firstMarkAfter(marks, start)];
  if (first === undefined || first.start > start) return undefined;
  const from = partOf(first, start, Math.min(Math.max(end, start), first.end));
  const last = marks[firstMarkAfter(marks, end - 1)];
  if (last === undefined || last === first || last.from.file !== first.from.file || last.start >= end) return from;
  return { ...from, end: Math.max(from.end, partOf(last, last.start, end).end) };
}

/** The position of the first mark that ends behind an offset. */
export function firstMarkAfter(marks: readonly Mark[], offset: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function partOf({ start, from, exact }: Mark, partStart: number, partEnd: number): Place {
  if (!exact) return from;
  return { file: from.file, start: from.start + partStart - start, end: from.start + partEnd - start };
}
