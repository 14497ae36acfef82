/**
 * Tells from the bytes around a name that nothing is assigned to it there: `token.id`, `key)`, `tokens;`. Most names in
 * code end here, before any text is built. It never says no where `readAssignment` finds a value. Of anchors it is asked in
 * WebAssembly first (prefilter.wat, which follows it step by step).
 */
import { alphabetTable, tableOf } from "../text/alphabets.ts";
import { textAt } from "../text/match-parts.ts";
import { longestBreak, longestCall, longestDirective, longestIndex, longestNested, longestType } from "./limits.ts";
import { isQuote, isStringPrefix, longestWrapper, skipSpaces } from "./read-literal.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const spaces = tableOf(" \t\n\v\f\r\xa0");
/** Signs of assignment, and how `or`, `.equals` and the end of a tag begin; `isOperator` looks further. */
const operators = tableOf("=:>?|+!<oO.");
const typeBegins = tableOf(`_&*['${letters}`);
const typeHolds = tableOf(`_&*['].<>?| \t0123456789${letters}`);
const literalBegins = tableOf("\"'`\\rRbBfFuUlLN@$S");
/** What readAssignment goes on with behind a dot: equals, eql, compareTo, send_keys, set, fill, type. */
const methodBegins = pairsOf("eq co se fi ty");
/** Of the lines between a name and its nested value: type, display name, description, is secret, read-only, prompt, no echo, sensitive, value, default, parameter value. */
const nestedLines = tableOf("tTdDiIrRvVpPnNsS");
const nestedBegins = pairsOf("ty di de is re va pa pr no se");
/** Of what may stand before a name in a line of directives: ENV, ARG, export, set, machine, login. */
const directives = tableOf("EAesml");
const directiveBegins = pairsOf("en ar ex se ma lo");

const indexes = tableOf("[])}0123456789");

const word = alphabetTable("word");
const fieldTexts = [".text", ".value"] as const;
const pairTexts = ["value", "defaultvalue", "default", "parametervalue"] as const;

function pairsOf(words: string): ReadonlySet<number> {
  return new Set(words.split(" ").map((word) => pairAt(Buffer.from(word), 0)));
}

/** Two letters, in lower case. */
function pairAt(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) | 0x20) * 256 + ((bytes[at + 1] ?? 0) | 0x20);
}

/** By byte, for the prefilter: which of these it is, one bit each. */
export function besideNames(): Uint8Array {
  const classes = [operators, spaces, indexes, typeBegins, typeHolds, literalBegins, nestedLines, directives];
  return new Uint8Array(256).map((_, byte) => classes.reduce((bits, table, bit) => bits | (table[byte]! << bit), 0));
}

export interface NamePlace {
  readonly start: number;
  readonly end: number;
  /** Start of the dotted path that ends in the name. */
  readonly pathStart: number;
}

export function mayAssign(bytes: Buffer, { start, end, pathStart }: NamePlace): boolean {
  const next = bytes[end];
  if (next === undefined) return false;
  const isFlag = bytes[start - 1] === 0x2d;
  if (isQuote(next) || next === 0x5c) return mayAssignQuoted(bytes, end, pathStart, isFlag);
  // `<password type="x">`
  if (bytes[pathStart - 1] === 0x3c && spaces[next] === 1) return true;
  if (next === 0x2e) return isMethod(bytes, end) || bytes[end + 1] === 0x3d || fieldText(bytes, end) > 0;
  const afterIndex = pastIndex(bytes, end);
  const at = skipSpaces(bytes, afterIndex);
  const byte = bytes[at];
  if (byte === undefined) return false;
  if (operators[byte] === 1 && isOperator(bytes, at)) return true;
  if (byte === 0x28) return mayHoldLiteral(bytes, skipSpaces(bytes, at + 1));
  if (byte === 0x2c && mayBeCompared(bytes, pathStart) && beginsLiteral(bytes, skipSpaces(bytes, at + 1))) return true;
  if (pairSign(bytes, end) !== undefined || mayBeNested(bytes, end)) return true;
  if (at === afterIndex || (isBreak(byte) && !isQuote(bytes[pastBreak(bytes, at)]))) return false;
  if (byte === 0x40 && isQuote(bytes[at + 1])) return true;
  return isFlag || isQuote(byte) || isSaid(bytes, at) || mayBeTyped(bytes, at) || mayBeginLine(bytes, pathStart);
}

