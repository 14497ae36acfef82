/**
 * What a template puts out, kept in parts with their places: the place in the file that is rendered, and behind it the one
 * that decided: a value, or the text of a template that is included.
 */
import type { Place } from "../text-file.ts";
import { filledText, firstMarkAfter, joinedText, type Mark, partOf, type Text } from "./traced-text.ts";

export interface OutputPart {
  readonly text: Text;
  /** Where it is put out. */
  readonly at: Place | undefined;
  /** True for text of the template itself. */
  readonly exact: boolean;
}

/** A text with two layers of places. */
export interface Rendered {
  readonly text: string;
  /** In the rendered file; without gaps. */
  readonly places: readonly Mark[];
  /** What decided, where that is known and elsewhere. */
  readonly origins: readonly Mark[];
}

/** As a value within another template: every part comes from where it was decided, or else was put out. */
export function asText(parts: readonly OutputPart[]): Text {
  return joinedText(parts.map(({ text, at }) => (at === undefined ? text : filledText(text, at))));
}

export function asOutput(parts: readonly OutputPart[]): Rendered {
  const places: Mark[] = [];
  const values: Text[] = [];
  let length = 0;
  for (const { text, at, exact } of parts) {
    const end = length + text.text.length;
    if (at !== undefined && end > length) places.push({ start: length, end, from: at, exact });
    values.push(exact ? { ...text, marks: [] } : text);
    length = end;
  }
  const { text, marks } = joinedText(values);
  return { text, places, origins: marks };
}

/** A place in the rendered file for a stretch of the rendered text. */
export function placeOf({ places }: Rendered, start: number, end: number): Place | undefined {
  const first = places[Math.min(firstMarkAfter(places, start), places.length - 1)];
  if (!first) return undefined;
  const begin = partOf(first, clamp(start, first), clamp(Math.max(start, end), first));
  const last = places[firstMarkAfter(places, Math.max(start, end - 1))];
  if (!last || last === first) return begin;
  const finish = partOf(last, clamp(start, last), clamp(end, last));
  // A loop puts the same text out several times: what ends in a later turn may end before it began.
  return { ...begin, end: Math.max(begin.end, finish.end) };
}

function clamp(offset: number, { start, end }: Mark): number {
  return Math.min(Math.max(offset, start), end);
}

/** The one text that decided a stretch; undefined where several did, or the template itself. */
export function originBetween({ origins }: Rendered, start: number, end: number): Place | undefined {
  let place: Place | undefined;
  for (let next = firstMarkAfter(origins, start); next < origins.length; next++) {
    const mark = origins[next];
    if (!mark || mark.start >= end) break;
    const part = partOf(mark, Math.max(start, mark.start), Math.min(end, mark.end));
    if (!place) place = part;
    else if (place.file !== part.file) return undefined;
    else place = { file: place.file, start: Math.min(place.start, part.start), end: Math.max(place.end, part.end) };
  }
  return place;
}
