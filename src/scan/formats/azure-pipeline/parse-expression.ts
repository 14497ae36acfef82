/** Reads one expression. Its length and depth are bounded as Azure bounds them; what is wrong comes with its place. */
import type { Expression, ParsedExpression, Version } from "./expression-node.ts";

interface Token {
  readonly is: "name" | "text" | "number" | "version" | "symbol" | "end";
  readonly text: string;
  readonly at: number;
}

const longest = 21_000;
const deepest = 50;

class Refusal extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const known = new Map<string, ParsedExpression>();

/** The same text is parsed once; templates repeat the same few expressions. */
export function parseExpression(text: string): ParsedExpression {
  const before = known.get(text);
  if (before) return before;
  if (known.size > 5000) known.clear();
  const parsed = parse(text);
  if (text.length < 500) known.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedExpression {
  if (text.length > longest) return { is: "refused", message: `the expression is longer than ${longest}`, at: 0 };
  try {
    const cursor = { tokens: tokensOf(text), next: 0 };
    const expression = readExpression(cursor, 0);
    const rest = cursor.tokens[cursor.next];
    if (rest && rest.is !== "end") throw unexpected(rest);
    return { is: "parsed", expression };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { is: "refused", message: error.message, at: error.at };
  }
}

const pattern =
  /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+){2,3}(?![\w.]))|([-+]?(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)(?![\w.]))|([A-Za-z_][\w-]*)|([(),.[\]*]))/iy;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== "" && tokens.length <= longest) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw unread(text, at);
    const [whole, quoted, version, number, name, symbol] = match;
    const token = quoted ?? version ?? number ?? name ?? symbol ?? "";
    const is = quoted ? "text" : version ? "version" : number ? "number" : name ? "name" : "symbol";
    tokens.push({ is, text: token, at: at + whole.length - token.length });
    at += whole.length;
  }
  tokens.push({ is: "end", text: "", at: text.length });
  return tokens;
}

function unread(text: string, from: number): Refusal {
  const rest = text.slice(from);
  const word = /^\s*(\S[^\s(),]{0,40})/.exec(rest)?.[1] ?? "";
  const at = from + rest.indexOf(word);
  if (word.startsWith("'")) return new Refusal("a text in quotes does not end", at);
  return new Refusal(`Unexpected symbol: '${word}'`, at);
}

function unexpected({ is, text, at }: Token): Refusal {
  return new Refusal(is === "end" ? "the expression ends too early" : `Unexpected symbol: '${text}'`, at);
}

interface Cursor {
  readonly tokens: readonly Token[];
  next: number;
}

function take(cursor: Cursor): Token {
  const token = cursor.tokens[Math.min(cursor.next++, cursor.tokens.length - 1)];
  return token ?? { is: "end", text: "", at: 0 };
}

function isNext(cursor: Cursor, symbol: string): boolean {
  const token = cursor.tokens[cursor.next];
  return token?.is === "symbol" && token.text === symbol;
}

function expect(cursor: Cursor, symbol: string): void {
  const token = take(cursor);
  if (token.is !== "symbol" || token.text !== symbol) throw unexpected(token);
}

function readExpression(cursor: Cursor, depth: number): Expression {
  if (depth > deepest) throw new Refusal(`the expression is nested deeper than ${deepest}`, 0);
  let read = readFirst(cursor, depth);
  for (let links = 0; links <= 200; links++) {
    if (isNext(cursor, ".")) {
      take(cursor);
      if (isNext(cursor, "*")) {
        take(cursor);
        read = { is: "every", of: read };
        continue;
      }
      const name = take(cursor);
      if (name.is !== "name" && name.is !== "number") throw unexpected(name);
      read = { is: "property", of: read, name: name.text };
    } else if (isNext(cursor, "[")) {
      take(cursor);
      if (isNext(cursor, "*")) {
        take(cursor);
        read = { is: "every", of: read };
      } else read = { is: "item", of: read, key: readExpression(cursor, depth + 1) };
      expect(cursor, "]");
    } else return read;
  }
  throw new Refusal("the expression goes through too many properties", 0);
}

function readFirst(cursor: Cursor, depth: number): Expression {
  const token = take(cursor);
  switch (token.is) {
    case "text":
      return { is: "literal", value: token.text.slice(1, -1).replaceAll("''", "'") };
    case "version":
      return { is: "literal", value: versionOf(token.text) };
    case "number":
      return { is: "literal", value: Number(token.text) };
    case "name":
      return isNext(cursor, "(") ? readCall(cursor, token, depth) : wordOf(token);
    case "symbol":
    case "end":
      throw unexpected(token);
  }
}

function wordOf({ text, at }: Token): Expression {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return { is: "literal", value: word === "true" };
  if (word === "null") return { is: "literal", value: null };
  return { is: "name", name: text, at };
}

function readCall(cursor: Cursor, { text, at }: Token, depth: number): Expression {
  take(cursor);
  const args: Expression[] = [];
  while (!isNext(cursor, ")")) {
    if (args.length > 0) expect(cursor, ",");
    args.push(readExpression(cursor, depth + 1));
    if (!isNext(cursor, ",") && !isNext(cursor, ")")) throw unexpected(take(cursor));
  }
  take(cursor);
  return { is: "call", name: text, args, at };
}

function versionOf(text: string): Version {
  return { version: text.split(".").map(Number) };
}
