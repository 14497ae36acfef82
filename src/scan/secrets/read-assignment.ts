/**
 * Reads `name = value` around a keyword, in the ways that languages and configuration files write it. Every step goes
 * forward within fixed limits. In code only literals in quotes are values; in configuration bare words are, too.
 */
import { alphabetTable } from "./alphabets.ts";
import { textAt } from "./match-parts.ts";
import { nestedValueStart } from "./nested-value.ts";
import { type Hit, isIn, type View } from "./view.ts";

export interface Assignment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly syntax: "assignment" | "pair" | "element" | "flag" | "call" | "argument";
}

const longestName = 48;
const longestValue = 512;
const word = alphabetTable("word");
const dash = 0x2d;
const quotes = new Set([0x22, 0x27, 0x60]);

export function readAssignment(view: View, hit: Hit): Assignment | undefined {
  const { bytes } = view;
  const nameStart = boundary(bytes, hit.start, -1);
  const nameEnd = boundary(bytes, hit.end, 1);
  const name = () => bytes.toString("latin1", nameStart, nameEnd);
  const found =
    elementValue(view, nameStart, nameEnd) ??
    pairValue(view, nameEnd) ??
    nestedValue(view, nameEnd) ??
    operatorValue(view, nameStart, nameEnd);
  return found === undefined ? undefined : { ...found, name: name() };
}

type Value = Omit<Assignment, "name">;

/** Walks over word characters and inner dashes. */
function boundary(bytes: Buffer, from: number, step: 1 | -1): number {
  let at = from;
  for (let count = 0; count < longestName; count++) {
    const next = bytes[step === 1 ? at : at - 1];
    if (!isIn(word, next) && next !== dash) break;
    at += step;
  }
  while (step === -1 && at < from && bytes[at] === dash) at++;
  return at;
}

/** `<password>value</password>`, `<Password><Value>value</Value>` */
function elementValue(view: View, nameStart: number, nameEnd: number): Value | undefined {
  const { bytes } = view;
  if (bytes[nameEnd] !== 0x3e || bytes[nameStart - 1] !== 0x3c) return undefined;
  const inner = /^>\s{0,40}<Value>/i.exec(bytes.toString("latin1", nameEnd, nameEnd + 60));
  const start = nameEnd + (inner?.[0].length ?? 1);
  const found = bytes.subarray(start, start + longestValue).indexOf(0x3c);
  const end = start + found;
  if (found < 0 || bytes[end + 1] !== 0x2f) return undefined;
  return { start, end, quoted: true, syntax: "element" };
}

function nestedValue(view: View, nameEnd: number): Value | undefined {
  const start = nestedValueStart(view, nameEnd);
  return start === undefined ? undefined : literalAt(view, start, "pair");
}

/** `name: X_PASSWORD` with `value: v` after it, `key="password" value="v"`, `{"name": "PASSWORD", "value": "v"}`. */
function pairValue(view: View, nameEnd: number): Value | undefined {
  const { bytes } = view;
  let at = nameEnd;
  if (quotes.has(bytes[at] ?? 0)) at++;
  const afterName = at;
  while (at < afterName + 60 && isSeparator(bytes[at])) at++;
  if (at === afterName) return undefined;
  if (quotes.has(bytes[at] ?? 0)) at++;
  if (!textAt(bytes, at, "value", true)) return undefined;
  at += 5;
  if (quotes.has(bytes[at] ?? 0)) at++;
  at = skipSpaces(bytes, at);
  if (bytes[at] !== 0x3a && bytes[at] !== 0x3d) return undefined;
  return literalAt(view, skipSpaces(bytes, at + 1), "pair");
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x2c;
}

