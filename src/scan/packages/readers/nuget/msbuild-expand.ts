/**
 * Puts values in the place of `$(...)`. Nothing is run: of the property functions only those are known that find files,
 * compare versions and frameworks, or look into a text. What is not known stays as it is written.
 */
import type { Place } from "../../../formats/text-file.ts";
import { staticFunction, textFunction } from "./msbuild-functions.ts";

export interface Value {
  readonly text: string;
  /** False if it depends on something that only a build knows; the text then holds that part as written. */
  readonly isKnown: boolean;
  /** A property in it that nobody sets; MSBuild takes it for empty. */
  readonly unset?: string | undefined;
  /** Where the text stands that decided it, if that is one place. */
  readonly from?: Place | undefined;
  /** The text of the element that set it last, whatever that is made of. */
  readonly setAt?: Place;
}

export interface Scope {
  /** By its lower-case name. */
  property(name: string): Value;
  /** The first file of that name in the folder or above, as MSBuild would write it; empty if there is none. */
  fileAbove(name: string, folder: string): string;
}

/** Longer values are made by repetition, not by people. */
const longestValue = 20_000;
const deepestCalls = 12;

export function known(text: string): Value {
  return { text, isKnown: true };
}

export function expand(written: string, scope: Scope, depth = 0): Value {
  let open = written.indexOf("$(");
  if (open < 0) return known(written);
  if (depth > deepestCalls || written.length > longestValue) return { text: written.slice(0, 200), isKnown: false };
  let text = "";
  let isKnown = true;
  let unset: string | undefined;
  let copied = 0;
  while (open >= 0) {
    const end = endOfCall(written, open + 2);
    if (end < 0) return { text: written, isKnown: false };
    const value = evaluated(written.slice(open + 2, end).trim(), scope, depth);
    text +=
      written.slice(copied, open) + (value.isKnown || value.text !== "" ? value.text : written.slice(open, end + 1));
    isKnown &&= value.isKnown;
    unset ??= value.unset;
    copied = end + 1;
    if (text.length > longestValue) return { text: written.slice(0, 200), isKnown: false };
    open = written.indexOf("$(", copied);
  }
  return { text: text + written.slice(copied), isKnown, unset };
}

/** The value of a text that stands somewhere: where it is nothing but one property, that property's place decided it. */
export function placedValue(written: string, scope: Scope, at: Place): Value {
  const [, name] = /^\s*\$\(([\w-]{1,200})\)\s*$/.exec(written) ?? [];
  const own = written.includes("$(") ? undefined : at;
  return { ...expand(written, scope), from: name === undefined ? own : scope.property(name.toLowerCase()).from };
}

/** Offset of the parenthesis that closes what begins here; quotes hide parentheses. -1 if there is none. */
export function endOfCall(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return at;
    else if (character === "'" || character === '"' || character === "`") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return -1;
      at = end;
    }
  }
  return -1;
}

/** The empty text stands for what cannot be told. */
const untold: Value = { text: "", isKnown: false };

function evaluated(body: string, scope: Scope, depth: number): Value {
  if (/^[\w-]{1,200}$/.test(body)) return scope.property(body.toLowerCase());
  const call = /^\[([\w.]{1,80})\]::(\w{1,60})\(/.exec(body);
  if (call) {
    const end = endOfCall(body, call[0].length);
    if (end < 0) return untold;
    const given = argumentsIn(body.slice(call[0].length, end), scope, depth);
    const answer = given && staticFunction(call[1] ?? "", call[2] ?? "", given, scope);
    return answer === undefined ? untold : chained(known(answer), body.slice(end + 1), scope, depth);
  }
  const [name] = /^[\w-]{1,200}(?=\.)/.exec(body) ?? [];
  return name === undefined
    ? untold
    : chained(scope.property(name.toLowerCase()), body.slice(name.length), scope, depth);
}

/** `.Trim().StartsWith('net4')` on a value. */
function chained(value: Value, calls: string, scope: Scope, depth: number): Value {
  let result = value;
  let rest = calls.trim();
  for (let count = 0; rest !== ""; count++) {
    const [head, name = "", opens] = /^\.(\w{1,40})(\(?)/.exec(rest) ?? [];
    if (head === undefined || count > deepestCalls || !result.isKnown) return untold;
    const end = opens ? endOfCall(rest, head.length) : head.length - 1;
    if (end < 0) return untold;
    const given = opens ? argumentsIn(rest.slice(head.length, end), scope, depth) : [];
    const answer = given && textFunction(result.text, name, given);
    if (answer === undefined) return untold;
    result = { ...known(answer), unset: result.unset };
    rest = rest.slice(end + 1).trim();
  }
  return result;
}

/** Undefined if one of them is not known. */
function argumentsIn(text: string, scope: Scope, depth: number): readonly string[] | undefined {
  const values = split(text).map((part) => expand(unquoted(part), scope, depth + 1));
  return values.every(({ isKnown }) => isKnown) ? values.map((value) => value.text) : undefined;
}

function split(text: string): readonly string[] {
  if (text.trim() === "") return [];
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "(") {
      const end = endOfCall(text, at + 1);
      at = end < 0 ? text.length : end;
    } else if (character === "'" || character === '"' || character === "`") {
      const end = endOfQuoted(text, at);
      at = end < 0 ? text.length : end;
    } else if (character === ",") {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Offset of the quote that closes the one at `from`; quotes inside of `$(...)` do not close it. */
export function endOfQuoted(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (text[at] !== "$" || text[at + 1] !== "(") continue;
    const end = endOfCall(text, at + 2);
    if (end < 0) return text.indexOf(quote ?? "'", at);
    at = end;
  }
  return -1;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const isQuoted = trimmed.length > 1 && "'\"`".includes(trimmed.charAt(0)) && trimmed.at(-1) === trimmed[0];
  return isQuoted ? trimmed.slice(1, -1) : trimmed;
}
