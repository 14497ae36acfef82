/**
 * Finds a provider's token that stands beside the provider's word without a sign between: `acme 4f…`, the word on one line
 * and the value on the next, a comment above a variable of any name. Nothing but the form speaks for it there, so the
 * forms of hashes and UUIDs, which stand beside all words, count only where a key or token is spoken of.
 */
import { alphabetTable } from "./alphabets.ts";
import { closesValue, isHash, looksDrawn, namedReach, opensValue, otherThings } from "./find-named.ts";
import { matchParts } from "./match-parts.ts";
import { mayBe } from "./path-facts.ts";
import type { Part } from "./secret-rule.ts";
import { type Hit, isIn, noProposal, type Proposal, type View } from "./view.ts";

/** What may stand before a word that begins its line; rule-reach.ts knows it. */
export const wordIndent = 16;

/** Below what a sign between them gives. */
const besideScore = 64;

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

const word = alphabetTable("word");
const glue = alphabetTable("dotted");
const signs = alphabetTable("base64Any");

export function besideProposal(parts: readonly Part[], mixed: boolean, view: View, hit: Hit): Proposal {
  const { bytes } = view;
  let nameEnd = hit.end;
  const limit = Math.min(bytes.length, hit.end + namedReach);
  while (nameEnd < limit && isIn(glue, bytes[nameEnd])) nameEnd++;
  const span = firstValue(bytes, nameEnd, limit, parts);
  if (span === undefined) return noProposal;
  const [start, end] = span;
  const value = bytes.toString("latin1", start, end);
  if (!looksDrawn(bytes, start, end) || !/[A-Za-z]/.test(value)) return noProposal;
  if (mixed && !/[a-z][A-Z]|[A-Z][a-z]/.test(value)) return noProposal;
  const name = bytes.toString("latin1", hit.end, nameEnd).toLowerCase();
  const between = bytes.toString("latin1", nameEnd, start);
  if (!belongs(name, between, value, { view, hit, end })) return noProposal;
  return {
    candidates: [{ start, end, score: besideScore, signals: ["the provider's word stands beside it"] }],
    skipTo: end,
  };
}

/** The first run behind the name that has the form; another value before it ends the search. */
function firstValue(
  bytes: Buffer,
  from: number,
  limit: number,
  parts: readonly Part[],
): readonly [number, number] | undefined {
  let at = from;
  while (at < limit) {
    if (!isIn(signs, bytes[at]) && !isIn(word, bytes[at])) {
      at++;
      continue;
    }
    const end = opensValue(bytes[at - 1]) ? matchParts(bytes, at, parts)?.at(-1) : undefined;
    if (end !== undefined && closesValue(bytes, end)) return [at, end];
    const start = at++;
    while (at < limit && isIn(glue, bytes[at])) at++;
    if (at - start >= 16 && /\d/.test(bytes.toString("latin1", start, at))) return undefined;
  }
  return undefined;
}

interface Place {
  readonly view: View;
  readonly hit: Hit;
  readonly end: number;
}

function belongs(name: string, between: string, value: string, { view, hit, end }: Place): boolean {
  if (otherThings.test(name)) return false;
  const isCommon = isHash(value) || isUuid(value);
  if (besideWord.test(between)) {
    // `acme-box`, `acme.site`: a longer name is that of something else.
    if (spokenOf.test(name)) return !isCommon || !between.includes("\n");
    return name === "" && (!isCommon || isListed(view, hit, end));
  }
  if (assigned.test(between) || inElement.test(between)) return true;
  if (optionBehind.test(between)) return spokenOf.test(name);
  if (saidWith.test(between)) return !isCommon;
  const above = lineAbove.exec(between);
  if (above === null) return false;
  const [, rest = "", variable = ""] = above;
  const line = `${name} ${rest}`.toLowerCase();
  if (otherThings.test(variable.toLowerCase()) || otherThings.test(rest.toLowerCase().trim())) return false;
  return !isCommon || spokenOf.test(line);
}

/** In notes and settings, nothing but the word and the value in a line, or in two: there people keep their keys. */
function isListed({ bytes, facts }: View, { start }: Hit, end: number): boolean {
  if (!mayBe(facts, "text", "config")) return false;
  const before = bytes.toString("latin1", Math.max(0, start - wordIndent), start);
  const after = bytes[end];
  const endsLine = after === undefined || after === 0x0a || after === 0x0d || after === 0x60;
  return endsLine && (start <= wordIndent ? /(?:^|\n)[ \t*#`-]*$/ : /\n[ \t*#`-]*$/).test(before);
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}
