/**
 * Writes the rules of providers' tokens from their facts: those known by their own form, and those known by the
 * provider's word beside them. The examples follow from the form, in the ways that people write such values down.
 */

import type { Check } from "../checks/run-check.ts";
import { sample } from "../examples/example-values.ts";
import { writtenAnywhere, writtenBeside } from "../examples/example-writings.ts";
import type { Anchor, Example, Part, SecretRule } from "../rule/secret-rule.ts";
import { type AlphabetName, alphabetCharacters } from "../text/alphabets.ts";
import { leastOf } from "../text/part-lengths.ts";

interface ProviderFacts
  extends Pick<SecretRule, "id" | "title" | "provider" | "severity" | "why" | "fix" | "links" | "family" | "checks"> {
  readonly aliases?: readonly string[];
  readonly score?: number;
  readonly minimumEntropy?: number;
  /** How people name it, in small words; the provider's word and "api key" by default. */
  readonly called?: string;
  /** Written for this kind alone, beside those that follow from the form. */
  readonly examples?: Partial<SecretRule["examples"]>;
}

/** A text stands for itself, a list of texts for one of them. */
export type Piece = string | readonly string[] | Part;

/** A word that names the provider; `joined` if it is an ordinary one, too, and says that only with a key's name behind it. */
export type ProviderWord = string | { readonly joined: string };

/** So many characters of an alphabet. */
export function some(alphabet: AlphabetName, least: number, most = least): Part {
  return { alphabet, length: least === most ? least : [least, most] };
}

/** A token that its own form gives away; the anchors are the texts it begins with, unless others are named. */
export function tokenRule(
  facts: ProviderFacts & {
    readonly token: readonly Piece[];
    readonly anchors?: readonly Anchor[];
    /** Words of which one must stand near, where the form alone is too common. */
    readonly near?: readonly string[];
    readonly value?: (seed: string) => string;
  },
): SecretRule {
  const parts = facts.token.map(partOf);
  const value = facts.value ?? ((seed: string) => sampleOf(parts, seed));
  const word = facts.near?.[0];
  return {
    ...wordsOf(facts),
    anchors: facts.anchors ?? anchorsOf(parts[0]),
    shape: { is: "token", parts },
    ...(facts.near !== undefined && { context: { words: facts.near, before: 200, after: 40, required: true } }),
    score: facts.score ?? (word === undefined ? 85 : 70),
    minimumEntropy: facts.minimumEntropy ?? entropyOf(parts),
    examples: {
      bad: (seed) => [
        ...(word === undefined
          ? writtenAnywhere(value(seed))
          : writtenBeside(facts.called ?? `${wordsIn(word)} api key`, value(seed))),
        ...(facts.examples?.bad?.(seed) ?? []),
      ],
      good: (seed) => [
        `remote = "${regular(parts)}"`,
        `see ${value(seed).slice(0, 8)} there`,
        ...(facts.examples?.good?.(seed) ?? []),
      ],
    },
  };
}

interface NamedFacts extends ProviderFacts {
  readonly words: readonly ProviderWord[];
  readonly token: readonly Piece[];
  readonly mixed?: boolean;
  readonly value?: (seed: string) => string;
  readonly context?: SecretRule["context"];
}

/** A token without a form of its own: the provider's word stands in the name before it. */
export function namedRule(facts: NamedFacts): SecretRule {
  const parts = facts.token.map(partOf);
  return {
    ...wordsOf(facts),
    anchors: facts.words.map(anchorOf),
    shape: {
      is: "named",
      parts,
      ...(facts.mixed === true && { mixed: true }),
      ...(mayBeLoose(parts) && { loose: parts.map(loosened) }),
    },
    ...(facts.context !== undefined && { context: facts.context }),
    score: facts.score ?? 66,
    minimumEntropy: facts.minimumEntropy ?? entropyOf(parts),
    examples: {
      bad: (seed) => [
        ...writtenBeside(nameOf(facts), exampleValue(facts, parts, seed)),
        ...(facts.examples?.bad?.(seed) ?? []),
      ],
      good: (seed) => [
        ...otherThingsBeside(nameOf(facts).replaceAll(" ", "_"), parts, exampleValue(facts, parts, seed)),
        ...(facts.examples?.good?.(seed) ?? []),
      ],
    },
  };
}

/** In small words. Asked for examples only: there are thousands of rules, and each is made at every start. */
function nameOf({ called, words: [word = ""] }: NamedFacts): string {
  if (called !== undefined) return called;
  return `${wordsIn(typeof word === "string" ? word : word.joined).replaceAll(" ", "")} api key`;
}

