/**
 * Finds a provider's token that stands beside the provider's word without a sign between: `acme 4f…`, the word on one line
 * and the value on the next, a comment above a variable of any name. Nothing but the form speaks for it there, so the
 * forms of hashes and UUIDs, which stand beside all words, count only where a key or token is spoken of.
 */

import { otherThings } from "../judgement/other-things.ts";
import { mayBe } from "../paths/path-facts.ts";
import { isHash, isUuid } from "../text/value-forms.ts";
import type { Hit, View } from "../text/view.ts";

/** A value of the form, the first behind a provider's word. */
export interface NamedValue {
  readonly view: View;
  /** The word, with what is joined to it. */
  readonly word: Hit;
  /** Where the name ends that the word is part of. */
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** What may stand before a word that begins its line, or in an address before it; rule-reach.ts knows it. */
export const wordIndent = 24;

/** White space, at most two line ends, and what opens a value; the word itself may stand in quotes or brackets. */
const besideWord = /^["'`\])*]{0,3}[ \t]*(?:\r?\n[ \t]*){0,2}["'`([<]{0,3}$/;

/** The rest of a line with the word, and a variable or setting of any name on the next. */
const lineAbove =
  /^([^\n]{0,48})\r?\n[ \t]*(?:(?:export|const|let|var|val|final|static|private|public|readonly|my|auto|def|set|string)[ \t]+){0,4}\$?([a-z_]\w{0,23})(?:[ \t]*:[ \t]*\w{1,12})?[ \t]*(?::?=|:|=>)[ \t]*["'`]?$/i;

/** `name: -4f…`: the value begins with a sign of its alphabet. */
const assigned = /^[\w.-]*["'`\])]{0,2}[ \t]*[:=]{1,2}>?[ \t]*["'`]?$/;

/** `acme: signing in with 4f…`. */
const saidWith = /^[^\n]{1,40}[ \t](?:with|using|via)[ \t]["'`]?$/;

/** `set ACME_TOKEN --body 4f…`. */
const optionBehind = /^["'`]?[ \t]+--?[a-z][\w-]{0,20}[ =]["'`]?$/i;

/** `<secret>{… 4f…`: the element says what it holds, whatever stands before the value. */
const inElement = /<(?:secret|token|key|password|api-?key)>[^<\n]{0,16}$/i;

const spokenOf = /key|token|secret|credential|password|auth/;

export function isBeside(found: NamedValue): boolean {
  const { view, word, nameEnd, start, end, value } = found;
  const name = view.bytes.toString("latin1", word.end, nameEnd).toLowerCase();
  if (otherThings.test(name)) return false;
  const between = view.bytes.toString("latin1", nameEnd, start);
  const isCommon = isHash(value) || isUuid(value);
  if (besideWord.test(between)) {
    // `acme-box`, `acme.site`: a longer name is that of something else.
    if (spokenOf.test(name)) return !isCommon || !between.includes("\n");
    return name === "" && (!isCommon || isListed(view, word, end) || isAlone(found, between));
  }
  if (assigned.test(between) || inElement.test(between)) return true;
  if (optionBehind.test(between)) return spokenOf.test(name);
  if (saidWith.test(between)) return !isCommon || spokenOf.test(between);
  const above = lineAbove.exec(between);
  if (above === null) return false;
  const [, rest = "", variable = ""] = above;
  const line = `${name} ${rest}`.toLowerCase();
  if (otherThings.test(variable.toLowerCase()) || otherThings.test(rest.toLowerCase().trim())) return false;
  return !isCommon || spokenOf.test(line);
}

/** `[{acme 4f…}]`, as programs print a pair; `acme "4f…"`, `acme [4f…]`. Commits stand in brackets, too, and have 40 digits. */
function isAlone({ view: { bytes }, word, end, value }: NamedValue, between: string): boolean {
  const before = String.fromCharCode(bytes[word.start - 1] ?? 0x20);
  if (before === "{" && bytes[end] === 0x7d) return true;
  if (/[\w./@-]/.test(before)) return false;
  return /^ {0,2}["']$/.test(between) || (/^ {0,2}\[$/.test(between) && value.length !== 40);
}

/** In notes and settings, nothing but the word and the value in a line, or in two: there people keep their keys. */
function isListed({ bytes, facts }: View, { start }: Hit, end: number): boolean {
  if (!mayBe(facts, "text", "config")) return false;
  const before = bytes.toString("latin1", Math.max(0, start - wordIndent), start);
  const after = bytes[end];
  const endsLine = after === undefined || after === 0x0a || after === 0x0d || after === 0x60;
  return endsLine && (start <= wordIndent ? /(?:^|\n)[ \t*#`-]*$/ : /\n[ \t*#`-]*$/).test(before);
}