function skipSpaces(bytes: Buffer, from: number): number {
  let at = from;
  while (at < from + 40 && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}

function operatorValue(view: View, nameStart: number, nameEnd: number): Value | undefined {
  const { bytes } = view;
  let at = nameEnd;
  let closed = false;
  if (bytes[at] === 0x5c && quotes.has(bytes[at + 1] ?? 0)) {
    at += 2;
    closed = true;
  } else if (quotes.has(bytes[at] ?? 0)) {
    at++;
    closed = true;
  }
  if (bytes[at] === 0x5d) at++;
  const isFlag = bytes[nameStart - 1] === dash;
  const afterName = at;
  at = skipSpaces(bytes, at);
  if (bytes[at] === 0x28 && !closed) return literalAt(view, at + 1, "call");
  // Only `("password", "v")`: in a list of names the next name is no value.
  if (bytes[at] === 0x2c && closed && bytes[nameStart - 2] === 0x28)
    return literalAt(view, skipSpaces(bytes, at + 1), "argument");
  const afterOperator = skipOperator(bytes, at);
  if (afterOperator === undefined) {
    // Bicep and Go: `param password string = 'v'`.
    const typed = at > afterName ? skipTypeAnnotation(bytes, at) : at;
    if (typed !== at) return literalAt(view, typed, "assignment");
    const separated = isFlag || /^(env|dockerfile)$/.test(view.facts.format) || isDirective(view, nameStart, nameEnd);
    return separated && at > afterName ? literalAt(view, at, "flag") : undefined;
  }
  // `"PWD=" + folder`: the quote behind the sign ends the text that began before the name.
  if (!closed && quotes.has(bytes[afterOperator] ?? 0) && bytes[nameStart - 1] === bytes[afterOperator])
    return undefined;
  at = skipSpaces(bytes, afterOperator);
  at = skipTypeAnnotation(bytes, at);
  if (view.facts.kind === "text" && !quotes.has(bytes[at] ?? 0) && isEnvironmentLine(view, nameStart, at)) {
    return bareValue(view, at, "assignment");
  }
  return literalAt(view, at, isFlag ? "flag" : "assignment");
}

/** Redis' configuration writes names and values side by side. */
function isDirective({ bytes, facts }: View, nameStart: number, nameEnd: number): boolean {
  return facts.format === "ini" && /^(requirepass|masterauth)$/.test(bytes.toString("latin1", nameStart, nameEnd));
}

/** `=`, `:`, `:=`, `=>`, `==`, `===`, `?=`, `||=`, `+=` ... : at most three characters, one of them `=` or `:`. */
function skipOperator(bytes: Buffer, from: number): number | undefined {
  let at = from;
  let seen = false;
  while (at < from + 3) {
    const byte = bytes[at];
    if (byte === 0x3d || byte === 0x3a) seen = true;
    else if (byte !== 0x3e && byte !== 0x3f && byte !== 0x7c && byte !== 0x2b && byte !== 0x21) break;
    at++;
  }
  return seen ? at : undefined;
}

/** `: string = "v"`, `: Optional[str] = "v"`: a type and `=` between name and literal. */
function skipTypeAnnotation(bytes: Buffer, from: number): number {
  if (!isIn(alphabetTable("letters"), bytes[from])) return from;
  let at = from;
  while (at < from + 32 && (isIn(word, bytes[at]) || isTypeMark(bytes[at]))) at++;
  at = skipSpaces(bytes, at);
  if (bytes[at] !== 0x3d || bytes[at + 1] === 0x3d) return from;
  const next = skipSpaces(bytes, at + 1);
  return quotes.has(bytes[next] ?? 0) ? next : from;
}

function isTypeMark(byte: number | undefined): boolean {
  return byte === 0x5b || byte === 0x5d || byte === 0x3f || byte === 0x3c || byte === 0x3e || byte === 0x2e;
}

function literalAt(view: View, from: number, syntax: Value["syntax"]): Value | undefined {
  const { bytes } = view;
  let at = from;
  for (let index = 0; index < 2 && isStringPrefix(bytes[at]) && !quotes.has(bytes[at] ?? 0); index++) {
    if (!quotes.has(bytes[at + 1] ?? 0) && !quotes.has(bytes[at + 2] ?? 0)) break;
    at++;
  }
  const escaped = bytes[at] === 0x5c;
  const quote = bytes[escaped ? at + 1 : at];
  if (quote !== undefined && quotes.has(quote))
    return quotedValue(bytes, at + (escaped ? 2 : 1), quote, escaped, syntax);
  return takesBareValues(view, syntax) ? bareValue(view, from, syntax) : undefined;
}

/** r"", b"", f"", u"", L"", @"", $"" */
function isStringPrefix(byte: number | undefined): boolean {
  return byte !== undefined && "rRbBfFuUL@$".includes(String.fromCharCode(byte));
}

function quotedValue(
  bytes: Buffer,
  from: number,
  quote: number,
  escaped: boolean,
  syntax: Value["syntax"],
): Value | undefined {
  let start = from;
  if (bytes[start] === quote && bytes[start + 1] === quote) start += 2;
  const most = Math.min(bytes.length, start + longestValue);
  for (let at = start; at < most; at++) {
    const byte = bytes[at];
    if (byte === 0x0a) return undefined;
    if (escaped && byte === 0x5c && bytes[at + 1] === quote) return { start, end: at, quoted: true, syntax };
    if (byte === 0x5c) at++;
    else if (byte === quote) return escaped ? undefined : { start, end: at, quoted: true, syntax };
  }
  return undefined;
}

function takesBareValues(view: View, syntax: Value["syntax"]): boolean {
  const { kind, format } = view.facts;
  if (syntax === "call" || syntax === "argument") return false;
  if (syntax === "flag") return kind !== "text";
  if (kind === "config") return !/^(json|hcl|toml|xml|nuget|maven)$/.test(format);
  return format === "shell";
}

/** `DB_PASSWORD=v` alone in a line of a document: an environment file quoted in it. */
function isEnvironmentLine({ bytes }: View, nameStart: number, valueStart: number): boolean {
  const before = bytes.toString("latin1", Math.max(0, nameStart - 12), nameStart);
  return (
    /(^|\n)[ \t]*(export |set |ENV |\$ )?$/.test(before) &&
    /^[A-Z][A-Z0-9_]*=$/.test(bytes.toString("latin1", nameStart, valueStart))
  );
}

/** Up to the white space that ends it; a value with more words behind it is prose and no value. */
function bareValue(view: View, start: number, syntax: Value["syntax"]): Value | undefined {
  const { bytes } = view;
  const most = Math.min(bytes.length, start + longestValue);
  let end = start;
  while (end < most && bytes[end]! > 0x20 && !quotes.has(bytes[end]!)) end++;
  if (end - start >= longestValue) return undefined;
  while (end > start && (bytes[end - 1] === 0x2c || bytes[end - 1] === 0x3b)) end--;
  if (end === start) return undefined;
  if (syntax === "flag" || view.facts.format === "dockerfile" || view.facts.format === "shell") {
    return { start, end, quoted: false, syntax };
  }
  const rest = skipSpaces(bytes, end);
  const next = bytes[rest];
  const ends = next === undefined || next === 0x0a || next === 0x0d || next === 0x23 || next === 0x2c || next === 0x3b;
  return ends ? { start, end, quoted: false, syntax } : undefined;
}
