/**
 * Finds the members of JSON objects and lists with their places, without reading what is in them: one look at each
 * character, no recursion. What a member holds is read with JSON.parse when it is wanted, so that large lock files cost
 * little more than that and one broken entry does not take the others away.
 */
import type { Place, TextFile } from "../../formats/text-file.ts";

export interface JsonSlice {
  /** The member's name; empty in a list. */
  readonly key: string;
  /** Where the entry begins: at the name, in a list at the value. */
  readonly at: number;
  /** The value, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface JsonSlices {
  readonly slices: readonly JsonSlice[];
  /** Where the text stops being JSON, in words; the slices before it are sound. */
  readonly trouble?: { readonly at: number; readonly expected: string } | undefined;
}

const quote = 34;
const backslash = 92;
const openers = new Set([91, 123]);
const closers = new Set([93, 125]);

/** The members of the object or list that begins at `from`; none for other values. */
export function slicesOf(text: string, from = 0, to = text.length): JsonSlices {
  const slices: JsonSlice[] = [];
  const open = skipBlanks(text, from, to);
  if (!openers.has(text.charCodeAt(open))) return { slices };
  const isList = text.charCodeAt(open) === 91;
  for (let at = skipBlanks(text, open + 1, to); at < to && !closers.has(text.charCodeAt(at)); ) {
    const slice = isList ? itemAt(text, at, to) : memberAt(text, at, to);
    if (typeof slice === "string") return { slices, trouble: { at, expected: slice } };
    slices.push(slice);
    at = skipBlanks(text, slice.end, to);
    if (text[at] === ",") at = skipBlanks(text, at + 1, to);
    else if (at < to && !closers.has(text.charCodeAt(at))) return { slices, trouble: { at, expected: "a comma" } };
    if (at >= to) return { slices, trouble: { at: to, expected: "the end of the object or list" } };
  }
  return { slices };
}

function itemAt(text: string, at: number, to: number): JsonSlice | string {
  const end = endOfValue(text, at, to);
  return end > at ? { key: "", at, start: at, end } : "a value";
}

function memberAt(text: string, at: number, to: number): JsonSlice | string {
  if (text.charCodeAt(at) !== quote) return "a name in double quotes";
  const endOfKey = endOfString(text, at, to);
  const key = jsonValue(text.slice(at, endOfKey));
  const colon = skipBlanks(text, endOfKey, to);
  if (typeof key !== "string" || text[colon] !== ":") return "a colon";
  const start = skipBlanks(text, colon + 1, to);
  const end = endOfValue(text, start, to);
  return end > start ? { key, at, start, end } : "a value";
}

/** The value at a place; undefined where it is no JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first of the entries that is no JSON within: nothing is read of it. */
export function brokenAmong(text: string, slices: readonly JsonSlice[]): JsonSlices["trouble"] {
  const broken = slices.find(({ start, end }) => jsonValue(text.slice(start, end)) === undefined);
  return broken && { at: broken.at, expected: "an entry that is sound JSON" };
}

export function placeOfSlice(file: TextFile, slice: JsonSlice): Place {
  return { file, start: slice.at, end: slice.end };
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at++;
  return at;
}

function endOfString(text: string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
  }
  return to;
}

function endOfValue(text: string, from: number, to: number): number {
  const first = text.charCodeAt(from);
  if (first === quote) return endOfString(text, from, to);
  if (!openers.has(first)) return endOfWord(text, from, to);
  let depth = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at, to) - 1;
    else if (openers.has(code)) depth++;
    else if (closers.has(code) && --depth === 0) return at + 1;
  }
  return to;
}

function endOfWord(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /[\w.+-]/.test(text[at] ?? "")) at++;
  return at;
}
