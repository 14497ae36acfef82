/**
 * Reads `name = value` around a keyword, in the ways that languages and configuration files write it. Every step goes
 * forward within fixed limits. Whether a bare word is a value or code is left to whoever asks: `lexical` says where it stands.
 */

import { mayBe } from "../paths/path-facts.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { placeBetween, rememberedPlace } from "../text/remembered.ts";
import { type Hit, isEscapeLetter, isIn, type View } from "../text/view.ts";
import { longestBreak, longestDirective, longestName, longestPath } from "./limits.ts";
import {
  fieldText,
  isEntry,
  isFirstArgument,
  isHandedOver,
  isSaid,
  mayAssign,
  mayBeginLine,
  type NamePlace,
  pairSign,
} from "./may-assign.ts";
import { isPlaceWord } from "./name-words.ts";
import { nestedValueStart } from "./nested-value.ts";
import { pairedLiteral } from "./paired-literal.ts";
import {
  appendedLiteral,
  callLiteral,
  comparedArgument,
  expansionDefault,
  fallbackLiteral,
  withoutInnerQuotes,
} from "./read-argument.ts";
import { elementValue } from "./read-element.ts";
import {
  blockLiteral,
  expressionLiteral,
  isBlank,
  isQuote,
  type LexicalContext,
  type Literal,
  literalAt,
  quotedAt,
  type Surroundings,
  skipSpaces,
  surroundingsOf,
} from "./read-literal.ts";
import { accessors, skipOperator, skipTypeAnnotation } from "./read-operator.ts";

export interface Assignment extends Literal {
  readonly name: string;
  /** Where the name stands: within a string and within a comment values end earlier and need no quotes. */
  readonly lexical: LexicalContext;
  readonly syntax:
    | "assignment"
    | "pair"
    | "element"
    | "flag"
    | "call"
    | "argument"
    | "entry"
    | "comparison"
    | "default"
    | "separated";
}

const word = alphabetTable("word");
const dash = 0x2d;

/** A name with the path before it (`spring.datasource.`), and where it stands. */
interface Name {
  readonly start: number;
  readonly end: number;
  /** Start of the dotted path that ends in the name. */
  readonly pathStart: number;
  /** Most names have no value: their line is only looked at where one may stand. */
  readonly around: () => Surroundings;
}

type Value = Literal & { readonly syntax: Assignment["syntax"] };

/** The name that a keyword is part of. */
export function placeOfName(bytes: Buffer, hit: Hit): NamePlace {
  const start = nameStartBefore(bytes, hit.start);
  return { start, end: nameEndAfter(bytes, hit.end), pathStart: pathStartBefore(bytes, start) };
}

/** Undefined where nothing is assigned to it. */
export function assignedName({ bytes }: View, hit: Hit): string | undefined {
  const place = placeOfName(bytes, hit);
  return mayAssign(bytes, place) ? bytes.toString("latin1", place.start, place.end) : undefined;
}

const assignments = rememberedPlace<Assignment | undefined>();

export function readAssignment(view: View, hit: Hit): Assignment | undefined {
  const start = nameStartBefore(view.bytes, hit.start);
  const end = nameEndAfter(view.bytes, hit.end);
  return assignments(view, placeBetween(start, end), () => assignmentAt(view, start, end));
}

function assignmentAt(view: View, start: number, end: number): Assignment | undefined {
  const { bytes } = view;
  const pathStart = pathStartBefore(bytes, start);
  if (!mayAssign(bytes, { start, end, pathStart })) return undefined;
  const name = nameAt(view, start, end, pathStart);
  const found =
    withSyntax(elementValue(bytes, pathStart, end), "element") ??
    pairValue(view, name) ??
    nestedValue(view, name) ??
    operatorValue(view, name);
  return found === undefined || found.end <= found.start
    ? undefined
    : { ...found, name: bytes.toString("latin1", start, end), lexical: name.around().lexical };
}

function nameAt(view: View, start: number, end: number, pathStart: number): Name {
  let known: Surroundings | undefined;
  return { start, end, pathStart, around: () => (known ??= surroundingsOf(view, pathStart, end)) };
}

function withSyntax(literal: Literal | undefined, syntax: Value["syntax"]): Value | undefined {
  return literal === undefined ? undefined : { ...literal, syntax };
}

/** Walks over word characters and inner dashes. */
export function nameStartBefore(bytes: Buffer, from: number): number {
  let at = from;
  const least = Math.max(0, from - longestName);
  while (at > least && (isIn(word, bytes[at - 1]) || bytes[at - 1] === dash)) at--;
  while (at < from && bytes[at] === dash) at++;
  // The letter of an escaped line's end or tab is none of the name: `\nX-Api-Key: v`.
  return at < from && bytes[at - 1] === 0x5c && isEscapeLetter(bytes[at]) ? at + 1 : at;
}

