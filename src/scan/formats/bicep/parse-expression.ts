/** Reads the values of Bicep: operators, calls, texts, lists, objects, loops, lambdas. Never throws; depth is bounded. */

import { isCutOff, readArguments, readBetween, readDecorators, readName, readParenthesis } from "./parse-members.ts";
import { parseText } from "./parse-text.ts";
import type { ArrayLiteral, Expression, ObjectLiteral, Property, ResourceStatement, Spread } from "./syntax.ts";
import { advance, charAfter, complain, enter, expect, isNameStart, isWord, type Tokens, takeWord } from "./tokens.ts";

const openParenthesis = 40;
const colon = 58;

/** How tightly an operator binds. */
const precedence: Readonly<Record<string, number>> = {
  "*": 100,
  "/": 100,
  "%": 100,
  "+": 90,
  "-": 90,
  ">": 80,
  ">=": 80,
  "<": 80,
  "<=": 80,
  "==": 70,
  "!=": 70,
  "=~": 70,
  "!~": 70,
  "&&": 50,
  "||": 40,
  "??": 30,
};

const goesOn: ReadonlySet<string> = new Set(["&&", "||", "??"]);

export function parseExpression(tokens: Tokens): Expression {
  if (!enter(tokens)) return broken(tokens);
  const { start } = tokens;
  let result = parseBinary(tokens, 0);
  if (tokens.kind === "?") {
    advance(tokens);
    const yes = parseExpression(tokens);
    expect(tokens, ":");
    const no = parseExpression(tokens);
    result = { is: "ternary", condition: result, yes, no, start, end: tokens.before };
  }
  tokens.depth--;
  return result;
}

function broken(tokens: Tokens): Expression {
  return { is: "broken", start: tokens.start, end: tokens.start };
}

function parseBinary(tokens: Tokens, above: number): Expression {
  const { start } = tokens;
  let left = parseUnary(tokens);
  for (;;) {
    const operator = tokens.kind;
    const binds = precedence[operator];
    // On a new line it is the next item of a list, or the `*` of a type; these can only go on.
    if (binds === undefined || binds <= above || (tokens.newLine && !goesOn.has(operator))) return left;
    advance(tokens);
    const right = parseBinary(tokens, binds);
    left = { is: "binary", operator, left, right, start, end: tokens.before };
  }
}

function parseUnary(tokens: Tokens): Expression {
  const { kind, start } = tokens;
  if (kind !== "!" && kind !== "-" && kind !== "+") return parsePostfix(tokens);
  if (!enter(tokens)) return broken(tokens);
  advance(tokens);
  const of = parseUnary(tokens);
  tokens.depth--;
  return { is: "unary", operator: kind, of, start, end: tokens.before };
}

function parsePostfix(tokens: Tokens): Expression {
  const { start } = tokens;
  let of = parsePrimary(tokens);
  for (;;) {
    if (tokens.kind === "." || tokens.kind === "::") of = parseAccess(tokens, of, start);
    else if (tokens.newLine) return of;
    else if (tokens.kind === "[") of = parseElement(tokens, of, start);
    else if (tokens.kind === "!") {
      advance(tokens);
      of = { is: "modified", by: "!", of, start, end: tokens.before };
    } else return of;
  }
}

function parseAccess(tokens: Tokens, of: Expression, start: number): Expression {
  const nested = tokens.kind === "::";
  advance(tokens);
  const safe = tokens.kind === "?";
  if (safe) advance(tokens);
  const { name } = readName(tokens);
  if (tokens.kind === "(" && !tokens.newLine) {
    const args = readArguments(tokens, ")", parseExpression);
    return { is: "call", on: of, name, args, start, end: tokens.before };
  }
  return { is: "access", of, name, by: nested ? "::" : safe ? ".?" : ".", start, end: tokens.before };
}

function parseElement(tokens: Tokens, of: Expression, start: number): Expression {
  tokens.brackets++;
  advance(tokens);
  const safe = tokens.kind === "?";
  if (safe) advance(tokens);
  const fromEnd = tokens.kind === "^";
  if (fromEnd) advance(tokens);
  const key = parseExpression(tokens);
  tokens.brackets--;
  expect(tokens, "]");
  return { is: "element", of, key, safe, fromEnd, start, end: tokens.before };
}

