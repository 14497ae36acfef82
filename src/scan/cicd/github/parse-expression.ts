/** Reads what stands in `${{ }}`: literals, paths, calls and operators. What it does not understand is undefined, never an error. */
import type { Expression, Operator } from "./expression.ts";

/** Longer and deeper ones are written by nobody. */
const longestExpression = 8_000;
const deepestExpression = 60;
const longestPath = 200;

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

const levels: readonly (readonly Operator[])[] = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"]];

export function parseExpression(text: string): Expression | undefined {
  if (text.length > longestExpression) return undefined;
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const read = readLevel(cursor, 0);
  skipSpace(cursor);
  return read && cursor.at === text.length ? read : undefined;
}

function readLevel(cursor: Cursor, level: number): Expression | undefined {
  const operators = levels[level];
  if (!operators) return readUnary(cursor);
  let left = readLevel(cursor, level + 1);
  for (let count = 0; left && count < longestPath; count++) {
    const operator = takeOperator(cursor, operators);
    if (!operator) return left;
    const right = readLevel(cursor, level + 1);
    if (!right) return undefined;
    left = { is: "binary", operator, left, right, start: left.start, end: right.end };
  }
  return undefined;
}

function takeOperator(cursor: Cursor, operators: readonly Operator[]): Operator | undefined {
  skipSpace(cursor);
  const found = operators.find((operator) => cursor.text.startsWith(operator, cursor.at));
  if (found) cursor.at += found.length;
  return found;
}

function readUnary(cursor: Cursor): Expression | undefined {
  if (cursor.depth >= deepestExpression) return undefined;
  skipSpace(cursor);
  const start = cursor.at;
  if (cursor.text[start] !== "!" || cursor.text[start + 1] === "=") return readPath(cursor);
  cursor.at++;
  const of = deeper(cursor, () => readUnary(cursor));
  return of && { is: "not", of, start, end: of.end };
}

function deeper<T>(cursor: Cursor, read: () => T): T {
  cursor.depth++;
  const result = read();
  cursor.depth--;
  return result;
}

/** A value with the members that are taken of it. */
function readPath(cursor: Cursor): Expression | undefined {
  let of = readValue(cursor);
  for (let count = 0; of && count < longestPath; count++) {
    skipSpace(cursor);
    const { start } = of;
    const mark = cursor.text[cursor.at];
    if (mark === ".") {
      cursor.at++;
      const key = readName(cursor);
      if (!key) return undefined;
      of = { is: "index", of, key, start, end: cursor.at };
    } else if (mark === "[") {
      cursor.at++;
      const key = readKey(cursor);
      if (!key || !take(cursor, "]")) return undefined;
      of = { is: "index", of, key, start, end: cursor.at };
    } else return of;
  }
  return undefined;
}

function readKey(cursor: Cursor): Expression | "*" | undefined {
  return take(cursor, "*") ? "*" : deeper(cursor, () => readLevel(cursor, 0));
}

function readName(cursor: Cursor): Expression | "*" | undefined {
  if (take(cursor, "*")) return "*";
  const start = cursor.at;
  const value = match(cursor, /[\w-]+/y);
  return value === undefined ? undefined : { is: "literal", value, start, end: cursor.at };
}

function readValue(cursor: Cursor): Expression | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  if (take(cursor, "(")) {
    const inner = deeper(cursor, () => readLevel(cursor, 0));
    return inner && take(cursor, ")") ? inner : undefined;
  }
  const quoted = match(cursor, /'(?:[^']|'')*'/y);
  const end = () => ({ start, end: cursor.at });
  if (quoted !== undefined) return { is: "literal", value: quoted.slice(1, -1).replaceAll("''", "'"), ...end() };
  const number = match(cursor, /[-+]?(?:0x[\da-f]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?![\w-])/iy);
  if (number !== undefined) return { is: "literal", value: Number(number), ...end() };
  const name = match(cursor, /[A-Za-z_][\w-]*/y);
  if (name === undefined) return undefined;
  if (take(cursor, "(")) {
    const args = deeper(cursor, () => readArguments(cursor));
    return args && { is: "call", name: name.toLowerCase(), args, ...end() };
  }
  if (Object.hasOwn(words, name)) return { is: "literal", value: words[name] ?? null, ...end() };
  return { is: "context", name, start, end: start + name.length };
}

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readArguments(cursor: Cursor): readonly Expression[] | undefined {
  const args: Expression[] = [];
  if (take(cursor, ")")) return args;
  for (let count = 0; count < longestPath; count++) {
    const one = readLevel(cursor, 0);
    if (!one) return undefined;
    args.push(one);
    if (take(cursor, ")")) return args;
    if (!take(cursor, ",")) return undefined;
  }
  return undefined;
}

function take(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (!cursor.text.startsWith(mark, cursor.at)) return false;
  cursor.at += mark.length;
  return true;
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && cursor.text.charCodeAt(cursor.at) <= 32) cursor.at++;
}