function mayAssignQuoted(bytes: Buffer, end: number, pathStart: number, isFlag: boolean): boolean {
  const quote = bytes[end];
  if (quote === 0x5c && !isQuote(bytes[end + 1])) return false;
  // `<string name="password">v</string>`
  if (bytes[pathStart - 1] === quote && bytes[pathStart - 2] === 0x3d) return true;
  const at = skipSpaces(bytes, pastIndex(bytes, end + (quote === 0x5c ? 2 : 1)));
  const byte = bytes[at];
  if (byte === undefined) return false;
  if (operators[byte] === 1 && isOperator(bytes, at)) return true;
  if (byte === 0x2c && (isFlag || isFirstArgument(bytes, pathStart) || mayBeHandedOver(bytes, at, pathStart)))
    return true;
  // `fill('input[name="password"]', 'v')`
  if (bytes[end + 1] === 0x5d && isQuote(bytes[end + 2]) && isHandedOver(bytes, pathStart)) return true;
  return pairSign(bytes, end) !== undefined || mayBeNested(bytes, end);
}

/** `define("`, `define( "` before a name in quotes; but not what WordPress translates by: `__("`, `esc_html_e("`, `_x("`. */
export function isFirstArgument(bytes: Buffer, pathStart: number): boolean {
  const at = bytes[pathStart - 2] === 0x20 ? pathStart - 3 : pathStart - 2;
  if (bytes[at] !== 0x28) return false;
  const last = bytes[at - 1];
  return last !== 0x5f && !(bytes[at - 2] === 0x5f && (last === 0x65 || last === 0x78));
}

