/**
 * Reads the tokens of Bicep one at a time. Texts are not tokens: only their beginning is, as what stands in them is up to
 * the parser. Line breaks are not tokens either; each token knows whether one stands before it.
 */
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { TextFile } from "../text-file.ts";

/** `name`, `number`, `text`, `end`; signs are of the kind that they are written. */
type TokenKind = string;

export interface Tokens {
  readonly file: TextFile;
  readonly text: string;
  readonly problems: FormatProblem[];
  /** Statements that begin a line close everything that is open. */
  readonly strict: boolean;
  kind: TokenKind;
  start: number;
  end: number;
  /** A line break stands before the token. */
  newLine: boolean;
  /** Where the token before this one ended. */
  before: number;
  depth: number;
  /** Brackets that are open. */
  brackets: number;
  /** What is closed nowhere from here on. */
  readonly unclosed: Set<string>;
  /** The statement has a problem already; those that follow from it are not told. */
  troubled: boolean;
}

const mostProblems = 50;
const hash = 35;
const dollar = 36;
const quote = 39;
const star = 42;
const dot = 46;
const slash = 47;
const lineFeed = 10;
const carriageReturn = 13;

export function openTokens(file: TextFile, strict: boolean): Tokens {
  const tokens: Tokens = {
    file,
    text: file.text,
    problems: [],
    strict,
    kind: "end",
    start: 0,
    end: 0,
    newLine: true,
    before: 0,
    depth: 0,
    brackets: 0,
    unclosed: new Set(),
    troubled: false,
  };
  advance(tokens);
  tokens.newLine = true;
  return tokens;
}

/** Records a problem at the current token. */
export function complain(tokens: Tokens, message: string, code: FormatProblem["code"] = "syntax"): void {
  if (!tokens.troubled && tokens.problems.length < mostProblems) {
    const place = { file: tokens.file, start: tokens.start, end: Math.max(tokens.end, tokens.start) };
    tokens.problems.push({ code, message, place });
  }
  tokens.troubled = true;
}

/** Moves past the token if it is the expected one. */
export function expect(tokens: Tokens, kind: string): boolean {
  if (tokens.kind === kind) {
    advance(tokens);
    return true;
  }
  complain(tokens, `'${kind}' was expected`);
  return false;
}

export function isWord(tokens: Tokens, word: string): boolean {
  return (
    tokens.kind === "name" && tokens.end - tokens.start === word.length && tokens.text.startsWith(word, tokens.start)
  );
}

/** Moves past a word that is a keyword only here. */
export function takeWord(tokens: Tokens, word: string): boolean {
  if (!isWord(tokens, word)) return false;
  advance(tokens);
  return true;
}

/** The first character after the token, blanks skipped; a line break is not skipped. */
export function charAfter(tokens: Tokens): number {
  let at = tokens.end;
  while (isBlank(tokens.text.charCodeAt(at))) at++;
  return tokens.text.charCodeAt(at);
}

/** False, and a problem, where nesting is deeper than anybody writes. Whoever enters leaves by `depth--`. */
export function enter(tokens: Tokens): boolean {
  if (tokens.depth < deepestNesting) {
    tokens.depth++;
    return true;
  }
  complain(tokens, `expressions are nested more than ${deepestNesting} levels deep`, "too-deep");
  return false;
}

export function advance(tokens: Tokens): void {
  tokens.before = tokens.end;
  advanceFrom(tokens, tokens.end);
}

/** Continues behind something that is no token: the end of a text. */
export function advanceFrom(tokens: Tokens, offset: number): void {
  const { text } = tokens;
  const start = skipBlanks(tokens, offset);
  tokens.start = start;
  if (start >= text.length) {
    tokens.kind = "end";
    tokens.end = text.length;
    return;
  }
  const code = text.charCodeAt(start);
  if (isNameStart(code)) {
    let at = start + 1;
    while (isNamePart(text.charCodeAt(at))) at++;
    tokens.kind = "name";
    tokens.end = at;
  } else if (isDigit(code)) {
    let at = start + 1;
    while (isDigit(text.charCodeAt(at))) at++;
    tokens.kind = "number";
    tokens.end = at;
  } else if (code === quote) {
    tokens.kind = "text";
    tokens.end = start + 1;
  } else if (code === dollar) {
    // `$'''`, `$$'''`; else all of them are one sign, so that nobody counts them again.
    let at = start + 1;
    while (text.charCodeAt(at) === dollar) at++;
    tokens.kind = text.startsWith("'''", at) ? "text" : "$";
    tokens.end = at;
  } else {
    tokens.kind = signAt(text, start, code);
    tokens.end = start + tokens.kind.length;
  }
}

/** Signs of two characters, by the first one. */
const pairs: readonly (readonly string[])[] = tableOf([
  "=>",
  "==",
  "=~",
  "!=",
  "!~",
  "<=",
  ">=",
  "&&",
  "||",
  "??",
  "::",
]);
const singles: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

function tableOf(signs: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 128 }, (_, code) => signs.filter((sign) => sign.charCodeAt(0) === code));
}

function signAt(text: string, start: number, code: number): string {
  const single = singles[code];
  if (single === undefined) return text.charAt(start);
  const longer = pairs[code] ?? [];
  for (let at = 0; at < longer.length; at++) {
    const pair = longer[at] ?? "";
    if (pair.charCodeAt(1) === text.charCodeAt(start + 1)) return pair;
  }
  return code === dot && text.startsWith("...", start) ? "..." : single;
}

/** Blanks, comments and lines for the compiler (`#disable-next-line`). Sets whether a line ended. */
function skipBlanks(tokens: Tokens, offset: number): number {
  const { text } = tokens;
  let at = offset;
  tokens.newLine = false;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) {
      tokens.newLine = true;
      at++;
    } else if (isBlank(code)) at++;
    else if (code === hash || (code === slash && text.charCodeAt(at + 1) === slash)) at = lineEnd(text, at);
    else if (code === slash && text.charCodeAt(at + 1) === star) {
      const told = tokens.unclosed.has("*/");
      const end = closingAt(tokens, "*/", at + 2);
      if (end < 0 && !told) {
        tokens.start = at;
        tokens.end = at + 2;
        // It is told whatever else is wrong with the statement that it stands in.
        tokens.troubled = false;
        complain(tokens, "a comment has no end");
      }
      at = end < 0 ? unclosedEnd(tokens, at) : end + 2;
    } else return at;
  }
}

/** Where a comment or a text is closed, -1 if nowhere: then all that follow are not either, and nobody looks again. */
export function closingAt(tokens: Tokens, mark: "*/" | "'''", from: number): number {
  if (tokens.unclosed.has(mark)) return -1;
  const at = tokens.text.indexOf(mark, from);
  if (at < 0) tokens.unclosed.add(mark);
  return at;
}

/** Where something ends that nobody closes: with the file, or with its line where the rest of the file is to be kept. */
export function unclosedEnd({ text, strict }: Tokens, start: number): number {
  return strict ? lineEnd(text, start) : text.length;
}

/** Either sign ends a line, also alone. */
function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsLine(text.charCodeAt(at))) at++;
  return at;
}

export function endsLine(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12 || code === 0xa0 || code === 0xfeff;
}

export function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
