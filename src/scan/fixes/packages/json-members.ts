/** Changes members of JSON objects where they stand; everything around them stays as it is written. */
import { type JsonSlice, jsonValue, slicesOf } from "../../packages/reading/json-slices.ts";
import type { TextChange } from "../text-edits.ts";

/** The member of the object that begins at `start`; the last one counts if there are several. */
export function memberIn(text: string, start: number, key: string): JsonSlice | undefined {
  return slicesOf(text, start).slices.findLast((slice) => slice.key === key);
}

/** Along a way of names from the outermost object. */
export function memberAlong(text: string, way: readonly string[]): JsonSlice | undefined {
  let slice: JsonSlice | undefined;
  let start = 0;
  for (const key of way) {
    slice = memberIn(text, start, key);
    if (!slice) return undefined;
    start = slice.start;
  }
  return slice;
}

export function valueIn(text: string, { start, end }: JsonSlice): unknown {
  return jsonValue(text.slice(start, end));
}

export function replaced({ start, end }: Pick<JsonSlice, "start" | "end">, text: string): TextChange {
  return { start, end, text };
}

/** Without some members, and without their commas. Neighbours go together, so that no two changes meet. */
export function withoutMembers(
  slices: readonly JsonSlice[],
  isGone: (slice: JsonSlice) => boolean,
): readonly TextChange[] {
  const changes: TextChange[] = [];
  for (let at = 0; at < slices.length; at++) {
    const first = slices[at];
    if (!first || !isGone(first)) continue;
    let end = at;
    while (end + 1 < slices.length && isGone(slices[end + 1] as JsonSlice)) end++;
    const next = slices[end + 1];
    const before = slices[at - 1];
    if (next) changes.push({ start: first.at, end: next.at, text: "" });
    else changes.push({ start: before?.end ?? first.at, end: (slices[end] as JsonSlice).end, text: "" });
    at = end;
  }
  return changes;
}

/** As the text around `at` is laid out: one member a line, or all in one. */
export function jsonAs(text: string, at: number, value: unknown): string {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, Math.min(at, lineStart + 200)))?.[0] ?? "";
  const step = /\n([ \t]{1,8})"/.exec(text.slice(0, 10_000))?.[1];
  if (step === undefined) return JSON.stringify(value);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return JSON.stringify(value, null, step).replaceAll("\n", `${end}${indent}`);
}
