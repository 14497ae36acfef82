/**
 * The first value behind a word that has a form: how values open and close, and what looks drawn. Another value before
 * it ends the search, because what comes behind that belongs to another name.
 */

import type { Part } from "../rule/secret-rule.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { matchParts } from "../text/match-parts.ts";
import { isIn } from "../text/view.ts";

const word = alphabetTable("word");
const signs = alphabetTable("base64Any");
const letters = alphabetTable("letters");
const glue = alphabetTable("dotted");

/** A value stands in the line of its name, or in one of the next. */
const mostBreaks = 3;
/** A run of so many characters with a digit among them is a value itself. */
const leastOther = 16;

/** What parts two arguments. */
const nextArgument = /^(["'`])\s{0,3},\s{0,3}\1/;

/** What a value looks like, in the order in which it is tried. */
type Forms = readonly [parts: readonly Part[], ...others: (readonly Part[])[]];

/** Where a value stands, and which of the forms it has. */
interface FoundValue {
  readonly start: number;
  readonly end: number;
  readonly form: number;
}

/** Undefined where no value begins before `limit`. */
export function firstValue(bytes: Buffer, from: number, limit: number, forms: Forms): FoundValue | undefined {
  let at = from;
  let breaks = 0;
  let others = 0;
  while (at < limit) {
    const byte = bytes[at]!;
    if (byte === 0x0a && ++breaks > mostBreaks) return undefined;
    if (!isIn(word, byte) && !isIn(signs, byte)) {
      at++;
      continue;
    }
    if (opensValue(bytes[at - 1])) {
      for (let form = 0; form < forms.length; form++) {
        const end = matchParts(bytes, at, forms[form]!)?.at(-1);
        if (end !== undefined && closesValue(bytes, end)) return { start: at, end, form };
      }
    }
    const start = at++;
    while (at < limit && isIn(glue, bytes[at])) at++;
    if (at - start < leastOther || !/\d/.test(bytes.toString("latin1", start, at))) continue;
    // `Acme("id", "key")`: the first argument of two.
    if (!nextArgument.test(bytes.toString("latin1", at, at + 8)) || others++ > 0) return undefined;
  }
  return undefined;
}

/** The end of a name whose first characters end at `from`. */
export function gluedEnd(bytes: Uint8Array, from: number, limit: number): number {
  let end = from;
  while (end < limit && isIn(glue, bytes[end])) end++;
  return end;
}

/** Space, quotes, brackets and the signs of assignment; no path, host or part of a longer word. */
function opensValue(before: number | undefined): boolean {
  return before === undefined || " \t\r\n\"'`=:>(,[{|&?@".includes(String.fromCharCode(before));
}

function closesValue(bytes: Buffer, end: number): boolean {
  const after = bytes[end];
  if (after === undefined || !isIn(glue, after)) return after !== 0x28 && after !== 0x2b && after !== 0x2f;
  return after === 0x2e && !isIn(word, bytes[end + 1]);
}

/** Random text may be without so many digits; then its cases change as no camelCase name's do. */
export function looksDrawn(bytes: Uint8Array, start: number, end: number, leastDigits = 1): boolean {
  let changes = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x30 && byte <= 0x39 && ++digits >= leastDigits) return true;
    // The bit that tells the cases of a letter apart.
    if (at > start && isIn(letters, byte) && isIn(letters, bytes[at - 1]) && ((byte ^ bytes[at - 1]!) & 0x20) !== 0)
      changes++;
  }
  return changes >= Math.max(3, (end - start) / 3);
}
