/** A text put together from stretches of a file (continued lines without their ends), with the places they came from. */
import type { Place, TextFile } from "../text-file.ts";

export interface JoinedText {
  readonly text: string;
  readonly placeOf: (start: number, end: number) => Place;
  readonly slice: (start: number, end?: number) => JoinedText;
}

/** A stretch of the file, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export function joinText(file: TextFile, stretches: readonly Stretch[]): JoinedText {
  const starts: number[] = [];
  let length = 0;
  for (const { start, end } of stretches) {
    starts.push(length);
    length += end - start;
  }
  const text = stretches.map(({ start, end }) => file.text.slice(start, end)).join("");
  const offsetOf = (at: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (stretches[low]?.start ?? 0) + at - (starts[low] ?? 0);
  };
  const placeOf = (start: number, end: number): Place => {
    const from = offsetOf(start);
    return { file, start: from, end: end > start ? offsetOf(end - 1) + 1 : from };
  };
  const view = (from: number, to: number): JoinedText => ({
    text: text.slice(from, to),
    placeOf: (start, end) => placeOf(from + start, from + end),
    slice: (start, end) => view(from + start, end === undefined ? to : from + end),
  });
  return view(0, length);
}