export function nameEndAfter(bytes: Buffer, from: number): number {
  let at = from;
  // A dash before `>` or a quote is an arrow or an option's end, and none of the name.
  while (at < from + longestName && (isIn(word, bytes[at]) || (bytes[at] === dash && isIn(word, bytes[at + 1])))) at++;
  return bytes[at] === 0x2e ? placeEnd(bytes, at) : at;
}

const longestPlace = 16;

/** `db.password.prod=`, `token.2: `: what it is for goes on with the name in settings; elsewhere the name ends at its dot. */
function placeEnd(bytes: Buffer, dot: number): number {
  let at = dot + 1;
  while (at < dot + longestPlace && isIn(word, bytes[at])) at++;
  const sign = bytes[skipSpaces(bytes, at)];
  if (at === dot + 1 || (sign !== 0x3d && sign !== 0x3a)) return dot;
  return isPlaceWord(bytes.toString("latin1", dot + 1, at).toLowerCase()) ? at : dot;
}

export function pathStartBefore(bytes: Buffer, from: number): number {
  let at = from;
  const least = Math.max(0, from - longestPath);
  while (at > least && (isIn(word, bytes[at - 1]) || isPathMark(bytes[at - 1]))) at--;
  return at;
}

/** `.`, `:`, `/`, `-`, `@` between the parts of a path of names. */
export function isPathMark(byte: number | undefined): boolean {
  return byte === 0x2e || byte === 0x3a || byte === 0x2f || byte === dash || byte === 0x40;
}

function nestedValue(view: View, name: Name): Value | undefined {
  const start = nestedValueStart(view, name.end);
  return start === undefined
    ? undefined
    : withSyntax(literalAt(view, start, { lexical: name.around().lexical, bare: true }), "pair");
}

/** `name: X_PASSWORD` with `value: v` after it, `key="password" value="v"`, `{"name": "PASSWORD", "value": "v"}`. */
function pairValue(view: View, name: Name): Value | undefined {
  const sign = pairSign(view.bytes, name.end);
  if (sign === undefined) return undefined;
  return withSyntax(
    literalAt(view, skipSpaces(view.bytes, sign + 1), { lexical: name.around().lexical, bare: true }),
    "pair",
  );
}

function operatorValue(view: View, name: Name): Value | undefined {
  const { bytes } = view;
  let at = name.end;
  let closed = false;
  if (bytes[at] === 0x5c && isQuote(bytes[at + 1])) {
    at += 2;
    closed = true;
  } else if (isQuote(bytes[at])) {
    at++;
    closed = true;
  }
  const isFlag = bytes[name.start - 1] === dash;
  // `fill('input[name="password"]', 'v')`
  if (closed && bytes[at] === 0x5d && isQuote(bytes[at + 1]) && isHandedOver(bytes, name.pathStart)) at += 2;
  if (closed && bytes[skipSpaces(bytes, at)] === 0x2c) {
    // `("password", "v")`, `["--password", "v"]`: in a list of names the next name is no value.
    if (!isFirstArgument(bytes, name.pathStart) && !isFlag && !isHandedOver(bytes, name.pathStart)) return undefined;
    return argumentBehind(bytes, name, skipSpaces(bytes, at) + 1);
  }
  at += fieldText(bytes, at);
  at = afterIndex(bytes, at);
  const afterName = at;
  at = skipSpaces(bytes, at);
  if (bytes[at] === 0x28 && !closed) return withSyntax(callLiteral(view, name, at + 1), "call");
  if (bytes[at] === 0x2c && !closed) return comparedArgument(bytes, name, at);
  if (bytes[at] === 0x7b && !closed) {
    const inner = skipSpaces(bytes, at + 1);
    if (isQuote(bytes[inner])) return withSyntax(quotedAt(bytes, inner), "assignment");
    at += accessors(bytes, at);
  }
  const expanded = expansionDefault(bytes, name);
  if (expanded !== undefined) return withSyntax(expanded, "default");
  const fallback = fallbackLiteral(bytes, at);
  if (fallback !== undefined) return withSyntax(fallback, "default");
  const operator = skipOperator(bytes, at);
  if (operator === undefined) return closed ? undefined : withoutOperator(view, name, afterName, at, isFlag);
  // `"PWD=" + folder`, `'X-Api-Key: ' . 'v'`: the quote behind the sign ends the text that began before the name.
  const ending = skipSpaces(bytes, operator.end);
  if (!closed && name.around().quote !== "" && bytes[ending] === name.around().quote.charCodeAt(0)) {
    const appended = withSyntax(appendedLiteral(bytes, ending + 1), "assignment");
    // Behind a blank it may as well open the value, if the quotes of a long line were not seen from their beginning.
    if (appended !== undefined || ending === operator.end) return appended;
  }
  const paired = closed ? undefined : pairedLiteral(bytes, name.pathStart, operator.end);
  if (paired !== undefined) return withSyntax(paired || undefined, "assignment");
  const valueAt = pastYamlAnchor(view, ending);
  const typed = skipTypeAnnotation(bytes, valueAt);
  // `"?key=v&page="`: what looks like a type is the value, and a list of an address that goes on.
  at = typed !== valueAt && name.around().lexical === "string" ? valueAt : typed;
  const block = bytes[at] === 0x7c || bytes[at] === 0x3e ? mayBe(view.facts, "yaml", "pipeline") : false;
  const literal = block
    ? blockLiteral(bytes, at)
    : (expressionLiteral(bytes, at) ?? literalAt(view, at, { lexical: name.around().lexical, bare: true }));
  return withSyntax(literal, isFlag ? "flag" : operator.compares ? "comparison" : "assignment");
}

