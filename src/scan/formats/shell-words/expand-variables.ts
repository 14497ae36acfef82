/**
 * Puts values in place of `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`, in the dialects of Dockerfiles and
 * of compose files. What has no value stays as `${NAME}` and is named; patterns and errors of the shell are not worked out.
 */
import type { Place } from "../text-file.ts";

export interface Expansion {
  readonly text: string;
  /** Names without a value, which stand in the text as `${NAME}`. */
  readonly unknown: readonly string[];
  /** Where the first value came from. */
  readonly from?: Place | undefined;
}

export interface Variable {
  /** Undefined: it is declared, but nobody knows with what. */
  readonly value: string | undefined;
  readonly from?: Place | undefined;
}

export interface ExpansionRules {
  readonly lookup: (name: string) => Variable | undefined;
  /** What keeps a dollar as it is: the escape character before it, or a second dollar. */
  readonly escape: string;
  /** Quotes are taken away, and nothing is expanded in single ones. */
  readonly quotes: boolean;
}

/** Defaults within defaults; and how long a text may grow. */
const deepest = 8;
const longest = 20_000;

interface Work {
  readonly rules: ExpansionRules;
  readonly unknown: string[];
  from: Place | undefined;
}

export function expandVariables(text: string, rules: ExpansionRules): Expansion {
  if (!/[$"'\\`]/.test(text)) return { text, unknown: [] };
  const work: Work = { rules, unknown: [], from: undefined };
  const expanded = expand(work, text, 0);
  return { text: expanded, unknown: work.unknown, ...(work.from && { from: work.from }) };
}

const reference = /\$(?:([A-Za-z_]\w*|[0-9@*#?])|\{)/y;

function expand(work: Work, text: string, depth: number): string {
  const { escape: mark, quotes } = work.rules;
  let out = "";
  let quote = "";
  for (let at = 0; at < text.length && out.length < longest; ) {
    const char = text[at] ?? "";
    if (quotes && quote !== "'" && char === mark && at + 1 < text.length) {
      // Within double quotes only these lose their escape.
      const next = text[at + 1] ?? "";
      out += quote === "" || next === '"' || next === "$" || next === mark ? next : char + next;
      at += 2;
    } else if (!quotes && text.startsWith(`${mark}$`, at)) {
      out += "$";
      at += 2;
    } else if (quotes && (char === '"' || char === "'") && (quote === "" || quote === char)) {
      quote = quote === "" ? char : "";
      at++;
    } else if (char === "$" && quote !== "'") {
      const { value, end } = referenceAt(work, text, at, depth);
      out += value;
      at = end;
    } else {
      out += char;
      at++;
    }
  }
  return out;
}

function referenceAt(work: Work, text: string, at: number, depth: number): { value: string; end: number } {
  reference.lastIndex = at;
  const found = reference.exec(text);
  if (!found) return { value: "$", end: at + 1 };
  if (found[1] !== undefined) return { value: lookUp(work, found[1]), end: at + found[0].length };
  const close = closingBrace(text, at + 2);
  if (close < 0) return { value: "$", end: at + 1 };
  const inside = text.slice(at + 2, close);
  const [, name = "", operator = "", word = ""] = /^(\w+)(:?[-+?]|)([\s\S]*)$/.exec(inside) ?? [];
  const end = close + 1;
  if (name === "") return { value: named(work, inside), end };
  if (operator === "" && word !== "") return { value: named(work, name), end };
  return { value: withOperator(work, name, operator, word, depth), end };
}

function withOperator(work: Work, name: string, operator: string, word: string, depth: number): string {
  const variable = work.rules.lookup(name);
  const isSet = variable !== undefined && !(operator.startsWith(":") && variable.value === "");
  const nested = () => (depth < deepest ? expand(work, word, depth + 1) : word);
  if (operator.endsWith("-")) return isSet && variable.value !== undefined ? lookUp(work, name) : nested();
  if (operator.endsWith("+")) return isSet ? nested() : "";
  return lookUp(work, name);
}

function lookUp(work: Work, name: string): string {
  const variable = work.rules.lookup(name);
  if (variable?.value === undefined) return named(work, name);
  work.from ??= variable.from;
  return variable.value;
}

function named(work: Work, name: string): string {
  work.unknown.push(name);
  return `\${${name}}`;
}

/** Looked for within a bounded stretch, so that a text of nothing but openings stays cheap. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length && at < from + 1000; at++) {
    if (text[at] === "{") open++;
    else if (text[at] === "}" && --open === 0) return at;
  }
  return -1;
}
