/** Expressions in brackets, `[concat('a', parameters('b'))]`, read with the places of their parts in the JSON string. */
import type { Scalar } from "../node.ts";
import type { Place } from "../text-file.ts";

export type Expression =
  | { readonly is: "literal"; readonly at: Place; readonly value: string | number }
  | {
      readonly is: "call";
      readonly at: Place;
      /** With its namespace, if it has one: `contoso.uniqueName`. */
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | {
      readonly is: "member";
      readonly at: Place;
      readonly target: Expression;
      readonly key: Expression;
      /** `.?name`: null where there is nothing. */
      readonly lenient: boolean;
    }
  /** A bare word where a call or a quoted text should stand; Azure refuses it, the rest can still be read. */
  | { readonly is: "word"; readonly at: Place; readonly word: string }
  | { readonly is: "broken"; readonly at: Place; readonly reason: string };

/** Calls and brackets in each other; Azure's own limit is far lower. */
const deepest = 100;

const parsed = new WeakMap<Scalar, Expression>();

/** True for texts that are computed; `[[` at the start is a bracket that is meant. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[") && text.length > 2;
}

/** What a text that is not computed says. */
export function literalOf(text: string): string {
  return text.startsWith("[[") ? text.slice(1) : text;
}

export function parseExpression(node: Scalar & { readonly value: string }): Expression {
  const known = parsed.get(node);
  if (known) return known;
  const reader: Reader = { text: node.value.slice(1, -1), at: 0, depth: 0, offset: offsetsIn(node) };
  const expression = whole(reader, node.at);
  parsed.set(node, expression);
  return expression;
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  /** Where a character stands in the file. */
  readonly offset: (position: number) => number;
}

class Unreadable extends Error {}

function whole(reader: Reader, at: Place): Expression {
  try {
    const expression = read(reader, at);
    skipSpace(reader);
    if (reader.at < reader.text.length) throw new Unreadable("more text than one expression");
    return expression;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { is: "broken", at, reason: error.message };
  }
}

function read(reader: Reader, at: Place): Expression {
  if (++reader.depth > deepest) throw new Unreadable("nested too deeply");
  skipSpace(reader);
  const start = reader.at;
  const place = () => ({ file: at.file, start: reader.offset(start), end: reader.offset(reader.at) });
  let expression = primary(reader, at, place);
  for (let steps = 0; steps < 1000; steps++) {
    skipSpace(reader);
    const next = reader.text[reader.at];
    if (next !== "." && next !== "[") break;
    reader.at++;
    const lenient = take(reader, "?");
    const key = next === "." ? memberName(reader, at) : read(reader, at);
    if (next === "[") expect(reader, "]");
    expression = { is: "member", at: place(), target: expression, key, lenient };
  }
  reader.depth--;
  return expression;
}

function primary(reader: Reader, at: Place, place: () => Place): Expression {
  const string = match(reader, /'((?:[^']|'')*)'/y);
  if (string) return { is: "literal", at: place(), value: (string[1] ?? "").replaceAll("''", "'") };
  const number = match(reader, /[+-]?\d+(?:\.\d+)?/y);
  if (number) return { is: "literal", at: place(), value: Number(number[0]) };
  const name = match(reader, /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*(?=\s*\())?/y);
  if (!name) throw new Unreadable(`a value was expected at "${reader.text.slice(reader.at, reader.at + 20)}"`);
  if (!take(reader, "(")) return { is: "word", at: place(), word: name[0] };
  const args: Expression[] = [];
  skipSpace(reader);
  if (!take(reader, ")")) {
    do args.push(read(reader, at));
    while (take(reader, ","));
    expect(reader, ")");
  }
  return { is: "call", at: place(), name: name[0], args };
}

function memberName(reader: Reader, { file }: Place): Expression {
  skipSpace(reader);
  const start = reader.offset(reader.at);
  const name = match(reader, /[\w$-]+/y);
  if (!name) throw new Unreadable("the name of a property was expected after a dot");
  return { is: "literal", at: { file, start, end: reader.offset(reader.at) }, value: name[0] };
}

function match(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found) reader.at += found[0].length;
  return found ?? undefined;
}

function take(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, character: string): void {
  if (!take(reader, character))
    throw new Unreadable(`"${character}" was expected after "${reader.text.slice(0, reader.at).slice(-20)}"`);
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? "x")) reader.at++;
}

/** Offsets in the file of the characters within the brackets: escapes of JSON take more room than what they stand for. */
function offsetsIn({ at, value }: Scalar & { readonly value: string }): Reader["offset"] {
  const written = at.file.text.slice(at.start + 1, at.end - 1);
  if (written === value) return (position) => at.start + 2 + position;
  const offsets: number[] = [];
  for (const { index, 0: piece } of written.matchAll(/\\u[\da-fA-F]{4}|\\[\s\S]|[\s\S]/g)) {
    for (let unit = 0; unit < (piece.startsWith("\\") ? 1 : piece.length); unit++)
      offsets.push(at.start + 1 + index + unit);
  }
  return (position) => offsets[position + 1] ?? at.end;
}
