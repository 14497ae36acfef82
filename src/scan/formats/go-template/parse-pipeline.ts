/** Reads the pipeline of an action: commands behind each other, their values, and the variables that it sets. */
import { TemplateSyntaxError, type Token } from "./action-tokens.ts";
import { numberOfGo } from "./go-literals.ts";
import type { Command, Expression, Pipeline } from "./syntax.ts";
import { plainText } from "./traced-text.ts";
import { bool, int, nil, type Value } from "./value.ts";

export interface TokenCursor {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** Brackets within brackets. */
const deepest = 100;

export function peek(cursor: TokenCursor): Token {
  const token = cursor.tokens[Math.min(cursor.at, cursor.tokens.length - 1)];
  if (!token) throw new TemplateSyntaxError("the action is empty", 0);
  return token;
}

export function take(cursor: TokenCursor): Token {
  const token = peek(cursor);
  cursor.at++;
  return token;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.is === "mark" && token.text === text;
}

/** Up to the end of the action or to a closing bracket. */
export function readPipeline(cursor: TokenCursor, what: string): Pipeline {
  const start = peek(cursor).start;
  const { variables, assigns } = readVariables(cursor);
  const commands: Command[] = [];
  for (;;) {
    const token = peek(cursor);
    if (token.is === "end" || isMark(token, ")")) {
      if (commands.length === 0) throw new TemplateSyntaxError(`a value is missing ${what}`, token.start);
      return { variables, assigns, commands, start, end: cursor.tokens[cursor.at - 1]?.end ?? token.start };
    }
    if (commands.length > 0) {
      if (!isMark(token, "|")) throw new TemplateSyntaxError(`${token.text} cannot stand here`, token.start);
      take(cursor);
    }
    commands.push(readCommand(cursor));
  }
}

function readVariables(cursor: TokenCursor): Pick<Pipeline, "variables" | "assigns"> {
  const { tokens, at } = cursor;
  const first = tokens[at];
  if (first?.is !== "variable") return { variables: [], assigns: false };
  const sign = tokens[at + 1];
  if (isMark(sign, ":=") || isMark(sign, "=")) {
    cursor.at += 2;
    return { variables: [first.text], assigns: sign?.text === "=" };
  }
  const second = tokens[at + 2];
  const late = tokens[at + 3];
  if (!isMark(sign, ",") || second?.is !== "variable" || !(isMark(late, ":=") || isMark(late, "="))) {
    return { variables: [], assigns: false };
  }
  cursor.at += 4;
  return { variables: [first.text, second.text], assigns: late?.text === "=" };
}

function readCommand(cursor: TokenCursor): Command {
  const words: Expression[] = [];
  for (;;) {
    const token = peek(cursor);
    const isEnd = token.is === "end" || isMark(token, ")") || isMark(token, "|");
    if (isEnd) {
      const [first] = words;
      const last = words.at(-1);
      if (!first || !last) throw new TemplateSyntaxError("a command is missing", token.start);
      return { words, start: first.start, end: last.end };
    }
    words.push(readOperand(cursor));
  }
}

/** A value with the fields that follow it without a blank. */
function readOperand(cursor: TokenCursor): Expression {
  let expression = readTerm(cursor);
  for (;;) {
    const token = peek(cursor);
    if (token.is !== "field" || token.spaced) return expression;
    take(cursor);
    expression = { is: "field", of: expression, name: token.text, start: expression.start, end: token.end };
  }
}

function readTerm(cursor: TokenCursor): Expression {
  const token = take(cursor);
  const { start, end } = token;
  switch (token.is) {
    case "dot":
      return { is: "dot", start, end };
    case "field":
      return { is: "field", of: { is: "dot", start, end: start }, name: token.text, start, end };
    case "variable":
      return { is: "variable", name: token.text, start, end };
    case "text":
      return { is: "literal", value: plainText(token.text), start, end };
    case "char":
      return { is: "literal", value: int(token.text.codePointAt(0) ?? 0), start, end };
    case "number":
      return { is: "literal", value: numberValue(token), start, end };
    case "word":
      return readWord(token);
    case "mark":
      return readBrackets(cursor, token);
    case "end":
      throw new TemplateSyntaxError("a value is missing", start);
  }
}

function numberValue(token: Token): Value {
  const number = numberOfGo(token.text);
  if (!number) throw new TemplateSyntaxError(`${token.text} is no number`, token.start);
  return { is: "number", ...number };
}

function readWord({ text, start, end }: Token): Expression {
  if (text === "true" || text === "false") return { is: "literal", value: bool(text === "true"), start, end };
  return text === "nil" ? { is: "literal", value: nil, start, end } : { is: "function", name: text, start, end };
}

function readBrackets(cursor: TokenCursor, { text, start }: Token): Expression {
  if (text !== "(") throw new TemplateSyntaxError(`${text} cannot stand here`, start);
  if (++cursor.depth > deepest) throw new TemplateSyntaxError("there are too many brackets within brackets", start);
  const pipeline = readPipeline(cursor, "in brackets");
  cursor.depth--;
  const close = take(cursor);
  if (!isMark(close, ")")) throw new TemplateSyntaxError("a bracket is not closed", start);
  return { is: "pipeline", pipeline, start, end: close.end };
}
