/**
 * Parses text/template: statements between braces, nested by `end`. As in Go, a fault anywhere costs the whole text, which
 * is then told as a fault and not thrown.
 */
import { readAction, TemplateSyntaxError, type Token } from "./action-tokens.ts";
import { peek, readPipeline, type TokenCursor, take } from "./parse-pipeline.ts";
import type { ParsedTemplate, Pipeline, Statement, TemplateFault } from "./syntax.ts";

interface Cursor {
  readonly text: string;
  at: number;
  /** Where text begins that was not put out yet: behind the blanks that the last action trims. */
  textStart: number;
  depth: number;
  loops: number;
  readonly defined: Map<string, readonly Statement[]>;
}

/** What ended a body: `end`, or `else` with what follows it. */
interface Ending {
  readonly word: "end" | "else" | "";
  readonly cursor: TokenCursor;
  readonly start: number;
}

interface Body {
  readonly statements: readonly Statement[];
  readonly ending: Ending;
}

/** Blocks within blocks. */
const deepest = 100;

export function parseTemplate(text: string): ParsedTemplate | TemplateFault {
  const cursor: Cursor = { text, at: 0, textStart: 0, depth: 0, loops: 0, defined: new Map() };
  try {
    const { statements, ending } = readBody(cursor);
    if (ending.word !== "") throw new TemplateSyntaxError(`${ending.word} belongs to nothing`, ending.start);
    return { body: statements, defined: cursor.defined };
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return { message: error.message, offset: error.offset };
    throw error;
  }
}

/** Statements up to `end`, `else` or the end of the text. */
function readBody(cursor: Cursor): Body {
  const statements: Statement[] = [];
  for (;;) {
    const { text } = cursor;
    const open = text.indexOf("{{", cursor.at);
    const trims = open >= 0 && text[open + 2] === "-" && /\s/.test(text[open + 3] ?? "");
    const textEnd = open < 0 ? text.length : trims ? trimmedEnd(text, cursor.textStart, open) : open;
    if (textEnd > cursor.textStart) statements.push({ is: "text", start: cursor.textStart, end: textEnd });
    if (open < 0) {
      cursor.at = cursor.textStart = text.length;
      return { statements, ending: { word: "", cursor: { tokens: [], at: 0, depth: 0 }, start: text.length } };
    }
    const inside = open + (trims ? 3 : 2);
    if (skipComment(cursor, inside)) continue;
    const { tokens, end, trims: trimsAfter } = readAction(text, inside);
    moveTo(cursor, end, trimsAfter);
    const ending = readStatement(cursor, { tokens, at: 0, depth: 0 }, { start: open, end }, statements);
    if (ending) return { statements, ending };
  }
}

function trimmedEnd(text: string, least: number, end: number): number {
  let at = end;
  while (at > least && " \t\r\n".includes(text[at - 1] ?? "?")) at--;
  return at;
}

function moveTo(cursor: Cursor, end: number, trims: boolean): void {
  let at = end;
  if (trims) while (at < cursor.text.length && " \t\r\n".includes(cursor.text[at] ?? "?")) at++;
  cursor.at = cursor.textStart = at;
}

function skipComment(cursor: Cursor, inside: number): boolean {
  const opening = /\s*\/\*/y;
  opening.lastIndex = inside;
  if (!opening.test(cursor.text)) return false;
  const close = cursor.text.indexOf("*/", opening.lastIndex);
  const closing = /\s*?((?:\s-)?)\}\}/y;
  closing.lastIndex = close + 2;
  const found = close < 0 ? null : closing.exec(cursor.text);
  if (!found) throw new TemplateSyntaxError("a comment is not closed", inside);
  moveTo(cursor, closing.lastIndex, found[1] !== "");
  return true;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Adds what the action stands for; answers an ending if it closes the body. */
