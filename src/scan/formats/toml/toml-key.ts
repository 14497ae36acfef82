/** Keys of TOML: bare, quoted, and several joined by dots. */
import { deepestNesting } from "../format-problem.ts";
import { dot, doubleQuote, fail, singleQuote, skipBlanks, type TomlCursor } from "./toml-cursor.ts";
import { readShort } from "./toml-string.ts";

/** One part of a key, and where it stands. */
export interface Key {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the key at the cursor; undefined if there is none. */
export function readKey(cursor: TomlCursor): readonly Key[] | undefined {
  const first = readPart(cursor);
  if (!first) return undefined;
  const parts = [first];
  for (;;) {
    const end = cursor.at;
    skipBlanks(cursor);
    if (cursor.text.charCodeAt(cursor.at) !== dot) {
      cursor.at = end;
      return parts;
    }
    cursor.at++;
    skipBlanks(cursor);
    const part = readPart(cursor);
    if (!part) return undefined;
    if (parts.length === deepestNesting)
      return fail(cursor, `a key has more than ${deepestNesting} parts`, { code: "too-deep" });
    parts.push(part);
  }
}

function readPart(cursor: TomlCursor): Key | undefined {
  const { text, at: start } = cursor;
  const code = text.charCodeAt(start);
  if (code === doubleQuote || code === singleQuote) {
    const name = readShort(cursor, code);
    return name === undefined ? undefined : { name, start, end: cursor.at };
  }
  let end = start;
  while (isBare(text.charCodeAt(end))) end++;
  if (end === start) return fail(cursor, "a key was expected");
  cursor.at = end;
  return { name: text.slice(start, end), start, end };
}

/** Letters, digits, `-` and `_`. */
function isBare(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 95
  );
}
