/** Cuts the inside of an action into words. Refuses what Go's lexer refuses, as a fault with its offset. */
import { unescapeGo } from "./go-literals.ts";

export interface Token {
  readonly is: "field" | "variable" | "dot" | "word" | "number" | "text" | "char" | "mark" | "end";
  /** Of a field or variable its name, of a string its content, else as it is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Blanks stand before it. */
  readonly spaced: boolean;
}

export class TemplateSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export interface ActionTokens {
  /** The last one is `end`. */
  readonly tokens: readonly Token[];
  /** Behind the closing braces. */
  readonly end: number;
  /** `-}}`: blanks behind the action go. */
  readonly trims: boolean;
}

const blank = /[ \t\r\n]*/y;
const closing = /(?:[ \t\r\n]-)?\}\}/y;
const name = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number =
  /[-+]?(?:0[xX][\da-fA-F_]+(?:\.[\da-fA-F_]*)?(?:[pP][-+]?\d+)?|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?)/y;
const rawText = /`[^`]*`/y;
const quotedText = /"(?:[^"\\\n]|\\[^\n])*"/y;
const character = /'(?:[^'\\\n]|\\[^\n])+'/y;
const marks = [":=", "=", "|", ",", "(", ")"];

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Reads from behind the opening braces to the closing ones. */
export function readAction(text: string, from: number): ActionTokens {
  const tokens: Token[] = [];
  let at = from;
  for (;;) {
    const close = matchAt(closing, text, at);
    if (close !== undefined) return finish(tokens, at, close);
    const spaced = matchAt(blank, text, at)?.length ?? 0;
    // The blank before `-}}` is part of the mark.
    const late = spaced > 0 ? matchAt(closing, text, at + spaced - 1) : undefined;
    if (late?.includes("-")) return finish(tokens, at + spaced - 1, late);
    at += spaced;
    if (spaced > 0 && matchAt(closing, text, at) !== undefined) continue;
    if (at >= text.length) throw new TemplateSyntaxError("an action is not closed", from);
    const token = tokenAt(text, at, spaced > 0 || tokens.length === 0);
    tokens.push(token);
    at = token.end;
  }
}

function finish(tokens: Token[], at: number, close: string): ActionTokens {
  tokens.push({ is: "end", text: "", start: at, end: at, spaced: true });
  return { tokens, end: at + close.length, trims: close.includes("-") };
}

function tokenAt(text: string, start: number, spaced: boolean): Token {
  const make = (is: Token["is"], length: number, content?: string): Token => ({
    is,
    text: content ?? text.slice(start, start + length),
    start,
    end: start + length,
    spaced,
  });
  const first = text[start] ?? "";
  if (first === "." || first === "$") {
    const own = matchAt(name, text, start + 1) ?? "";
    if (first === "$") return make("variable", own.length + 1, own);
    if (own !== "") return make("field", own.length + 1, own);
  }
  const numeric = matchAt(number, text, start);
  if (numeric !== undefined) return make("number", numeric.length);
  if (first === ".") return make("dot", 1);
  const raw = matchAt(rawText, text, start);
  if (raw !== undefined) return make("text", raw.length, raw.slice(1, -1).replaceAll("\r", ""));
  const quoted = matchAt(quotedText, text, start) ?? matchAt(character, text, start);
  if (quoted !== undefined)
    return make(first === '"' ? "text" : "char", quoted.length, unescapeGo(quoted.slice(1, -1)));
  const word = matchAt(name, text, start);
  if (word !== undefined) return make("word", word.length);
  const mark = marks.find((one) => text.startsWith(one, start));
  if (mark !== undefined) return make("mark", mark.length);
  throw new TemplateSyntaxError(
    `"'\``.includes(first) ? "a text in quotes is not closed" : `the character ${first} cannot stand here`,
    start,
  );
}
