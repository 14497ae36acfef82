/** Splits the arguments of a call into literals and everything else, up to a limit and without regard to the language. */
import type { View } from "../text/view.ts";

export interface CallArgument {
  /** The text within the quotes; undefined if the argument is no plain literal, or has a name (`password="v"`). */
  readonly value?: string;
  /** Offset of the literal's first character. */
  readonly start: number;
  /** What stands there, if it is no plain literal. */
  readonly code?: string;
}

/** Bytes looked at. */
const longest = 600;
const openers = "([{";
const closers = ")]}";

/**
 * One text in quotes, with a prefix (`@"v"`, `b'v'`) or what makes bytes of it (`"v".getBytes()`), in calls that do so
 * (`Buffer.from("v", "hex")`, `[]byte("v")`); `config.get("v")` looks one up.
 */
const literal =
  /^\s*(?![\w.$:()]{0,64}(?<![a-z])(?:get(?!_?bytes)\w{0,24}|env|config|lookup|require|translate|t)\()(?:(?:\[\]byte|[\w.$]{1,40}(?:\(\))?[.:]?\w{1,24})\(\s*)?(?:[@$bBrRuUfFLN]{0,2})(["'`])([^"'`\\\n]*)\1(?:\s*\.\s*(?:getBytes|toCharArray|(?:en|de)code|toByteArray|to_string|to_owned|into|sha(?:256|512))\([^()]*\))?\s*(?:,\s*["'](?:hex|utf-?8|ascii|latin1|binary|base64(?:url)?)["']\s*)?\)?\s*$/i;

/** The arguments from behind the opening bracket; those before the limit or a `;` if the call does not end there. */
export function callArguments(view: View, from: number): readonly CallArgument[] {
  const text = view.bytes.toString("latin1", from, Math.min(view.bytes.length, from + longest));
  const found: CallArgument[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"' || character === "'" || character === "`") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return found;
      at = end;
    } else if (openers.includes(character)) depth++;
    else if (closers.includes(character)) {
      if (--depth < 0) return [...found, argumentOf(text.slice(begin, at), from + begin)];
    } else if (character === ";") return found;
    else if (character === "," && depth === 0) {
      found.push(argumentOf(text.slice(begin, at), from + begin));
      begin = at + 1;
    }
  }
  return found;
}

function argumentOf(text: string, start: number): CallArgument {
  const match = literal.exec(text);
  const quote = match?.[1];
  const value = match?.[2];
  return quote === undefined || value === undefined
    ? { start, code: text.trim() }
    : { value, start: start + text.indexOf(quote) + 1 };
}
