/** What a cell says without what is written around it: emphasis, code and quotes come in pairs, and are no part of a value. */

import { alphabetTable } from "../../text/alphabets.ts";
import { isIn } from "../../text/view.ts";

type Pair = readonly [opens: string, closes: string];

function elements(...names: readonly string[]): readonly Pair[] {
  return names.map((name) => [`<${name}>`, `</${name}>`]);
}

const quotes: readonly Pair[] = [
  ['"', '"'],
  ["'", "'"],
  // Of a typesetter, in bytes of UTF-8.
  ["\xe2\x80\x9c", "\xe2\x80\x9d"],
  ["\xe2\x80\x98", "\xe2\x80\x99"],
];
const code: readonly Pair[] = [...elements("code", "kbd", "samp", "tt"), ["``", "``"], ["`", "`"]];
const emphasis: readonly Pair[] = [
  ["~~", "~~"],
  ...elements("b", "strong", "i", "em", "del", "s"),
  ["***", "***"],
  ["**", "**"],
  ["__", "__"],
  ["*", "*"],
  ["_", "_"],
];
/** How spreadsheets keep a text from being taken for a number. */
const formula: readonly Pair[] = [['="', '"']];

/** How the cells of one kind of table are written. */
export interface CellSyntax {
  /** What may stand around a value, from outside to inside. */
  readonly around: readonly (readonly Pair[])[];
  /** Several values in a cell, and a remark behind one. */
  readonly isProse: boolean;
}

export const cellsOfDocuments: CellSyntax = { around: [emphasis, code, quotes], isProse: true };
export const cellsOfColumns: CellSyntax = { around: [formula, quotes], isProse: false };

/** Offsets in the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Without white space and what stands in pairs around it; what closes within does not belong to what opens. `text` holds a character for each byte. */
export function unwrapped(text: string, { from, to }: Span, { around }: CellSyntax): Span {
  let span = trimmed(text, from, to);
  if (isIn(alphabetTable("base62"), text.charCodeAt(span.from))) return span;
  for (const pairs of around)
    for (const [opens, closes] of pairs) {
      const [inner, end] = [span.from + opens.length, span.to - closes.length];
      if (inner < end && text.startsWith(opens, span.from) && text.indexOf(closes, inner) === end)
        span = trimmed(text, inner, end);
    }
  return span;
}

/** A value with a remark, a comment of the page or the sign of a footnote behind it. */
const remarked = /^\s*\S+?(?=(?:\s+\([^()]*\)|\s*<!--(?:(?!-->).)*-->|\s?\[\^[\w-]{1,20}\]){1,3}\s*$)/;

/** The values of a cell: `v (new)` is one, `v<br>w` are two. */
export function valuesIn(text: string, syntax: CellSyntax): readonly Span[] {
  const whole = { from: 0, to: text.length };
  if (!syntax.isProse) return [unwrapped(text, whole, syntax)];
  const spans: Span[] = [];
  let from = 0;
  for (const { 0: breaks, index } of text.matchAll(/<br ?\/?>|$/gi)) {
    const value = remarked.exec(text.slice(from, index))?.[0];
    spans.push(unwrapped(text, { from, to: value === undefined ? index : from + value.length }, syntax));
    from = index + breaks.length;
  }
  return spans;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function trimmed(text: string, first: number, last: number): Span {
  let [from, to] = [first, last];
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (from < to && isBlank(text.charCodeAt(to - 1))) to--;
  return { from, to };
}
