/** Reads an HCL expression by precedence climbing. */
import type { Cursor } from "./cursor.ts";
import { deeper, expect, fail, found, inBrackets, skipBlanks, startsWord, take, word } from "./cursor.ts";
import { parseList, parseObject } from "./parse-collection.ts";
import { parseHeredoc, parseQuoted, startsHeredoc } from "./parse-template.ts";
import type { BinaryOperator, Expression } from "./syntax.ts";

export function parseExpression(cursor: Cursor): Expression {
  deeper(cursor);
  skipBlanks(cursor);
  const test = binary(cursor, 1);
  skipBlanks(cursor);
  let result = test;
  if (cursor.text.charCodeAt(cursor.at) === 63) {
    cursor.at++;
    const yes = parseExpression(cursor);
    skipBlanks(cursor);
    expect(cursor, ":");
    const no = parseExpression(cursor);
    result = { is: "conditional", file: cursor.file, start: test.start, end: no.end, test, yes, no };
  }
  cursor.depth--;
  return result;
}

const precedences: Readonly<Record<BinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  ">": 4,
  "<=": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

function binary(cursor: Cursor, least: number): Expression {
  let left = unary(cursor);
  for (;;) {
    const after = cursor.at;
    skipBlanks(cursor);
    const operator = operatorAt(cursor.text, cursor.at);
    const precedence = operator ? precedences[operator] : 0;
    if (operator === undefined || precedence < least) {
      cursor.at = after;
      return left;
    }
    cursor.at += operator.length;
    skipBlanks(cursor);
    const right = binary(cursor, precedence + 1);
    left = { is: "binary", file: cursor.file, start: left.start, end: right.end, operator, left, right };
  }
}

function operatorAt(text: string, at: number): BinaryOperator | undefined {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 124:
      return next === 124 ? "||" : undefined;
    case 38:
      return next === 38 ? "&&" : undefined;
    case 61:
      return next === 61 ? "==" : undefined;
    case 33:
      return next === 61 ? "!=" : undefined;
    case 60:
      return next === 61 ? "<=" : "<";
    case 62:
      return next === 61 ? ">=" : ">";
    case 43:
      return "+";
    case 45:
      return "-";
    case 42:
      return "*";
    case 47:
      return "/";
    case 37:
      return "%";
    default:
      return undefined;
  }
}

function unary(cursor: Cursor): Expression {
  const start = cursor.at;
  const code = cursor.text.charCodeAt(start);
  if (code !== 45 && code !== 33) return traversal(cursor, term(cursor));
  deeper(cursor);
  cursor.at++;
  skipBlanks(cursor);
  const of = unary(cursor);
  cursor.depth--;
  return { is: "unary", file: cursor.file, start, end: of.end, operator: code === 45 ? "-" : "!", of };
}

function term(cursor: Cursor): Expression {
  const { text, at } = cursor;
  const code = text.charCodeAt(at);
  if (code === 34) return parseQuoted(cursor);
  if (code >= 48 && code <= 57) return number(cursor);
  if (code === 91) return parseList(cursor);
  if (code === 123) return parseObject(cursor);
  if (code === 60 && startsHeredoc(text, at)) return parseHeredoc(cursor);
  if (code === 40) {
    cursor.at++;
    const inner = inBrackets(cursor, ")", () => cursor.expression(cursor));
    return inner;
  }
  if (startsWord(text, at)) return named(cursor);
  return fail(cursor, `expected a value, found ${found(cursor)}`);
}

const numberForm = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function number(cursor: Cursor): Expression {
  const start = cursor.at;
  numberForm.lastIndex = start;
  const written = numberForm.exec(cursor.text)?.[0] ?? "";
  cursor.at = start + written.length;
  if (startsWord(cursor.text, cursor.at)) fail(cursor, "a number must not run into a word");
  return { is: "literal", file: cursor.file, start, end: cursor.at, value: Number(written) };
}

