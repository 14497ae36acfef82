/**
 * Reads texts with templates in them: quoted, heredocs and whole template files. Keeps exact places; a text without
 * templates becomes a literal.
 */
import type { Cursor } from "./cursor.ts";
import { deeper, endOfLine, endOfWord, expect, fail, found, skipBlanks, take, takeWord, word } from "./cursor.ts";
import type { Expression, TemplatePart, TextPart } from "./syntax.ts";

/** What a template is made of before `if` and `for` are matched with their ends. */
type Piece =
  | Draft
  | Extract<TemplatePart, { is: "interpolation" }>
  | { readonly is: "if"; readonly start: number; readonly test: Expression }
  | { readonly is: "for"; readonly start: number; readonly head: ForHead }
  | { readonly is: "ending"; readonly word: Ending; readonly start: number; readonly end: number };

type Ending = "else" | "endif" | "endfor";

/** A text that may still lose its margin. */
interface Draft {
  readonly is: "draft";
  value: string;
  readonly start: number;
  readonly end: number;
}

interface ForHead {
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
}

/** At an opening quote. */
export function parseQuoted(cursor: Cursor): Expression {
  const { file, text } = cursor;
  const start = cursor.at;
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      cursor.at = at + 1;
      return { is: "literal", file, start, end: at + 1, value: text.slice(start + 1, at) };
    }
    if (code === 92 || code === 10 || at >= text.length) break;
    if ((code === 36 || code === 37) && text.charCodeAt(at + 1) === 123) break;
    at++;
  }
  cursor.at = start + 1;
  const pieces = readPieces(cursor, undefined);
  expect(cursor, '"');
  return whole(cursor, pieces, start, cursor.at);
}

/** At `<<`. */
export function parseHeredoc(cursor: Cursor): Expression {
  const { text } = cursor;
  const start = cursor.at;
  cursor.at += 2;
  const flush = take(cursor, "-");
  const marker = word(cursor, "the name of the heredoc");
  const lineEnd = endOfLine(text, cursor.at);
  if (text.slice(cursor.at, lineEnd).trim() !== "") fail(cursor, "expected a line break after the name of the heredoc");
  const bodyStart = lineEnd + 1;
  for (let at = bodyStart; at < text.length; at = endOfLine(text, at) + 1) {
    const end = endOfLine(text, at);
    if (text.slice(at, end).trim() !== marker) continue;
    cursor.at = bodyStart;
    const pieces = readPieces(cursor, at);
    if (flush) removeMargin(pieces);
    cursor.at = text.indexOf(marker, at) + marker.length;
    return whole(cursor, pieces, start, cursor.at);
  }
  return fail(cursor, `the heredoc has no line \`${marker}\` that ends it`, start);
}

/** A whole text that is a template, up to `limit`. */
export function parseTemplateText(cursor: Cursor, limit: number): Expression {
  const start = cursor.at;
  return whole(cursor, readPieces(cursor, limit), start, limit);
}

