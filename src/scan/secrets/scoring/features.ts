/** What the model sees of a named literal: numbers about its characters, its name, and the syntax and file around it. */

import { type NameKind, nameKinds } from "../assignments/name-words.ts";
import type { LexicalContext } from "../assignments/read-literal.ts";
import { entropy } from "./entropy.ts";
import { rarity } from "./rarity.ts";
import { wordLetters } from "./word-letters.ts";

/** A literal and all that counts about where it stands. */
export interface LiteralFacts {
  readonly value: string;
  readonly kind: NameKind;
  readonly words: readonly string[];
  readonly quoted: boolean;
  readonly lexical: LexicalContext;
  readonly syntax: string;
  /** Kind of file: `code`, `config` or `text`. */
  readonly file: string;
}

interface Shape {
  readonly value: string;
  readonly length: number;
  readonly digits: number;
  readonly upper: number;
  readonly lower: number;
  readonly other: number;
}

interface Feature {
  readonly name: string;
  /** The part of an explanation that it belongs to. */
  readonly group: "rarity" | "characters" | "words" | "name" | "place";
  readonly of: (facts: LiteralFacts, shape: Shape) => number;
}

const flag = (condition: boolean) => (condition ? 1 : 0);
const matches =
  (pattern: RegExp) =>
  (_: LiteralFacts, { value }: Shape) =>
    flag(pattern.test(value));

const longest = 120;
const fileKinds: readonly string[] = ["config", "code", "text"];

