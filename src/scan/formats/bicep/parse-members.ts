/**
 * What stands between brackets: members of objects, items of lists, arguments. Separated by line breaks or commas, and
 * where one of them is broken the rest is kept.
 */

import { parseText } from "./parse-text.ts";
import type { Decorator, Expression } from "./syntax.ts";
import { advance, charAfter, complain, endsLine, expect, isNameStart, type Tokens } from "./tokens.ts";

export type ReadExpression = (tokens: Tokens) => Expression;

const openers = "([{";
const closers = ")]}";
const quote = 39;
const equals = 61;

/**
 * From the opening bracket to the closing one; `readOne` is called at each item. True if all was read.
 */
export function readBetween(tokens: Tokens, close: string, readOne: (tokens: Tokens) => void): boolean {
  tokens.brackets++;
  advance(tokens);
  const whole = readItems(tokens, close, readOne);
  tokens.brackets--;
  return whole;
}

function readItems(tokens: Tokens, close: string, readOne: (tokens: Tokens) => void): boolean {
  let whole = true;
  for (;;) {
    while (tokens.kind === ",") advance(tokens);
    if (tokens.kind === close) {
      advance(tokens);
      return whole;
    }
    if (tokens.kind === "end" || (tokens.strict && beginsStatement(tokens))) {
      complain(tokens, `'${close}' was expected`);
      return false;
    }
    const from = tokens.start;
    readOne(tokens);
    const ended = tokens.newLine || tokens.kind === "," || tokens.kind === close;
    if (ended && tokens.start > from) continue;
    complain(tokens, `a line break, a comma or '${close}' was expected`);
    whole = false;
    skipItem(tokens, close, from);
  }
}

/** To the next line, comma or closing bracket, whatever stands in brackets before that skipped. */
function skipItem(tokens: Tokens, close: string, from: number): void {
  let open = 0;
  while (tokens.kind !== "end") {
    if (open === 0 && tokens.start > from && (tokens.newLine || tokens.kind === "," || tokens.kind === close)) return;
    if (tokens.strict && beginsStatement(tokens)) return;
    if (openers.includes(tokens.kind)) open++;
    else if (closers.includes(tokens.kind)) {
      // A closing bracket of somebody further out.
      if (open === 0 && tokens.kind !== close) {
        advance(tokens);
        return;
      }
      open--;
    }
    skipToken(tokens);
    if (open < 0) open = 0;
  }
}

export function skipToken(tokens: Tokens): void {
  if (tokens.kind === "text") parseText(tokens, skipHole);
  else advance(tokens);
}

/** The expression in a text that nobody reads. */
function skipHole(tokens: Tokens): Expression {
  const { start } = tokens;
  let open = 0;
  while (tokens.kind !== "end" && !tokens.newLine) {
    if (tokens.kind === "}" && open === 0) break;
    if (tokens.kind === "{") open++;
    else if (tokens.kind === "}") open--;
    if (tokens.kind === "text") break;
    advance(tokens);
  }
  return { is: "broken", start, end: tokens.before };
}

const keywords: ReadonlySet<string> = new Set([
  ...[
    "param",
    "var",
    "output",
    "resource",
    "module",
    "type",
    "func",
    "import",
    "extension",
    "provider",
    "extensionConfig",
    "test",
  ],
  ...["targetScope", "metadata", "assert", "using", "extends"],
]);

/** A keyword that begins a line without indentation and is followed by what a statement goes on with. */
export function beginsStatement(tokens: Tokens): boolean {
  if (tokens.start > 0 && !endsLine(tokens.text.charCodeAt(tokens.start - 1))) return false;
  return tokens.kind === "@" || looksLikeStatement(tokens);
}

/** The next statement begins where something more of this one was expected. Within brackets only a broken file has that. */
export function isCutOff(tokens: Tokens): boolean {
  return tokens.newLine && (tokens.strict || tokens.brackets === 0) && beginsStatement(tokens);
}

export function looksLikeStatement(tokens: Tokens): boolean {
  if (tokens.kind !== "name" || !keywords.has(tokens.text.slice(tokens.start, tokens.end))) return false;
  const after = charAfter(tokens);
  return isNameStart(after) || after === quote || after === equals || after === 123 || after === 42;
}

export function readDecorators(tokens: Tokens, expression: ReadExpression): Decorator[] {
  const decorators: Decorator[] = [];
  while (tokens.kind === "@") {
    const { start } = tokens;
    advance(tokens);
    const read = expression(tokens);
    const end = tokens.before;
    if (read.is === "call") decorators.push({ name: read.name, args: read.args, start, end });
    else complain(tokens, "a decorator such as @secure() was expected");
  }
  return decorators;
}

/** `(a, b)`; the opening parenthesis is the current token. */
export function readArguments(tokens: Tokens, close: ")" | ">", expression: ReadExpression): Expression[] {
  const args: Expression[] = [];
  readBetween(tokens, close, () => {
    args.push(expression(tokens));
  });
  return args;
}

export function readName(tokens: Tokens): { readonly is: "name"; name: string; start: number; end: number } {
  const { start, end, text } = tokens;
  if (tokens.kind === "name" && !isCutOff(tokens)) {
    advance(tokens);
    return { is: "name", name: text.slice(start, end), start, end };
  }
  complain(tokens, "a name was expected");
  return { is: "name", name: "", start, end: start };
}

export function readParenthesis(tokens: Tokens, expression: ReadExpression): Expression {
  expect(tokens, "(");
  tokens.brackets++;
  const inner = expression(tokens);
  tokens.brackets--;
  expect(tokens, ")");
  return inner;
}