function parsePrimary(tokens: Tokens): Expression {
  const { kind, start } = tokens;
  if (kind === "name" && !isCutOff(tokens)) return parseWord(tokens);
  if (kind === "text") return parseText(tokens, parseExpression);
  if (kind === "number") {
    const value = Number(tokens.text.slice(start, tokens.end));
    advance(tokens);
    return { is: "literal", value, start, end: tokens.before };
  }
  if (kind === "{") return parseObject(tokens);
  if (kind === "[") return parseList(tokens);
  if (kind === "(") return parseParenthesis(tokens);
  return missingValue(tokens);
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function parseWord(tokens: Tokens): Expression {
  const { start, end, text } = tokens;
  const name = text.slice(start, end);
  advance(tokens);
  const value = words.get(name);
  if (value !== undefined) return { is: "literal", value, start, end };
  if (tokens.kind === "=>") return parseLambda(tokens, [name], start);
  if (tokens.kind !== "(" || tokens.newLine) return { is: "name", name, start, end };
  if (name === "if") {
    const condition = readParenthesis(tokens, parseExpression);
    const body = parseExpression(tokens);
    return { is: "if", condition, body, start, end: tokens.before };
  }
  const args = readArguments(tokens, ")", parseExpression);
  return { is: "call", on: undefined, name, args, start, end: tokens.before };
}

function parseLambda(tokens: Tokens, parameters: readonly string[], start: number): Expression {
  advance(tokens);
  const body = parseExpression(tokens);
  return { is: "lambda", parameters, body, start, end: tokens.before };
}

/** An expression in parentheses, or the parameters of a lambda. */
function parseParenthesis(tokens: Tokens): Expression {
  const { start } = tokens;
  const inner = readArguments(tokens, ")", parseExpression);
  if (tokens.kind === "=>") {
    return parseLambda(
      tokens,
      inner.map((item) => (item.is === "name" ? item.name : "")),
      start,
    );
  }
  const [first] = inner;
  if (inner.length === 1 && first) return first;
  complain(tokens, "one expression in parentheses was expected");
  return { is: "broken", start, end: tokens.before };
}

function parseList(tokens: Tokens): Expression {
  const { start } = tokens;
  if (beginsLoop(tokens)) return parseLoop(tokens);
  const items: ArrayLiteral["items"][number][] = [];
  readBetween(tokens, "]", () => {
    items.push(tokens.kind === "..." ? parseSpread(tokens) : parseExpression(tokens));
  });
  return { is: "array", items, start, end: tokens.before };
}

/** `[for x in ...`; comments may stand between. */
function beginsLoop(tokens: Tokens): boolean {
  const inner = { ...tokens };
  advance(inner);
  if (!isWord(inner, "for")) return false;
  const after = charAfter(inner);
  return isNameStart(after) || after === openParenthesis;
}

function parseSpread(tokens: Tokens): Spread {
  const { start } = tokens;
  advance(tokens);
  return { is: "spread", of: parseExpression(tokens), start, end: tokens.before };
}

function parseLoop(tokens: Tokens): Expression {
  const { start } = tokens;
  tokens.brackets++;
  advance(tokens);
  takeWord(tokens, "for");
  let names: string[];
  if (tokens.kind === "(") {
    names = readArguments(tokens, ")", parseExpression).map((name) => (name.is === "name" ? name.name : ""));
  } else names = [readName(tokens).name];
  if (!takeWord(tokens, "in")) complain(tokens, "'in' was expected");
  const list = parseExpression(tokens);
  expect(tokens, ":");
  const body = parseExpression(tokens);
  tokens.brackets--;
  expect(tokens, "]");
  return { is: "loop", item: names[0] ?? "", position: names[1], list, body, start, end: tokens.before };
}

function parseObject(tokens: Tokens): Expression {
  const { start } = tokens;
  const members: ObjectLiteral["members"][number][] = [];
  const resources: ResourceStatement[] = [];
  let lost = false;
  const whole = readBetween(tokens, "}", () => {
    if (tokens.kind === "...") members.push(parseSpread(tokens));
    else if (tokens.kind === "@" || beginsResource(tokens)) {
      const decorators = readDecorators(tokens, parseExpression);
      if (beginsResource(tokens)) resources.push(parseResource(tokens, decorators));
      else complain(tokens, "a resource was expected after the decorator");
    } else {
      const property = parseProperty(tokens, parseExpression, []);
      if (property) members.push(property);
      else lost = true;
    }
  });
  return { is: "object", members, resources, broken: lost || !whole, start, end: tokens.before };
}

/** `resource x ...`; `resource: ...` is a member. */
function beginsResource(tokens: Tokens): boolean {
  return isWord(tokens, "resource") && isNameStart(charAfter(tokens));
}

export function parseProperty(
  tokens: Tokens,
  value: (tokens: Tokens) => Expression,
  decorators: Property["decorators"],
): Property | undefined {
  const { start } = tokens;
  const key = parseKey(tokens);
  if (!key) return undefined;
  if (!expect(tokens, ":")) return undefined;
  const read = beginsProperty(tokens) ? missingValue(tokens) : value(tokens);
  return { is: "property", key, value: read, decorators, start, end: tokens.before };
}

/** On a new line a name with a colon is the next member: this one has no value yet. */
function beginsProperty(tokens: Tokens): boolean {
  return tokens.newLine && tokens.kind === "name" && charAfter(tokens) === colon;
}

function missingValue(tokens: Tokens): Expression {
  complain(tokens, "a value was expected");
  return broken(tokens);
}

function parseKey(tokens: Tokens): Property["key"] | undefined {
  const { start, end, kind, text } = tokens;
  if (kind === "text") return parseText(tokens, parseExpression);
  if (kind === "name") {
    advance(tokens);
    return { is: "literal", value: text.slice(start, end), start, end };
  }
  if (kind === "*") {
    advance(tokens);
    return { is: "name", name: "*", start, end };
  }
  complain(tokens, "the name of a property was expected");
  return undefined;
}

export function parseResource(tokens: Tokens, decorators: ResourceStatement["decorators"]): ResourceStatement {
  const { start } = tokens;
  advance(tokens);
  const name = readName(tokens);
  const type = parsePrimary(tokens);
  const existing = takeWord(tokens, "existing");
  expect(tokens, "=");
  const value = parseExpression(tokens);
  return { is: "resource", decorators, name, type, existing, value, start, end: tokens.before };
}
