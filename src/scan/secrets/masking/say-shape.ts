/** What a rule's values look like, in words for people who look a rule up; never a value, and never the whole condition. */

import type { Part, SecretRule, Shape } from "../rule/secret-rule.ts";
import type { AlphabetName } from "../text/alphabets.ts";

/** `glpat-` then 20 letters, digits, - or _. Undefined where only the text around a value tells what it is. */
export function sayShape({ shape, anchors }: Pick<SecretRule, "shape" | "anchors">): string | undefined {
  const value = sayValue(shape);
  if (value === undefined) return undefined;
  if (shape.is === "token" || shape.is === "run") return value;
  const names = sayOneOf(anchors.map(({ text }) => `\`${text.trim()}\``));
  return shape.is === "assigned" ? `The value of a name with ${names}: ${value}` : `Beside ${names}: ${value}`;
}

function sayValue(shape: Shape): string | undefined {
  if ("parts" in shape) return shape.parts.map(sayPart).join(", then ");
  if (shape.is === "run") return sayAmount(shape.alphabet, shape.length);
  return shape.is === "assigned" ? `${sayLength(shape.length)} characters` : undefined;
}

function sayPart(part: Part): string {
  if ("text" in part) return `\`${part.text}\``;
  if ("oneOf" in part) return sayOneOf(part.oneOf.map((text) => `\`${text}\``));
  if ("optional" in part) return `perhaps ${part.optional.map(sayPart).join(", then ")}`;
  return sayAmount(part.alphabet, part.length);
}

const mostNames = 4;

function sayOneOf(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const shown = different.slice(0, mostNames);
  if (different.length > mostNames) return `${shown.join(", ")} or another of ${different.length}`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

function sayAmount(alphabet: AlphabetName, length: number | readonly [number, number]): string {
  return `${sayLength(length)} ${characters[alphabet]}`;
}

function sayLength(length: number | readonly [number, number]): string {
  if (typeof length === "number") return String(length);
  const [least, most] = length;
  return least === most ? String(least) : `${least} to ${most}`;
}

const characters: Readonly<Record<AlphabetName, string>> = {
  digits: "digits",
  hexLower: "lower-case hexadecimal digits",
  hex: "hexadecimal digits",
  lowerAlnum: "lower-case letters or digits",
  upperAlnum: "upper-case letters or digits",
  base32Lower: "lower-case letters or digits from 2 to 7",
  base32Upper: "upper-case letters or digits from 2 to 7",
  base58: "letters or digits that are not mistaken for each other",
  letters: "letters",
  base62: "letters or digits",
  word: "letters, digits or _",
  base64: "letters, digits, + or /",
  base64Padded: "letters, digits, +, / or =",
  base64Url: "letters, digits, - or _",
  base64UrlPadded: "letters, digits, -, _ or =",
  base64Any: "letters, digits, +, /, - or _",
  dotted: "letters, digits, -, _ or .",
  entra: "letters, digits, -, _, . or ~",
  uuid: "hexadecimal digits or -",
  crypt: "letters, digits or ./+$=,-",
  django: "lower-case letters, digits or punctuation",
  refresh: "letters, digits or -_.*!$",
  percent: "letters, digits or %+/=_-",
};