export const features: readonly Feature[] = [
  { name: "rarity", group: "rarity", of: (_, { value }) => rarity(value) },
  { name: "rarity in all", group: "rarity", of: (_, { value, length }) => rarity(value) * Math.min(length, 40) },
  { name: "rarity of letters", group: "rarity", of: (_, { value }) => rarity(value.replace(/[^A-Za-z]+/g, "")) },
  { name: "entropy", group: "rarity", of: (_, { value }) => entropy(value) },
  { name: "length", group: "characters", of: (_, { length }) => length },
  { name: "share of digits", group: "characters", of: (_, { digits, length }) => digits / length },
  { name: "share of capitals", group: "characters", of: (_, { upper, length }) => upper / length },
  { name: "share of small letters", group: "characters", of: (_, { lower, length }) => lower / length },
  { name: "share of signs", group: "characters", of: (_, { other, length }) => other / length },
  {
    name: "kinds of characters",
    group: "characters",
    of: (_, { digits, upper, lower, other }) => flag(digits > 0) + flag(upper > 0) + flag(lower > 0) + flag(other > 0),
  },
  { name: "distinct characters", group: "characters", of: (_, { value, length }) => new Set(value).size / length },
  { name: "longest repetition", group: "characters", of: (_, { value }) => longestRepetition(value) },
  { name: "changes of kind", group: "characters", of: (_, { value, length }) => changes(value) / length },
  { name: "hexadecimal", group: "characters", of: (_, shape) => hexForm(shape) },
  { name: "UUID", group: "characters", of: matches(/^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i) },
  { name: "base64", group: "characters", of: (_, shape) => base64Form(shape) },
  { name: "spaces", group: "characters", of: (_, { value }) => value.split(/\s+/).length - 1 },
  { name: "signs of words", group: "characters", of: (_, { value }) => value.split(/[-_.:/]/).length - 1 },
  { name: "unusual signs", group: "characters", of: matches(/[!@#^&*~?|;]/) },
  { name: "share of words", group: "words", of: (_, { value, length }) => wordLetters(value) / length },
  { name: "identifier", group: "words", of: (_, { value }) => identifierForm(value) },
  { name: "says secret", group: "words", of: matches(/passw|secret|token|credential|auth|(^|[^a-z])(key|pass|pwd)/i) },
  {
    name: "says test",
    group: "words",
    of: matches(
      /test|demo|dummy|fake|sample|default|(^|[^a-z])(some|my|your|the|an?|foo|bar|baz|old|new|not|super|very)([^a-z]|$)/i,
    ),
  },
  { name: "ends as a sentence", group: "words", of: matches(/[a-z][.!?:,…]$|\.\.\.$/) },
  { name: "letters of other scripts", group: "words", of: matches(/[^\x20-\x7e]/) },
  { name: "repeats the name", group: "words", of: ({ words }, { value }) => flag(repeatsName(words, value)) },
  { name: "kind of name", group: "name", of: ({ kind }) => nameKinds.indexOf(kind) },
  { name: "words of the name", group: "name", of: ({ words }) => words.length },
  { name: "quoted", group: "place", of: ({ quoted }) => flag(quoted) },
  { name: "handed over", group: "place", of: ({ syntax }) => flag(/^(call|argument|entry|flag)$/.test(syntax)) },
  { name: "side by side", group: "place", of: ({ syntax }) => flag(syntax === "separated") },
  { name: "within a text", group: "place", of: ({ lexical }) => flag(lexical === "string") },
  { name: "in a comment", group: "place", of: ({ lexical }) => flag(lexical === "comment") },
  { name: "kind of file", group: "place", of: ({ file }) => fileKinds.indexOf(file) },
];

const fileFeature = features.findIndex(({ name }) => name === "kind of file");

/** The same literal in a file of another kind. */
export function withFile(row: Float64Array, file: string): Float64Array {
  const copy = row.slice();
  copy[fileFeature] = fileKinds.indexOf(file);
  return copy;
}

export function featuresOf(facts: LiteralFacts): Float64Array {
  const value = facts.value.slice(0, longest);
  const count = (pattern: RegExp) => value.length - value.replace(pattern, "").length;
  const digits = count(/\d+/g);
  const upper = count(/[A-Z]+/g);
  const lower = count(/[a-z]+/g);
  const shape = { value, length: value.length, digits, upper, lower, other: value.length - digits - upper - lower };
  return Float64Array.from(features, ({ of }) => of(facts, shape));
}

function longestRepetition(value: string): number {
  let most = 1;
  let run = 1;
  for (let at = 1; at < value.length; at++) {
    run = value[at] === value[at - 1] ? run + 1 : 1;
    if (run > most) most = run;
  }
  return most;
}

/** Changes between digits, small letters, capitals and signs; a capital before small letters begins a word. */
function changes(value: string): number {
  const kinds = value
    .replace(/[A-Z](?=[a-z])/g, "a")
    .replace(/\d/g, "0")
    .replace(/[a-z]/g, "a")
    .replace(/[A-Z]/g, "A")
    .replace(/[^0aA]/g, ".");
  let count = 0;
  for (let at = 1; at < kinds.length; at++) if (kinds[at] !== kinds[at - 1]) count++;
  return count;
}

/** 0: other characters; 1: hexadecimal; 2: of a hash's length. */
function hexForm({ value, length, digits }: Shape): number {
  if (digits === 0 || !/^(0x)?[0-9a-f]{8,}$/i.test(value)) return 0;
  return [32, 40, 64, 96, 128].includes(length) ? 2 : 1;
}

/** 0: other characters; 1: whole groups of four, mixed; 2: padded, too. */
function base64Form({ value, length, upper, lower, digits }: Shape): number {
  if (length < 16 || length % 4 !== 0 || upper === 0 || lower === 0 || digits === 0) return 0;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return 0;
  return value.endsWith("=") ? 2 : 1;
}

/** 0: no identifier; then camel case, capitals, with dashes, with underscores, with dots. */
function identifierForm(value: string): number {
  if (/^[a-z]+([A-Z][a-z]+)+\d?$|^([A-Z][a-z]+){2,}\d?$/.test(value)) return 1;
  if (/^[A-Z]{2,}(_[A-Z0-9]+)*$/.test(value)) return 2;
  if (/^[A-Za-z]+(-[A-Za-z]+)+\d?$/.test(value)) return 3;
  if (/^[A-Za-z]+(_[A-Za-z]+)+\d?$/.test(value)) return 4;
  return /^[A-Za-z_$][\w$]*([.:/]+[A-Za-z_$][\w$]*)+$/.test(value) ? 5 : 0;
}

function repeatsName(words: readonly string[], value: string): boolean {
  const folded = value.toLowerCase();
  return words.some((word) => word.length >= 4 && folded.includes(word));
}