function readStatement(cursor: Cursor, tokens: TokenCursor, span: Span, out: Statement[]): Ending | undefined {
  const first = peek(tokens);
  const word = first.is === "word" ? first.text : "";
  switch (word) {
    case "end":
    case "else":
      take(tokens);
      return { word, cursor: tokens, start: span.start };
    case "if":
    case "with":
    case "range":
      take(tokens);
      out.push(readControl(cursor, tokens, word, span));
      return undefined;
    case "define":
    case "block":
      take(tokens);
      readDefinition(cursor, tokens, word, span, out);
      return undefined;
    case "template": {
      take(tokens);
      const name = readName(tokens, "template");
      const pipeline = peek(tokens).is === "end" ? undefined : whole(tokens, "behind the name of the template");
      out.push({ is: "template", name, pipeline, ...span });
      return undefined;
    }
    case "break":
    case "continue":
      if (tokens.tokens[1]?.is !== "end") break;
      if (cursor.loops === 0) throw new TemplateSyntaxError(`${word} stands outside of a range`, span.start);
      out.push({ is: word, ...span });
      return undefined;
  }
  const pipeline = whole(tokens, "in an action");
  if (pipeline.variables.length > 1) throw new TemplateSyntaxError("only range sets two variables", span.start);
  out.push({ is: "action", pipeline, ...span });
  return undefined;
}

function whole(tokens: TokenCursor, where: string): Pipeline {
  const pipeline = readPipeline(tokens, where);
  expectEnd(peek(tokens));
  return pipeline;
}

function expectEnd(token: Token): void {
  if (token.is !== "end") throw new TemplateSyntaxError(`${token.text} cannot stand here`, token.start);
}

function readName(tokens: TokenCursor, word: string): string {
  const name = take(tokens);
  if (name.is !== "text") throw new TemplateSyntaxError(`${word} needs a name in quotes`, name.start);
  return name.text;
}

function readControl(
  cursor: Cursor,
  tokens: TokenCursor,
  word: "if" | "with" | "range",
  span: Span,
): Extract<Statement, { is: "if" | "with" | "range" }> {
  const pipeline = whole(tokens, `behind ${word}`);
  if (word !== "range" && pipeline.variables.length > 1) {
    throw new TemplateSyntaxError(`${word} sets one variable at most`, span.start);
  }
  if (word === "range") cursor.loops++;
  const { statements: body, ending } = readInner(cursor, word, span);
  if (word === "range") cursor.loops--;
  const otherwise = ending.word === "else" ? readElse(cursor, word, ending) : [];
  if (ending.word === "end") expectEnd(peek(ending.cursor));
  return { is: word, pipeline, body, otherwise, ...span };
}

function readInner(cursor: Cursor, word: string, span: Span): Body {
  if (++cursor.depth > deepest) throw new TemplateSyntaxError("there are too many blocks within blocks", span.start);
  const inner = readBody(cursor);
  cursor.depth--;
  if (inner.ending.word === "") throw new TemplateSyntaxError(`${word} is not closed by an end`, span.start);
  return inner;
}

/** `else if` and `else with` share the end of what they belong to. */
function readElse(cursor: Cursor, word: string, { cursor: tokens, start }: Ending): readonly Statement[] {
  const next = peek(tokens);
  const span = { start, end: cursor.at };
  if (next.is === "word" && next.text === word && word !== "range") {
    take(tokens);
    if (++cursor.depth > deepest) throw new TemplateSyntaxError("there are too many branches", start);
    const chained = readControl(cursor, tokens, word as "if" | "with", span);
    cursor.depth--;
    return [chained];
  }
  expectEnd(next);
  const { statements, ending } = readInner(cursor, word, span);
  if (ending.word !== "end") throw new TemplateSyntaxError("there is a second else", ending.start);
  return statements;
}

function readDefinition(
  cursor: Cursor,
  tokens: TokenCursor,
  word: "define" | "block",
  span: Span,
  out: Statement[],
): void {
  const name = readName(tokens, word);
  const pipeline = word === "block" ? whole(tokens, "behind the name of the block") : undefined;
  if (!pipeline) expectEnd(peek(tokens));
  const { loops } = cursor;
  cursor.loops = 0;
  const { statements, ending } = readInner(cursor, word, span);
  cursor.loops = loops;
  if (ending.word !== "end") throw new TemplateSyntaxError("else belongs to nothing", ending.start);
  // An empty definition does not replace one that has content.
  const isEmpty = statements.every(
    ({ is, start, end }) => is === "text" && /^\s*$/.test(cursor.text.slice(start, end)),
  );
  if (!isEmpty || !cursor.defined.has(name)) cursor.defined.set(name, statements);
  if (pipeline) out.push({ is: "template", name, pipeline, ...span });
}