/** What stands behind the comma: `("password", "v")`, `("--password", default="v")`. */
function argumentBehind(bytes: Buffer, { pathStart }: Name, from: number): Value | undefined {
  const next = afterBreaks(bytes, from);
  const named = /^[^"'`()\n]{0,60}\b(?:default ?= ?|with: ?)/.exec(bytes.toString("latin1", next, next + 80));
  const literal = withoutInnerQuotes(bytes, quotedAt(bytes, next + (named?.[0].length ?? 0)));
  return withSyntax(literal, named !== null || isEntry(bytes, pathStart) ? "entry" : "argument");
}

/** `]`, `[32]`, `[]`, `)` and Perl's `}` behind a name: places in tables, arrays, look-ups with a default. */
function afterIndex(bytes: Buffer, from: number): number {
  if (bytes[from] !== 0x5b && bytes[from] !== 0x5d && bytes[from] !== 0x29 && bytes[from] !== 0x7d) return from;
  const text = /^(\[\d{0,4}\]|\]|\)|\}(?=\s{0,4}(?:=|\|\|=|eq)\s{0,4}["']))*/.exec(
    bytes.toString("latin1", from, from + 12),
  );
  return from + (text?.[0].length ?? 0);
}

/** `&name ` before a value of YAML: what others refer to it by. */
function pastYamlAnchor({ bytes, facts }: View, at: number): number {
  if (bytes[at] !== 0x26 || !mayBe(facts, "yaml", "pipeline")) return at;
  return at + (/^&[\w-]{1,40}[ \t]{1,4}(?=\S)/.exec(bytes.toString("latin1", at, at + 48))?.[0].length ?? 0);
}

function afterBreaks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < from + longestBreak && isBlank(bytes[at])) at++;
  return at;
}

/** Names and values side by side: command lines, Dockerfiles, directives, SQL, `#define`. */
function withoutOperator(view: View, name: Name, afterName: number, at: number, isFlag: boolean): Value | undefined {
  const { bytes, facts } = view;
  if (at === afterName) return undefined;
  if (isSaid(bytes, at) && mayBe(facts, "text", "plain"))
    return withSyntax(quotedAt(bytes, skipSpaces(bytes, at + 3)), "separated");
  const typed = skipTypeAnnotation(bytes, at);
  if (typed !== at) return withSyntax(quotedAt(bytes, typed), "assignment");
  // Within a text only quotes of another kind open one: `"CREATE USER shop WITH PASSWORD 'v'"`.
  if (isQuote(bytes[at]) && (name.around().lexical !== "string" || isOtherQuote(bytes[at], name.around().quote))) {
    return withSyntax(quotedAt(bytes, at), "separated");
  }
  // `#define PASSWORD @"v"`
  if (bytes[at] === 0x40 && isQuote(bytes[at + 1])) return withSyntax(quotedAt(bytes, at), "separated");
  const bare = isFlag || (mayBe(facts, "env", "dockerfile", "ini") && isLineStart(bytes, name.pathStart));
  return bare
    ? withSyntax(literalAt(view, at, { lexical: name.around().lexical, bare: true }), isFlag ? "flag" : "separated")
    : undefined;
}

function isOtherQuote(byte: number | undefined, quote: string): boolean {
  return quote !== "" && byte !== quote.charCodeAt(0) && byte !== 0x60;
}

/** Nothing but white space, `ENV`, `ARG` or `export` before it in its line. */
function isLineStart(bytes: Buffer, start: number): boolean {
  if (!mayBeginLine(bytes, start)) return false;
  return /(^|\n)[ \t]*((ENV|env|ARG|export|set|machine \S+ login \S+|login \S+)[ \t]+)?$/.test(
    bytes.toString("latin1", Math.max(0, start - longestDirective), start),
  );
}
