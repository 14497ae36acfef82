/**
 * How a writing is described in which a password or key stands without an assignment that readers of names know, and what such
 * descriptions share. Their patterns read bytes (`latinText`): a sign of two bytes is two characters, and in no class.
 */

import type { NameKind } from "../../assignments/name-words.ts";
import type { KindOrFormat } from "../../paths/path-facts.ts";
import { asBytes, inSmallLetters } from "../../text/small-letters.ts";

export interface Writing {
  /** From the end of the anchor on. Groups: `value`, or `bare` for one that nothing encloses; `name` if that comes next. */
  readonly after?: RegExp;
  /** Instead: the value stands before the name. It ends with the text up to the name's end, and has the same groups. */
  readonly back?: RegExp;
  /** The value, in a group of that name, where it ends before the anchor, and what stands behind tells its name. */
  readonly ahead?: RegExp;
  /** The text up to the name's end; anything if absent. */
  readonly before?: RegExp;
  /** Finds the name in it, if the name does not end with it. */
  readonly name?: RegExp;
  /** What the value is called, if the name at the anchor does not say it. */
  readonly kind?: NameKind;
  /** Up to the end of its line a value that nothing encloses may read as words: no sentence goes on there. */
  readonly mayBeWords?: true;
  /** Documents only: elsewhere the signs mean something else. */
  readonly isProse?: true;
  /** Kinds of files and formats (path-facts.ts): elsewhere the signs mean something else. */
  readonly only?: readonly KindOrFormat[];
  /** What must be spoken of around it. */
  readonly company?: RegExp;
  /** Text up to the anchor's end that says that nothing but a password can stand there: a plain word is one, too. */
  readonly place?: RegExp;
  /** What comes next, as `next` of an anchor: most places are left after a look at it. */
  readonly next?: string;
}

/** Texts of anchors in small letters, and what may stand at each; several may stand at one. */
export type Writings = readonly (readonly [text: string, writing: Writing])[];

/** What names end with that promise something, before the signs of a writing. */
export const names = ["password", "secret", "token", "key"];

/** What stands before a text that no name is: `digest('password')` computes something from it. */
export const computedFrom = String.raw`(?:hash|digest|sha[\d_]{0,4}|md[45]|hmac|crypt|sum|crc\d{0,2}|code|base64|hex)\(["']`;

export const quote = "[\"'`]";
/** What stands between two quotes of one kind: others may stand in it, but neither first nor last, as where texts are joined. */
export const textWithin = (quote: string, most: number) =>
  String.raw`(?!["'\x60])(?:(?!${quote})[^\\\n]){4,${most}}(?<!["'\x60])`;
/** One literal; `""` and what a backslash goes on with are none. */
export const literal = String.raw`(?<open>["'\x60])(?<value>${textWithin(String.raw`\k<open>`, 200)})\k<open>`;
/** A line break and the indent of what stands in the next line. */
export const blanks = String.raw`\s{0,42}`;
/** A sign of a word that nothing encloses: a quote between letters is one, too. */
export const signOf = (others: string) => String.raw`(?:[^\s"'\x60${others}]|(?<=\w)["'\x60](?=\w))`;
/** Signs of other scripts, as bytes, of which one may stand. */
const anyOf = (signs: string) => Array.from(signs, (sign) => asBytes(sign)).join("|");
/** `"Password: "+word+" "`: what stands between two texts is in no quotes. */
export const noJoint = "(?!(?<joint>[+.&])\\S*\\k<joint>[\"'`])";
/** In a document: within quotes, backticks, bold or several of them, or alone up to the end of its line, cell or sentence. */
export const marked =
  `(?:[*_]{0,3}(?<open>["'\`]|\\*|<(?:code|b|strong)>)${noJoint}(?<value>[^\\s"'\`*<\\\\]{4,64})(?:\\k<open>|</(?:code|b|strong)>)[*_]{0,3}` +
  `|(?:${anyOf("“‘«「")})(?<value>[^\\s"'\`*<\\\\]{4,64}?)(?:${anyOf("”’»」")})` +
  "|(?<bare>[^\\s\"'`*<|,;()\\\\]{6,64}?))" +
  `(?=(?:[.,;:)]|${asBytes("…")})?(?:\\s|<|\\||&(?:nbsp|quot|lt|#\\d+);|${anyOf("，。、；")}|$))`;

/** The second of two literals: `'user', 'v'`, in brackets or not. */
export const secondLiteral = new RegExp(
  String.raw`^\s{0,3}\(?\s{0,3}(?<first>["'])(?:(?!\k<first>)[^\n]){0,60}\k<first>,\s{0,3}${literal}`,
  "d",
);

export const nextLiteral: Writing = { next: "\"'`", after: new RegExp(`^\\s{0,3}${literal}`, "d") };

/** The same writing at each of some anchors. */
export function atEach(texts: readonly string[], writing: Writing): Writings {
  return texts.map((text) => [inSmallLetters(text), writing]);
}

/** One writing behind each of some names: `password`, `token`, ... */
export function behindEach(names: readonly string[], forms: readonly string[], writing: Writing): Writings {
  return names.flatMap((name) =>
    atEach(
      forms.map((form) => `${name}${form}`),
      writing,
    ),
  );
}