function exampleValue({ value }: NamedFacts, parts: readonly Part[], seed: string): string {
  return value?.(seed) ?? sampleOf(parts, seed);
}

/** Stand-ins, and the value where its name says that it is another thing. */
function otherThingsBeside(snake: string, parts: readonly Part[], value: string): readonly Example[] {
  return [
    `${snake} = "${regular(parts)}"`,
    `${snake} = \${${snake.toUpperCase()}}`,
    `const ${snake.replace(/_.*/, "")}_sha = "${value}";`,
    `of revision ${value}`,
    `import { ${snake}_settings, ${identifier(parts)} } from "./settings";`,
    { path: "site.json", text: `{"name": "${snake}", "dist": {"shasum": "${value}", "by": "ann"}}` },
    { path: "site.json", text: `{"${snake}": {"label": "main",\n  "place": "${value}"}}` },
  ];
}

const narrow: readonly AlphabetName[] = ["hex", "hexLower", "lowerAlnum", "upperAlnum", "letters"];

/** Shorter values of other characters are words and versions too often. */
const leastLoose = 16;

function mayBeLoose(parts: readonly Part[]): boolean {
  const random = parts.flatMap((part) => ("alphabet" in part ? [part] : []));
  const length = random.reduce((sum, part) => sum + leastOf(part), 0);
  return length >= leastLoose && random.some(({ alphabet }) => narrow.includes(alphabet));
}

/** In all letters and digits. */
function loosened(part: Part): Part {
  return "alphabet" in part && narrow.includes(part.alphabet) ? { ...part, alphabet: "base62" } : part;
}

function anchorOf(word: ProviderWord): Anchor {
  return typeof word === "string"
    ? { text: word, foldCase: true }
    : { text: word.joined, foldCase: true, joined: true };
}

function wordsOf(facts: ProviderFacts) {
  const { id, title, provider, severity, why, fix, links, family, checks } = facts;
  return {
    ...{ id, aliases: facts.aliases ?? [], title, provider, severity, why, fix, links },
    ...(family !== undefined && { family }),
    ...(checks !== undefined && { checks: checks satisfies readonly Check[] }),
  };
}

function partOf(piece: Piece): Part {
  if (typeof piece === "string") return { text: piece };
  return isTexts(piece) ? { oneOf: piece } : piece;
}

function isTexts(piece: readonly string[] | Part): piece is readonly string[] {
  return Array.isArray(piece);
}

function anchorsOf(first: Part | undefined): readonly Anchor[] {
  if (first === undefined) return [];
  if ("text" in first) return [{ text: first.text }];
  return "oneOf" in first ? first.oneOf.map((text) => ({ text })) : [];
}

/** What random text of the form surely reaches, also if its writers use fewer characters (hex), and regular text does not. */
function entropyOf(parts: readonly Part[]): number {
  const random = parts.flatMap((part) => ("alphabet" in part ? [part] : []));
  const length = random.reduce((sum, part) => sum + leastOf(part), 0);
  const size = Math.max(...random.map((part) => alphabetCharacters(part.alphabet).length));
  return Math.round(Math.min(3, Math.log2(size) * 0.7, Math.log2(Math.max(length, 4)) * 0.6) * 10) / 10;
}

/** A value of the form, different for every seed. */
function sampleOf(parts: readonly Part[], seed: string): string {
  return parts
    .map((part, index) => {
      if ("text" in part) return part.text;
      if ("oneOf" in part) return part.oneOf[seed.charCodeAt(seed.length - 1) % part.oneOf.length] ?? "";
      if ("optional" in part) return "";
      return sample(part.alphabet, leastOf(part), `${seed}${index}`);
    })
    .join("");
}

/** The form filled with one character, as people write it who have no token at hand. */
function regular(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if ("text" in part) return part.text;
      if ("oneOf" in part) return part.oneOf[0] ?? "";
      if ("optional" in part) return "";
      const characters = alphabetCharacters(part.alphabet);
      const stand = ["x", "X"].find((character) => characters.includes(character)) ?? "0";
      return stand.repeat(leastOf(part));
    })
    .join("");
}

/** A name in a program, as long as the form demands. */
function identifier(parts: readonly Part[]): string {
  const length = parts.reduce((sum, part) => sum + ("alphabet" in part ? leastOf(part) : 0), 0);
  return "createProjectToolConfigurationFromSettings".repeat(10).slice(0, length);
}

function wordsIn(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