function named(cursor: Cursor): Expression {
  const { file, text } = cursor;
  const start = cursor.at;
  let name = word(cursor, "a name");
  const end = cursor.at;
  if (text.charCodeAt(end) === 58 && text.charCodeAt(end + 1) === 58) name = namespaced(cursor, name);
  const after = cursor.at;
  skipBlanks(cursor);
  if (text.charCodeAt(cursor.at) === 40) return call(cursor, start, name);
  cursor.at = after;
  if (after > end) fail(cursor, "a name with `::` must be called as a function", start);
  if (name === "true" || name === "false") return { is: "literal", file, start, end, value: name === "true" };
  if (name === "True" || name === "False") {
    const word = name.toLowerCase();
    cursor.problems.push({ message: `\`${name}\` is no value; it is read as \`${word}\``, at: start });
    return { is: "literal", file, start, end, value: word === "true" };
  }
  if (name === "null") return { is: "literal", file, start, end, value: null };
  return { is: "name", file, start, end, name };
}

function namespaced(cursor: Cursor, first: string): string {
  let name = first;
  while (take(cursor, "::")) name += `::${word(cursor, "the name of a function")}`;
  return name;
}

function call(cursor: Cursor, start: number, name: string): Expression {
  const args: Expression[] = [];
  let expand = false;
  cursor.at++;
  inBrackets(cursor, ")", () => {
    for (skipBlanks(cursor); cursor.text.charCodeAt(cursor.at) !== 41; skipBlanks(cursor)) {
      args.push(cursor.expression(cursor));
      skipBlanks(cursor);
      if (take(cursor, "...")) {
        expand = true;
        skipBlanks(cursor);
        take(cursor, ",");
        break;
      }
      if (!take(cursor, ",")) break;
    }
  });
  return { is: "call", file: cursor.file, start, end: cursor.at, name, args, expand };
}

/** What follows a value: `.name`, `.0`, `[key]`, `.*` and `[*]`. */
function traversal(cursor: Cursor, first: Expression): Expression {
  let of = first;
  for (;;) {
    const after = cursor.at;
    skipBlanks(cursor);
    const code = cursor.text.charCodeAt(cursor.at);
    const next = cursor.text.charCodeAt(cursor.at + 1);
    if (code === 46 && next !== 46) of = next === 42 ? splat(cursor, of, false) : attribute(cursor, of);
    else if (code === 91) of = isFullSplat(cursor) ? splat(cursor, of, true) : indexed(cursor, of);
    else {
      cursor.at = after;
      return of;
    }
  }
}

function attribute(cursor: Cursor, of: Expression): Expression {
  const { file, text } = cursor;
  cursor.at++;
  skipBlanks(cursor);
  const start = cursor.at;
  const digits = /\d+/y;
  digits.lastIndex = start;
  const position = digits.exec(text)?.[0];
  if (position !== undefined) {
    cursor.at += position.length;
    const key: Expression = { is: "literal", file, start, end: cursor.at, value: Number(position) };
    return { is: "index", file, start: of.start, end: cursor.at, of, key };
  }
  const name = word(cursor, "the name of an attribute");
  return { is: "get", file, start: of.start, end: cursor.at, of, name };
}

function indexed(cursor: Cursor, of: Expression): Expression {
  cursor.at++;
  const key = inBrackets(cursor, "]", () => cursor.expression(cursor));
  return { is: "index", file: cursor.file, start: of.start, end: cursor.at, of, key };
}

const fullSplat = /\[\s*\*\s*\]/y;

function isFullSplat({ text, at }: Cursor): boolean {
  fullSplat.lastIndex = at;
  return fullSplat.test(text);
}

/** `[*]` takes every step that follows along; `.*` only attributes. */
function splat(cursor: Cursor, of: Expression, full: boolean): Expression {
  const { file } = cursor;
  cursor.at = full ? cursor.text.indexOf("]", cursor.at) + 1 : cursor.at + 2;
  let each: Expression = { is: "item", file, start: of.start, end: cursor.at };
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    const next = cursor.text.charCodeAt(cursor.at + 1);
    if (code === 46 && next !== 46 && next !== 42) each = attribute(cursor, each);
    else if (full && code === 91 && !isFullSplat(cursor)) each = indexed(cursor, each);
    else return { is: "splat", file, start: of.start, end: cursor.at, of, each };
  }
}
