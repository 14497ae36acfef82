/** The two shapes that most providers' tokens have: a prefix of their own, or only the provider's name in front. */
import type { Part, SecretRule } from "./secret-rule.ts";

/** A token that begins with one of the prefixes. */
export function startingWith(
  prefixes: readonly string[],
  ...rest: readonly Part[]
): Pick<SecretRule, "anchors" | "shape"> {
  // Of `gl` and `glx` the longer is tried first.
  const longestFirst = [...prefixes].sort((a, b) => b.length - a.length);
  return {
    anchors: prefixes.map((text) => ({ text })),
    shape: { is: "token", parts: [{ oneOf: longestFirst }, ...rest] },
  };
}

/** Words of which one stands between a provider's name and its key, or in the key's name. */
export const secretWords = [
  "key",
  "token",
  "secret",
  "auth",
  "pass",
  "pwd",
  "cred",
  "api",
  "bearer",
  "access",
  "login",
] as const;

interface Beside {
  /** How far behind the name the key may begin. */
  readonly after?: number;
  readonly before?: number;
  readonly digits?: number;
  readonly mixed?: boolean;
  readonly words?: readonly string[];
  readonly score?: number;
}

/** A token without a mark of its own: its form, a provider's name in front of it, and a word that says secret. */
export function besideName(
  names: readonly string[],
  parts: readonly Part[],
  { after = 64, before = 0, digits = 1, mixed = false, words = secretWords, score = 62 }: Beside = {},
): Pick<SecretRule, "anchors" | "shape" | "context" | "score"> {
  return {
    anchors: names.map((text) => ({ text, foldCase: true })),
    shape: { is: "near", parts, before, after, digits, mixed },
    context: { words, before: after + 32, after: before === 0 ? 0 : before + 32, required: true },
    score,
  };
}

/** Hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
export const uuidParts: readonly Part[] = [
  { alphabet: "hex", length: 8 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 12 },
];