/** Up to the limit; without one up to the closing quote, and with escapes. */
// oxlint-disable-next-line max-lines-per-function -- one loop over the characters, each case short
function readPieces(cursor: Cursor, limit: number | undefined): Piece[] {
  const { text } = cursor;
  const pieces: Piece[] = [];
  const last = limit ?? text.length;
  let trimNext = false;
  let value = "";
  let start = cursor.at;
  let from = cursor.at;
  const endText = (end: number) => {
    value += text.slice(from, end);
    if (trimNext) value = value.trimStart();
    if (end > start) trimNext = false;
    if (value !== "" || end > start) pieces.push({ is: "draft", value, start, end });
    value = "";
  };
  let at = cursor.at;
  while (at < last) {
    const code = text.charCodeAt(at);
    if (limit === undefined && code === 34) break;
    if (code === 10) {
      if (limit === undefined) fail(cursor, "a quoted text must end on its line", start);
      endText(++at);
      start = from = at;
    } else if (code === 92 && limit === undefined) {
      const [character, length] = readEscape(cursor, at);
      value += text.slice(from, at) + character;
      from = at += length;
    } else if ((code === 36 || code === 37) && text.charCodeAt(at + 1) === 123) {
      const doubled = at > from && text.charCodeAt(at - 1) === code;
      if (doubled) {
        value += `${text.slice(from, at - 1)}${text.slice(at, at + 2)}`;
        from = at += 2;
        continue;
      }
      endText(at);
      trimNext = sequence(cursor, at, pieces);
      start = from = at = cursor.at;
    } else at++;
  }
  if (at > last) fail(cursor, "a template goes beyond the end of its text", start);
  if (limit === undefined && at >= text.length) fail(cursor, "a quoted text has no closing quote", start);
  endText(at);
  cursor.at = at;
  return pieces;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function readEscape(cursor: Cursor, at: number): readonly [string, number] {
  const letter = cursor.text[at + 1] ?? "";
  const plain = escapes[letter];
  if (plain !== undefined) return [plain, 2];
  const digits = { u: 4, U: 8 }[letter];
  if (digits !== undefined) {
    const code = cursor.text.slice(at + 2, at + 2 + digits);
    const point = Number.parseInt(code, 16);
    if (code.length === digits && /^[0-9a-fA-F]+$/.test(code) && point <= 0x10ffff) {
      return [String.fromCodePoint(point), 2 + digits];
    }
  }
  return fail(cursor, `\`\\${letter}\` is no escape; write \`\\\\\` for a backslash`, at);
}

/** At `${` or `%{`. True if the text after it is to lose its leading blanks. */
function sequence(cursor: Cursor, start: number, pieces: Piece[]): boolean {
  const directive = cursor.text.charCodeAt(start) === 37;
  const { newlines } = cursor;
  cursor.newlines = false;
  cursor.at = start + 2;
  deeper(cursor);
  if (take(cursor, "~")) {
    const before = pieces.at(-1);
    if (before?.is === "draft") before.value = before.value.trimEnd();
  }
  skipBlanks(cursor);
  const piece = directive ? readDirective(cursor, start) : undefined;
  const value = directive ? undefined : cursor.expression(cursor);
  skipBlanks(cursor);
  const trim = take(cursor, "~");
  expect(cursor, "}");
  cursor.newlines = newlines;
  cursor.depth--;
  if (piece) pieces.push(piece);
  if (value) pieces.push({ is: "interpolation", file: cursor.file, start, end: cursor.at, value });
  return trim;
}

function readDirective(cursor: Cursor, start: number): Piece {
  if (takeWord(cursor, "if")) return { is: "if", start, test: cursor.expression(cursor) };
  if (takeWord(cursor, "for")) return { is: "for", start, head: parseForHead(cursor) };
  for (const ending of ["else", "endif", "endfor"] as const) {
    if (takeWord(cursor, ending)) return { is: "ending", word: ending, start, end: endOfDirective(cursor) };
  }
  return fail(cursor, `expected \`if\`, \`else\`, \`endif\`, \`for\` or \`endfor\`, found ${found(cursor)}`);
}

function endOfDirective(cursor: Cursor): number {
  const end = cursor.text.indexOf("}", cursor.at);
  return end < 0 ? cursor.at : end + 1;
}

/** `k, v in collection`, after the word `for`. */
export function parseForHead(cursor: Cursor): ForHead {
  skipBlanks(cursor);
  let keyName: string | undefined;
  let valueName = word(cursor, "the name of a loop variable");
  skipBlanks(cursor);
  if (take(cursor, ",")) {
    skipBlanks(cursor);
    keyName = valueName;
    valueName = word(cursor, "the name of a loop variable");
    skipBlanks(cursor);
  }
  if (!takeWord(cursor, "in")) fail(cursor, `expected \`in\`, found ${found(cursor)}`);
  return { keyName, valueName, collection: cursor.expression(cursor) };
}

/** `<<-`: the smallest indentation of any line that is not blank is taken off all of them. */
function removeMargin(pieces: readonly Piece[]): void {
  const lines: Draft[] = [];
  let margin = Number.POSITIVE_INFINITY;
  let lineStarts = true;
  for (const piece of pieces) {
    if (piece.is !== "draft") {
      if (lineStarts) margin = 0;
      lineStarts = false;
      continue;
    }
    const blank = piece.value.trim() === "" && piece.value.endsWith("\n");
    if (lineStarts && !blank) {
      margin = Math.min(margin, piece.value.length - piece.value.trimStart().length);
      lines.push(piece);
    }
    lineStarts = piece.value.endsWith("\n");
  }
  for (const line of lines) line.value = line.value.slice(margin);
}

function whole(cursor: Cursor, pieces: readonly Piece[], start: number, end: number): Expression {
  const { file } = cursor;
  const reader = { pieces, next: 0 };
  const parts = gather(cursor, reader, []);
  if (parts.length === 0) return { is: "literal", file, start, end, value: "" };
  const [only] = parts;
  if (parts.length === 1 && only?.is === "text") return { is: "literal", file, start, end, value: only.value };
  return { is: "template", file, start, end, parts };
}

type Pieces = { readonly pieces: readonly Piece[]; next: number };
/** Parts up to one of the endings, which is left to the caller. */
function gather(cursor: Cursor, reader: Pieces, endings: readonly Ending[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  while (reader.next < reader.pieces.length) {
    const piece = reader.pieces[reader.next];
    if (piece === undefined) break;
    if (piece.is === "ending") {
      if (endings.includes(piece.word)) return parts;
      fail(cursor, `\`${piece.word}\` has nothing to end here`, piece.start);
    }
    reader.next++;
    if (piece.is === "draft") addText(cursor, parts, piece);
    else if (piece.is === "interpolation") parts.push(piece);
    else parts.push(directivePart(cursor, reader, piece));
  }
  if (endings.length > 0) fail(cursor, `a template directive has no \`${endings.at(-1)}\``);
  return parts;
}

function addText({ file }: Cursor, parts: TemplatePart[], { value, start, end }: Draft): void {
  if (value === "") return;
  const before = parts.at(-1);
  if (before?.is !== "text") parts.push({ is: "text", file, start, end, value });
  else parts[parts.length - 1] = { ...before, end, value: before.value + value } satisfies TextPart;
}

function directivePart(cursor: Cursor, reader: Pieces, piece: Extract<Piece, { is: "if" | "for" }>): TemplatePart {
  const { file } = cursor;
  const { start } = piece;
  deeper(cursor);
  let yes: TemplatePart[];
  let no: TemplatePart[] = [];
  if (piece.is === "for") yes = gather(cursor, reader, ["endfor"]);
  else {
    yes = gather(cursor, reader, ["else", "endif"]);
    const ending = reader.pieces[reader.next];
    if (ending?.is === "ending" && ending.word === "else") {
      reader.next++;
      no = gather(cursor, reader, ["endif"]);
    }
  }
  cursor.depth--;
  const ending = reader.pieces[reader.next++];
  const end = ending && "end" in ending ? ending.end : start;
  if (piece.is === "for") return { is: "repeat", file, start, end, ...piece.head, parts: yes };
  return { is: "when", file, start, end, test: piece.test, yes, no };
}

/** A label or an attribute name in quotes: no templates. */
export function parsePlainQuoted(cursor: Cursor): string {
  const quoted = parseQuoted(cursor);
  if (quoted.is === "literal") return String(quoted.value);
  return fail(cursor, "a label cannot hold a template", quoted.start);
}

/** True at `<<` and a name: the beginning of a heredoc. */
export function startsHeredoc(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) !== 60) return false;
  const name = text.charCodeAt(at + 2) === 45 ? at + 3 : at + 2;
  return endOfWord(text, name) > name;
}
