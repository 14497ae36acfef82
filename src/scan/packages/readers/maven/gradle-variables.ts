/** Variables of build files that hold texts, and `gradle.properties`: what `$name` in a version stands for. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { type BuildToken, isMark } from "./build-tokens.ts";

export interface GradleText {
  readonly text: string;
  readonly isTemplate: boolean;
  /** The text between the quotes. */
  readonly at: Place;
}

export type GradleVariables = ReadonlyMap<string, GradleText>;

/** Words before a name that say where it is kept, not what it is called. */
const owners = /^(?:(?:project|rootProject|ext|extra|this|gradle|properties)\.)+/;

export function plainName(chain: string): string {
  return chain.replace(owners, "");
}

/** `x = "1"`, `ext.x = "1"`, `ext["x"] = "1"`, `val x by extra("1")`, `set("x", "1")`, `versions = [x: "1"]`. */
export function variablesIn(file: TextFile, tokens: readonly BuildToken[]): GradleVariables {
  const variables = new Map<string, GradleText>();
  const note = (name: string, token: BuildToken | undefined): void => {
    if (token?.is !== "text" || variables.has(plainName(name))) return;
    const at = { file, start: token.contentAt, end: token.contentAt + token.value.length };
    variables.set(plainName(name), { text: token.value, isTemplate: token.isTemplate, at });
  };
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const second = tokens[index + 2];
    if (token.is === "name" && isMark(next, "=")) {
      const name = chainBefore(tokens, index);
      note(name, second);
      noteMap(tokens, index + 2, name, note);
    } else if (token.is === "text" && isMark(next, "]") && isMark(second, "=")) note(token.value, tokens[index + 3]);
    else if (
      token.is === "text" &&
      isMark(next, ",") &&
      isMark(tokens[index - 1], "(") &&
      tokens[index - 2]?.value === "set"
    )
      note(token.value, second);
    else if (token.value === "by" && next?.value === "extra" && isMark(second, "("))
      note(tokens[index - 1]?.value ?? "", tokens[index + 3]);
  }
  return variables;
}

function chainBefore(tokens: readonly BuildToken[], index: number): string {
  const parts = [tokens[index]?.value ?? ""];
  for (let at = index; at >= 2 && parts.length < 10 && isMark(tokens[at - 1], "."); at -= 2)
    parts.unshift(tokens[at - 2]?.value ?? "");
  return parts.join(".");
}

const mostEntries = 5000;

/** `[a: "1", b: "2"]` and `mapOf("a" to "1")`. */
function noteMap(
  tokens: readonly BuildToken[],
  open: number,
  name: string,
  note: (name: string, token: BuildToken | undefined) => void,
): void {
  const isMap = isMark(tokens[open], "[");
  const isCall = /^(?:mutable)?[mM]apOf$/.test(tokens[open]?.value ?? "") && isMark(tokens[open + 1], "(");
  if (!isMap && !isCall) return;
  let at = open + (isMap ? 1 : 2);
  for (let entries = 0; entries < mostEntries; entries++) {
    const [key, middle, value, end] = [tokens[at], tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    if (!key || key.is === "mark" || !(isMark(middle, ":") || middle?.value === "to")) return;
    note(`${name}.${key.value}`, value);
    if (!isMark(end, ",")) return;
    at += 4;
  }
}

/** `name=value` in `gradle.properties`. */
export function propertiesIn(file: TextFile): GradleVariables {
  const variables = new Map<string, GradleText>();
  for (const { text, start } of linesOf(file.text)) {
    const separator = text.search(/[=:]/);
    const name = text.slice(0, Math.max(0, separator)).trim();
    if (name === "" || /^[#!]/.test(name)) continue;
    const value = text.slice(separator + 1).trim();
    const at = start + text.indexOf(value, separator + 1);
    variables.set(name, { text: value, isTemplate: false, at: { file, start: at, end: at + value.length } });
  }
  return variables;
}

export interface ResolvedText {
  readonly text: string;
  /** Where the last text stands that it came from, if it is the whole of that. */
  readonly at?: Place;
  readonly isResolved: boolean;
}

const longest = 2000;
const deepest = 10;

/** Puts in what variables stand for. A name that leads to itself, or to ever longer texts, stays as it is. */
export function resolveText(
  { text, isTemplate, at }: GradleText,
  lookUp: (name: string) => GradleText | undefined,
  depth = 0,
): ResolvedText {
  if (!isTemplate || !text.includes("$")) return { text, at, isResolved: true };
  if (depth >= deepest || text.length > longest) return { text: text.slice(0, longest), isResolved: false };
  const whole = /^(?:\$\{([^{}]*)\}|\$([A-Za-z_][\w.]*))$/.exec(text);
  const only = whole && lookUp(variableName(whole[1] ?? whole[2] ?? ""));
  if (only) return resolveText(only, lookUp, depth + 1);
  let isResolved = true;
  let length = 0;
  const replaced = text.replace(/\$\{([^{}]*)\}|\$([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)/g, (written, braced, bare) => {
    const found = length < longest ? partValue(braced ?? bare, braced !== undefined, lookUp, depth) : undefined;
    if (found === undefined) isResolved = false;
    const put = found ?? written;
    length += put.length;
    return put;
  });
  const isShort = replaced.length <= longest;
  return { text: replaced.slice(0, longest), isResolved: isResolved && isShort };
}

/** `$a.b` is the value of `a.b`, or that of `a` with `.b` behind it. */
function partValue(
  written: string,
  isBraced: boolean,
  lookUp: (name: string) => GradleText | undefined,
  depth: number,
): string | undefined {
  const name = variableName(written);
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length--) {
    const found = lookUp(parts.slice(0, length).join("."));
    if (found) {
      const { text, isResolved } = resolveText(found, lookUp, depth + 1);
      return isResolved ? [text, ...parts.slice(length)].join(".") : undefined;
    }
    if (isBraced) return undefined;
  }
  return undefined;
}

/** The name that an expression comes to: `project.property("x")`, `versions['x']`, `libs.versions.x.get()`. */
export function variableName(expression: string): string {
  const named =
    /^(?:[\w.]*\.)?(?:property|findProperty|providers\.gradleProperty|gradleProperty)\(\s*["']([^"']+)["']\s*\)/.exec(
      expression.slice(0, 300),
    )?.[1];
  if (named !== undefined) return named;
  const plain = expression
    .slice(0, 300)
    .trim()
    .replace(/\[\s*["']([^"'\]]+)["']\s*\]/g, ".$1")
    .replace(/\.(?:get|toString|getOrElse)\([^)]*\)|!!/g, "");
  return plainName(plain);
}
