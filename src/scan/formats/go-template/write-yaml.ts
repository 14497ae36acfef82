/** Writes values as YAML, as Helm does: sorted keys, lists not indented. Keys and scalars keep their origin. */
import { plainValue } from "../yaml/scalar-value.ts";
import { integerText } from "./print-value.ts";
import type { Room } from "./room.ts";
import { changedText, joinedText, plainText, type Text, textFrom } from "./traced-text.ts";
import { type Dict, sortedKeys, type Value } from "./value.ts";

const deepest = 100;

export function writeYaml(value: Value, room: Room): Text {
  const parts: Text[] = [];
  writeLines({ parts, room }, value, "", 0);
  const last = parts.at(-1);
  if (last?.text === "\n") parts.pop();
  return parts.length === 0 ? plainText("") : joinedText(parts);
}

interface Writer {
  readonly parts: Text[];
  readonly room: Room;
}

/** On a line that was begun already; ends with a line break. */
function writeLines(writer: Writer, value: Value, indent: string, depth: number): void {
  if (value.is === "dict" && value.entries.size > 0 && depth < deepest) writeDict(writer, value, indent, depth, true);
  else if (value.is === "list" && value.items.length > 0 && depth < deepest)
    writeList(writer, value.items, indent, depth, true);
  else put(writer, written(value, indent.slice(2)), plainText("\n"));
}

function put({ parts, room }: Writer, ...more: readonly Text[]): void {
  for (const part of more) {
    room.reserve(part.text.length + 8);
    parts.push(part);
  }
}

function writeDict(writer: Writer, value: Dict, indent: string, depth: number, begun: boolean): void {
  let isBegun = begun;
  for (const key of sortedKeys(value)) {
    const entry = value.entries.get(key);
    if (!entry) continue;
    put(writer, plainText(isBegun ? "" : indent), textFrom(plainOrQuoted(key), entry.key), plainText(":"));
    isBegun = false;
    const inner = entry.value;
    if (inner.is === "dict" && inner.entries.size > 0 && depth < deepest) {
      put(writer, plainText("\n"));
      writeDict(writer, inner, `${indent}  `, depth + 1, false);
    } else if (inner.is === "list" && inner.items.length > 0 && depth < deepest) {
      put(writer, plainText("\n"));
      writeList(writer, inner.items, indent, depth + 1, false);
    } else put(writer, plainText(" "), written(inner, indent), plainText("\n"));
  }
}

function writeList(writer: Writer, items: readonly Value[], indent: string, depth: number, begun: boolean): void {
  items.forEach((item, position) => {
    put(writer, plainText(begun && position === 0 ? "- " : `${indent}- `));
    writeLines(writer, item, `${indent}  `, depth + 1);
  });
}

/** What stands on the line of its key; a text of several lines goes on below. */
function written(value: Value, indent: string): Text {
  switch (value.is) {
    case "nil":
      return plainText("null");
    case "bool":
      return textFrom(String(value.value), value.from);
    case "number":
      return textFrom(numberText(value.value), value.from);
    case "list":
      return textFrom(value.items.length === 0 ? "[]" : "null", value.from);
    case "dict":
      return textFrom(value.entries.size === 0 ? "{}" : "null", value.from);
    case "native":
      return plainText(plainOrQuoted(value.text));
    case "text":
      return value.text.includes("\n") ? manyLines(value, indent) : changedText(value, plainOrQuoted(value.text));
  }
}

export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
  return Number.isInteger(value) ? integerText(value) : String(value);
}

function manyLines(value: Text, indent: string): Text {
  const { text } = value;
  // A first line with blanks, control characters and trailing blank lines would need more than this.
  if (/^[\s#]|[^\P{Cc}\n]|[\u2028\u2029]| \n|\n\n$/u.test(text)) return changedText(value, JSON.stringify(text));
  const isOpen = !text.endsWith("\n");
  const lines = (isOpen ? text : text.slice(0, -1))
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent}  ${line}`));
  return changedText(value, `|${isOpen ? "-" : ""}\n${lines.join("\n")}`);
}

const indicator = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$))/;

function plainOrQuoted(text: string): string {
  if (text === "") return '""';
  if (typeof plainValue(text, true) !== "string" || /^(?:[yYnN]|=|<<)$/.test(text) || /^\d{4}-\d\d?-\d\d?/.test(text)) {
    return JSON.stringify(text);
  }
  if (/[\p{Cc}\u2028\u2029\ufeff]/u.test(text)) return JSON.stringify(text);
  if (!indicator.test(text) && !/^---|^\.\.\.|: |:$| #|^\s|\s$/.test(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
