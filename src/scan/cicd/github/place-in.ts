/** Where a part of a value stands in its file: inside block scalars, quotes and folded lines. */
import type { Scalar } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";

const tables = new WeakMap<Scalar, Uint32Array>();

/**
 * The stretch of the file that wrote `[start, end)` of the node's text. Of an alias it is the text of its anchor: that is
 * what one has to change.
 */
export function placeIn(node: Scalar, start: number, end: number): Place {
  const { file } = node.from ?? node.at;
  const table = tables.get(node) ?? offsetsOf(node);
  tables.set(node, table);
  const last = table.length - 1;
  const from = table[Math.min(start, last)] ?? node.at.start;
  const until = end > start ? (table[Math.min(end - 1, last)] ?? from) + 1 : from;
  return { file, start: from, end: Math.max(from, until) };
}

/** For each character of the value its offset: both sides have their visible characters in the same order. */
function offsetsOf(node: Scalar): Uint32Array {
  const { file, start, end } = node.from ?? node.at;
  const value = String(node.value);
  const table = new Uint32Array(value.length + 1);
  const isDouble = file.text[start] === '"';
  let from = isDouble || file.text[start] === "'" ? start + 1 : start;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 32) from = nextVisible(file.text, from, end, code, isDouble);
    table[at] = Math.min(from, end);
    if (code > 32 || file.text.charCodeAt(from) === code) from++;
  }
  table[value.length] = Math.min(from, end);
  return table;
}

const backslash = 92;
const quote = 39;

/** The next place of a character behind blanks, escapes and doubled quotes; where there is none, the place given. */
function nextVisible(text: string, from: number, end: number, code: number, isDouble: boolean): number {
  for (let at = from; at < end; at++) {
    const found = text.charCodeAt(at);
    if (found === code && !(isDouble && found === backslash && code !== backslash)) return at;
    if (found > 32 && found !== quote && !(isDouble && isEscape(text, at))) return from;
  }
  return from;
}

function isEscape(text: string, at: number): boolean {
  return text.charCodeAt(at) === backslash || text.charCodeAt(at - 1) === backslash;
}
