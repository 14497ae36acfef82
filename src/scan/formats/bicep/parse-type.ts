/** Reads the types of Bicep: unions, objects, tuples, lists, `name?`, `resourceInput<'...'>`. */
import { parseExpression, parseProperty } from "./parse-expression.ts";
import { isCutOff, readArguments, readBetween, readDecorators, readName, readParenthesis } from "./parse-members.ts";
import { parseText } from "./parse-text.ts";
import type { ArrayLiteral, Expression, ObjectLiteral } from "./syntax.ts";
import { advance, complain, enter, expect, isWord, type Tokens } from "./tokens.ts";

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

export function parseType(tokens: Tokens): Expression {
  const { start } = tokens;
  if (!enter(tokens)) return { is: "broken", start, end: start };
  if (tokens.kind === "|") advance(tokens);
  const first = parseOne(tokens);
  const options = [first];
  while (tokens.kind === "|") {
    advance(tokens);
    options.push(parseOne(tokens));
  }
  tokens.depth--;
  return options.length === 1 ? first : { is: "union", options, start, end: tokens.before };
}

function parseOne(tokens: Tokens): Expression {
  const { start } = tokens;
  let of = parseMember(tokens);
  for (;;) {
    if (tokens.kind === ".") {
      advance(tokens);
      of = parseTypeAccess(tokens, of, start);
    } else if (tokens.newLine) return of;
    else if (tokens.kind === "[") {
      advance(tokens);
      of = parseBrackets(tokens, of, start);
    } else if (tokens.kind === "?" || tokens.kind === "!") {
      const by = tokens.kind;
      advance(tokens);
      of = { is: "modified", by, of, start, end: tokens.before };
    } else return of;
  }
}

function parseTypeAccess(tokens: Tokens, of: Expression, start: number): Expression {
  if (tokens.kind === "*") {
    advance(tokens);
    return { is: "element", of, key: undefined, safe: false, fromEnd: false, start, end: tokens.before };
  }
  const { name } = readName(tokens);
  if (tokens.kind !== "<") return { is: "access", of, name, by: ".", start, end: tokens.before };
  const args = readArguments(tokens, ">", parseType);
  return { is: "call", on: of, name, args, start, end: tokens.before };
}

/** `type[]`, `type[*]`, `tuple[0]` */
function parseBrackets(tokens: Tokens, of: Expression, start: number): Expression {
  if (tokens.kind === "]") {
    advance(tokens);
    return { is: "modified", by: "[]", of, start, end: tokens.before };
  }
  let key: Expression | undefined;
  tokens.brackets++;
  if (tokens.kind === "*") advance(tokens);
  else key = parseExpression(tokens);
  tokens.brackets--;
  expect(tokens, "]");
  return { is: "element", of, key, safe: false, fromEnd: false, start, end: tokens.before };
}

function parseMember(tokens: Tokens): Expression {
  const { kind, start, end, text } = tokens;
  if (kind === "name" && !isCutOff(tokens)) return parseTypeName(tokens);
  if (kind === "text") return parseText(tokens, parseExpression);
  if (kind === "{") return parseObjectType(tokens);
  if (kind === "[") return parseTuple(tokens);
  if (kind === "(") return readParenthesis(tokens, parseType);
  if (kind === "number") {
    advance(tokens);
    return { is: "literal", value: Number(text.slice(start, end)), start, end };
  }
  if (kind === "-" || kind === "!" || kind === "+") {
    if (!enter(tokens)) return { is: "broken", start, end: start };
    advance(tokens);
    const of = parseMember(tokens);
    tokens.depth--;
    return { is: "unary", operator: kind, of, start, end: tokens.before };
  }
  complain(tokens, "a type was expected");
  return { is: "broken", start, end: start };
}

function parseTypeName(tokens: Tokens): Expression {
  const { start } = tokens;
  const typed = isWord(tokens, "resource");
  const { name, end } = readName(tokens);
  const value = words.get(name);
  if (value !== undefined) return { is: "literal", value, start, end };
  // `param x resource 'Microsoft.Storage/storageAccounts@2023-01-01'`
  if (typed && tokens.kind === "text") {
    return { is: "call", on: undefined, name, args: [parseText(tokens, parseExpression)], start, end: tokens.before };
  }
  if (tokens.kind !== "<") return { is: "name", name, start, end };
  const args = readArguments(tokens, ">", parseType);
  return { is: "call", on: undefined, name, args, start, end: tokens.before };
}

function parseObjectType(tokens: Tokens): Expression {
  const { start } = tokens;
  const members: ObjectLiteral["members"][number][] = [];
  let lost = false;
  const whole = readBetween(tokens, "}", () => {
    const decorators = readDecorators(tokens, parseExpression);
    if (tokens.kind === "...") {
      const spread = tokens.start;
      advance(tokens);
      members.push({ is: "spread", of: parseType(tokens), start: spread, end: tokens.before });
      return;
    }
    const property = parseProperty(tokens, parseType, decorators);
    if (property) members.push(property);
    else lost = true;
  });
  return { is: "object", members, resources: [], broken: lost || !whole, start, end: tokens.before };
}

function parseTuple(tokens: Tokens): Expression {
  const { start } = tokens;
  const items: ArrayLiteral["items"][number][] = [];
  readBetween(tokens, "]", () => {
    readDecorators(tokens, parseExpression);
    items.push(parseType(tokens));
  });
  return { is: "array", items, start, end: tokens.before };
}
