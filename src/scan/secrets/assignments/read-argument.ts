/** Literals that stand as arguments or stand in for something: in calls, comparisons, expansions and fallbacks. */

import { textAt } from "../text/match-parts.ts";
import type { View } from "../text/view.ts";
import { callArguments } from "./call-arguments.ts";
import { isQuote, type Literal, literalAt, quotedAt, skipSpaces } from "./read-literal.ts";

/** A name, and where the path before it begins. */
interface NamePlace {
  readonly start: number;
  readonly end: number;
  readonly pathStart: number;
}

interface ArgumentLiteral extends Literal {
  readonly syntax: "argument" | "comparison";
}

/** `password("v")`, `password(encoder.encode("v"))`; of several the last: `resetPassword("id", "v")`, `UserPassword("ops", "v")`. */
export function callLiteral(view: View, { start, end }: NamePlace, from: number): Literal | undefined {
  const { bytes } = view;
  const first = literalAt(view, skipSpaces(bytes, from), { lexical: "plain", bare: false });
  if (
    first === undefined ||
    !/^(?:re)?set|^change|^update|^user_?password$/i.test(bytes.toString("latin1", start, end))
  )
    return first;
  const last = callArguments(view, from).at(-1);
  if (last?.value === undefined) return first;
  return { start: last.start, end: last.start + last.value.length, quoted: true };
}

/** Calls that compare two things, and assertions: `assert_eq!(`, `expect(`, `require.Equal(t, `, Perl's `is(`. */
const comparing =
  /(?:(?:cmp|equals?|same|compare\w*|_(?:str)?eq!?|\bis|\bexpect)\(|\b(?:assert|require)\.\w{2,12}\(t,|\bassert_equal )\s*$/i;

/**
 * `strcmp(password, "v")`, `Equals(token, "v")`, `strcpy(password, "v")`, `set :secret, "v"`, `{password, "v"}`; curl's
 * USERPWD has the user before it.
 */
export function comparedArgument(bytes: Buffer, name: NamePlace, comma: number): ArgumentLiteral | undefined {
  const before = bytes.toString("latin1", Math.max(0, name.pathStart - 28), name.pathStart);
  const literal = quotedAt(bytes, skipSpaces(bytes, comma + 1));
  if (literal !== undefined && textAt(bytes, name.end - 7, "USERPWD", true)) {
    const colon = bytes.subarray(literal.start, literal.end).indexOf(0x3a);
    return colon < 0 ? undefined : { ...literal, start: literal.start + colon + 1, syntax: "argument" };
  }
  if (literal === undefined) return undefined;
  if (comparing.test(before)) return { ...literal, syntax: "comparison" };
  return /(?:str\w{0,2}cpy(?:_s)?\(|\bset[ \t]+|\{)\s*$/.test(before) ? { ...literal, syntax: "argument" } : undefined;
}

/** `"?api_key=" + "v"`, `"password=" + encodeURIComponent("v")`: the text goes on with a literal of its own. */
export function appendedLiteral(bytes: Buffer, from: number): Literal | undefined {
  const text = bytes.toString("latin1", from, from + 48);
  const match = /^[ \t]*(?:\+|\.{1,2})[ \t]*(?:[\w.]{1,24}\([ \t]*)?(?=["'`])/.exec(text);
  return match === null ? undefined : quotedAt(bytes, from + match[0].length);
}

/** `"\"v\""`, `'"v"'`: code that is written into other code. */
export function withoutInnerQuotes(bytes: Buffer, literal: Literal | undefined): Literal | undefined {
  if (literal === undefined) return undefined;
  let { start, end } = literal;
  if (bytes[start] === 0x5c && isQuote(bytes[start + 1]) && bytes[end - 1] === bytes[start + 1]) {
    start += 2;
    end -= bytes[end - 2] === 0x5c ? 2 : 1;
  } else if (isQuote(bytes[start]) && bytes[end - 1] === bytes[start]) {
    start++;
    end--;
  }
  return end > start ? { start, end, quoted: true } : literal;
}

/** `${DB_PASSWORD:-v}`, `${db.password:v}`: what stands in for a variable that is not set. */
export function expansionDefault(bytes: Buffer, { pathStart, end }: NamePlace): Literal | undefined {
  if (bytes[pathStart - 1] !== 0x7b || bytes[pathStart - 2] !== 0x24 || bytes[end] !== 0x3a) return undefined;
  const next = bytes[end + 1];
  const start = next === 0x2d || next === 0x3d ? end + 2 : end + 1;
  const found = bytes.subarray(start, start + 128).indexOf(0x7d);
  return found <= 0 ? undefined : { start, end: start + found, quoted: true };
}

const fallbackBegins = new Uint8Array(256);
for (const sign of "|?oO.") fallbackBegins[sign.charCodeAt(0)] = 1;

/** `process.env.TOKEN || "v"`, `ENV["TOKEN"] ?? "v"`, `os.getenv("TOKEN") or "v"`, `password.equals("v")`, `apiToken.set("v")`, `id("password")).sendKeys("v")`. */
export function fallbackLiteral(bytes: Buffer, at: number): Literal | undefined {
  if (fallbackBegins[bytes[at] ?? 0] !== 1) return undefined;
  const text = bytes.toString("latin1", at, at + 32);
  const match =
    /^(?:\|\||\?\?|\?:|or\b)[ \t]*(?=["'`])|^\.(?:equals(?:IgnoreCase)?|compareTo|eql\?|send_?keys|fill|type|set_?value|set)\(\s*(?=["'`])/i.exec(
      text,
    );
  const found = match === null ? undefined : quotedAt(bytes, at + match[0].length);
  // `tokens.set("shop", v)` of a table: the first is the name of an entry.
  const isEntry = found !== undefined && /^\.set/i.test(text) && bytes[skipSpaces(bytes, found.end + 1)] === 0x2c;
  return isEntry ? undefined : found;
}