/** `os.getenv("`, `define('`, `params.add("`, `fill('#`: what reads or sets a thing of that name. */
export function isEntry(bytes: Buffer, pathStart: number): boolean {
  const before = bytes.toString("latin1", Math.max(0, pathStart - longestCall), pathStart);
  return (
    /(?:env(?:iron\.get|iron\.setdefault|\.fetch|\.get|iron)?|define|property|\.(?:put|add|append|set))\([ \n]{0,4}["'`]$/i.test(
      before,
    ) || isHandedOver(bytes, pathStart)
  );
}

/** `token.equals(`, `password.compareTo(`, `id("password").sendKeys(` */
function isMethod(bytes: Buffer, dot: number): boolean {
  return methodBegins.has(pairAt(bytes, dot + 1));
}

/** A sign with `=` or `:` in its three characters, or one that a literal follows (`||`, `??`, `or`). */
function isOperator(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  const next = bytes[at + 1];
  if (isAssigned(byte) || byte === 0x3e) return true;
  if (byte === 0x3c) return next === 0x2d || next === 0x2f;
  if (byte === 0x2e) return next === 0x3d || isMethod(bytes, at);
  const literal = skipSpaces(bytes, at + 2);
  if (isLetter(byte, 0x6f)) return isLetter(next, 0x72) && isQuote(bytes[literal]);
  return isAssigned(next) || isAssigned(bytes[at + 2]) || (next === byte && isQuote(bytes[literal]));
}

function isAssigned(byte: number | undefined): boolean {
  return byte === 0x3d || byte === 0x3a;
}

/** A literal, or a call that hands one on: `String::from("v")`. */
function mayHoldLiteral(bytes: Buffer, from: number): boolean {
  if (literalBegins[bytes[from]!] !== 1) return false;
  for (let at = from; at < from + longestWrapper; at++) if (isQuote(bytes[at])) return true;
  return false;
}

/** A quote, escaped or with one or two letters before it. */
function beginsLiteral(bytes: Buffer, from: number): boolean {
  let at = from;
  while (at < from + 2 && isStringPrefix(bytes[at])) at++;
  return isQuote(bytes[at]) || (bytes[at] === 0x5c && isQuote(bytes[at + 1]));
}

function pastIndex(bytes: Buffer, from: number): number {
  let at = from;
  while (at < from + longestIndex && indexes[bytes[at]!] === 1) at++;
  return at;
}

function isBreak(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function pastBreak(bytes: Buffer, from: number): number {
  let at = bytes[from] === 0x0d ? from + 2 : from + 1;
  while (at < from + longestBreak && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}

function isLetter(byte: number | undefined, small: number): boolean {
  return byte === small || byte === small - 0x20;
}

/** `txtPassword.Text`, `password.value`: what somebody typed; the bytes it takes, 0 if there is no such thing. */
export function fieldText(bytes: Buffer, end: number): number {
  if (!isLetter(bytes[end + 1], 0x74) && !isLetter(bytes[end + 1], 0x76)) return 0;
  for (const name of fieldTexts)
    if (textAt(bytes, end, name, true) && word[bytes[end + name.length]!] !== 1) return name.length;
  return 0;
}

/** A literal, or `with:`, behind the comma; then the bytes before the name decide. */
function mayBeHandedOver(bytes: Buffer, comma: number, pathStart: number): boolean {
  const next = bytes[skipSpaces(bytes, comma + 1)];
  if (!isQuote(next) && next !== 0x77) return false;
  const before = bytes[pathStart - 1];
  return (before === 0x23 || isQuote(before)) && isHandedOver(bytes, pathStart);
}

/** Calls and statements that hand a value to the thing whose name or selector stands before it; `(7, 'smtp_password', 'v')` in a dump of settings. */
export function isHandedOver(bytes: Buffer, pathStart: number): boolean {
  const before = bytes.toString("latin1", Math.max(0, pathStart - longestCall), pathStart);
  return /(?:(?:\.|->)(?:type|fill|set_?value|send_?keys|fillField|input)\(\s*["'`]\S{0,30}|\bfill_in[ \t(]+["']|\b(?:buildConfigField|resValue)[ \t(]+["']\w{1,10}["'][ \t]*,[ \t]*["']|(?:[\n,]|\bvalues)[ \t]{0,8}\(\d{1,12},[ \t]?')$/i.test(
    before,
  );
}

/** `password is "v"`: prose. */
export function isSaid(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== 0x69 || bytes[at + 1] !== 0x73) return false;
  return isQuote(bytes[skipSpaces(bytes, bytes[at + 2] === 0x3a ? at + 3 : at + 2)]);
}

/** `strcmp(password, `, `{password, `: a bracket stands before the name. */
function mayBeCompared(bytes: Buffer, pathStart: number): boolean {
  const before = bytes[pathStart - 1];
  return before === 0x28 || before === 0x7b || (before !== undefined && spaces[before] === 1);
}

/** `"type": "text",` between the two of a pair. */
const typeOfPair = /^["']?\s{0,8}[:=]\s{0,8}["'][\w-]{1,20}["']\s{0,8},\s{0,40}["']?(?=value["']?\s{0,8}[:=])/i;

/** Where the sign stands behind separators and `value`, `default` or `defaultValue`; undefined if nothing of the kind follows a name. */
export function pairSign(bytes: Buffer, nameEnd: number): number | undefined {
  const from = isQuote(bytes[nameEnd]) ? nameEnd + 1 : nameEnd;
  let at = from;
  while (at < from + longestBreak && (bytes[at] === 0x2c || spaces[bytes[at]!] === 1)) at++;
  if (at === from) return undefined;
  if (isQuote(bytes[at])) at++;
  if (textAt(bytes, at, "type", true))
    at += 4 + (typeOfPair.exec(bytes.toString("latin1", at + 4, at + 100))?.[0].length ?? 0);
  const said = pairTexts.find((text) => textAt(bytes, at, text, true));
  if (said === undefined) return undefined;
  at += said.length;
  const sign = skipSpaces(bytes, isQuote(bytes[at]) ? at + 1 : at);
  return isAssigned(bytes[sign]) ? sign : undefined;
}

/** A brace behind the name, or indented lines, with a sign before them or without. */
export function mayBeNested(bytes: Buffer, end: number): boolean {
  const most = end + longestNested;
  let at = isQuote(bytes[end]) ? end + 1 : end;
  for (let signs = 0; signs < 2; signs++) {
    let breaks = 0;
    while (at < most && spaces[bytes[at]!] === 1) if (bytes[at++] === 0x0a) breaks++;
    const byte = bytes[at];
    if (byte === 0x7b) return true;
    if (breaks > 0 && nestedLines[byte!] === 1 && nestedBegins.has(pairAt(bytes, at))) return true;
    if (byte !== 0x3a && byte !== 0x3d) return false;
    at++;
  }
  return false;
}

/** A type, `=` and a literal: `password string = "v"`. */
export function mayBeTyped(bytes: Buffer, from: number): boolean {
  if (typeBegins[bytes[from]!] !== 1) return false;
  let at = from + 1;
  while (at < from + longestType && typeHolds[bytes[at]!] === 1) at++;
  return bytes[at] === 0x3d && literalBegins[bytes[skipSpaces(bytes, at + 1)]!] === 1;
}

/** Nothing before the name in its line, or a line that begins as directives do. */
export function mayBeginLine(bytes: Buffer, pathStart: number): boolean {
  const least = Math.max(0, pathStart - longestDirective);
  let first = -1;
  for (let at = pathStart - 1; at >= least && bytes[at] !== 0x0a; at--) {
    if (bytes[at] !== 0x20 && bytes[at] !== 0x09) first = at;
  }
  return first < 0 || (directives[bytes[first]!] === 1 && directiveBegins.has(pairAt(bytes, first)));
}
