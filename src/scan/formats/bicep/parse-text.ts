/** Reads texts: `'a ${b}'` with escapes, `'''several lines'''`, and `$'''lines with ${b}'''`. */
import type { Expression, Interpolation, Literal } from "./syntax.ts";
import { advance, advanceFrom, closingAt, complain, endsLine, type Tokens, unclosedEnd } from "./tokens.ts";

const lineFeed = 10;
const carriageReturn = 13;
const dollar = 36;
const quote = 39;
const backslash = 92;
const openBrace = 123;

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'", $: "$" };

type Parts = (string | Expression)[];

/** The current token is the beginning of a text. */
export function parseText(tokens: Tokens, expression: (tokens: Tokens) => Expression): Literal | Interpolation {
  const { text, start } = tokens;
  const plain = plainEnd(text, start + 1);
  if (plain > 0 && text.charCodeAt(start) === quote) {
    advanceFrom(tokens, plain + 1);
    tokens.before = plain + 1;
    return { is: "literal", value: text.slice(start + 1, plain), start, end: plain + 1 };
  }
  let opening = start;
  while (text.charCodeAt(opening) === dollar) opening++;
  const parts: Parts = [];
  const end = text.startsWith("'''", opening)
    ? readLines(tokens, opening + 3, opening - start, parts, expression)
    : readLine(tokens, opening + 1, parts, expression);
  advanceFrom(tokens, end);
  tokens.before = end;
  if (parts.every((part) => typeof part === "string")) return { is: "literal", value: parts.join(""), start, end };
  return { is: "interpolation", parts, start, end };
}

/** Where a text ends that has nothing in it but characters; -1 for all others. Most are so, and read fast. */
function plainEnd(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const empty = at === from && text.charCodeAt(at + 1) === quote;
      return empty ? -1 : at;
    }
    if (code === backslash || endsLine(code) || at >= text.length) return -1;
    if (code === dollar && text.charCodeAt(at + 1) === openBrace) return -1;
  }
}

/** A text on one line; answers where it ends. */
function readLine(tokens: Tokens, from: number, parts: Parts, expression: (tokens: Tokens) => Expression): number {
  const { text } = tokens;
  let pieceStart = from;
  let at = from;
  const take = () => {
    if (at > pieceStart) parts.push(text.slice(pieceStart, at));
  };
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      take();
      return at + 1;
    }
    if (endsLine(code) || at >= text.length) {
      take();
      complain(tokens, "a text has no end on its line");
      return at;
    }
    if (code === backslash) {
      take();
      at = pieceStart = readEscape(tokens, at, parts);
    } else if (code === dollar && text.charCodeAt(at + 1) === openBrace) {
      take();
      at = pieceStart = readHole(tokens, at + 2, parts, expression);
    } else at++;
  }
}

function readEscape(tokens: Tokens, at: number, parts: Parts): number {
  const letter = tokens.text.charAt(at + 1);
  const plain = escapes[letter];
  if (plain !== undefined) {
    parts.push(plain);
    return at + 2;
  }
  const code = letter === "u" ? /^\{([0-9a-fA-F]{1,6})\}/.exec(tokens.text.slice(at + 2, at + 10)) : null;
  const point = Number.parseInt(code?.[1] ?? "", 16);
  if (code && point <= 0x10_ffff) {
    parts.push(String.fromCodePoint(point));
    return at + 2 + code[0].length;
  }
  complain(tokens, "this escape does not exist in Bicep");
  parts.push("\\");
  return at + 1;
}

/** What stands between `${` and `}`; answers where the text goes on. */
function readHole(tokens: Tokens, from: number, parts: Parts, expression: (tokens: Tokens) => Expression): number {
  tokens.end = from;
  tokens.brackets++;
  advance(tokens);
  parts.push(expression(tokens));
  tokens.brackets--;
  if (tokens.kind === "}") return tokens.end;
  complain(tokens, "'}' was expected, as an expression in a text ends so");
  return tokens.before;
}

/** A text over lines, closed by three quotes: more quotes before them belong to the text. */
function readLines(
  tokens: Tokens,
  from: number,
  dollars: number,
  parts: Parts,
  expression: (tokens: Tokens) => Expression,
): number {
  const { text } = tokens;
  const hole = `${"$".repeat(dollars)}{`;
  let at = afterLineBreak(text, from);
  let close = -1;
  for (;;) {
    if (close < at) {
      close = closingAt(tokens, "'''", at);
      if (close < 0) {
        complain(tokens, "a text in ''' has no end");
        const end = unclosedEnd(tokens, from);
        parts.push(text.slice(at, end));
        return end;
      }
      while (text.charCodeAt(close + 3) === quote) close++;
    }
    const next = dollars > 0 ? text.slice(at, close).indexOf(hole) : -1;
    if (next < 0) {
      parts.push(text.slice(at, close));
      return close + 3;
    }
    parts.push(text.slice(at, at + next));
    at = readHole(tokens, at + next + hole.length, parts, expression);
  }
}

/** The line break right after the opening quotes is not part of the text. */
function afterLineBreak(text: string, at: number): number {
  if (text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed) return at + 2;
  return endsLine(text.charCodeAt(at)) ? at + 1 : at;
}
