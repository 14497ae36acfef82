/** Edits in languages whose blocks end with a brace: Terraform and Bicep. */
import type { Place } from "../../formats/text-file.ts";
import type { Literal, Suggestion } from "../verdict.ts";
import { indentAt, indentStep, lineEndOf, type TextChange, withWholeLines } from "./text-change.ts";

export interface BraceSyntax {
  readonly literal: (value: Literal) => string;
  /** `name = value` or `name: value`. */
  readonly member: (name: string, value: string) => string;
  /** What opens a nested block: `name {` or `name: {`. */
  readonly opening: (name: string) => string;
  /** Text that is a value and nothing else, so that it can be replaced. */
  readonly isLiteral: RegExp;
}

const name = /^[A-Za-z_][\w-]*$/;

export const terraformSyntax: BraceSyntax = {
  literal: (value) =>
    Array.isArray(value) ? `[${value.map((one) => quoted(one)).join(", ")}]` : quoted(value as string),
  member: (key, value) => `${key} = ${value}`,
  opening: (key) => `${key} {`,
  isLiteral: /^(?:"(?:[^"\\$%]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?|\[[^[\]{}$]*\])$/,
};

export const bicepSyntax: BraceSyntax = {
  literal: (value) =>
    Array.isArray(value)
      ? `[${value.map((one) => `'${one}'`).join(", ")}]`
      : typeof value === "string"
        ? `'${value}'`
        : String(value),
  member: (key, value) => `${key}: ${value}`,
  opening: (key) => `${key}: {`,
  isLiteral: /^(?:'(?:[^'\\$]|\\.)*'|true|false|null|-?\d+|\[[^[\]{}$]*\])$/,
};

function quoted(value: Literal): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

export function writeBraces(syntax: BraceSyntax, suggestion: Suggestion): TextChange | undefined {
  if (suggestion.is === "remove") return { place: withWholeLines(suggestion.member.whole), text: "" };
  if (suggestion.is === "set") {
    const place = suggestion.node.from ?? suggestion.node.at;
    const isLiteral = syntax.isLiteral.test(place.file.text.slice(place.start, place.end));
    return isLiteral ? { place, text: syntax.literal(suggestion.value) } : undefined;
  }
  return addTo(syntax, blockPlace(suggestion.to), suggestion.path, suggestion.value);
}

/** Where the block is written, which may be elsewhere than where it is used. */
function blockPlace({ at, from }: { readonly at: Place; readonly from?: Place | undefined }): Place | undefined {
  return [at, from].find((place) => place?.file.text[place.end - 1] === "}");
}

function addTo(
  syntax: BraceSyntax,
  place: Place | undefined,
  path: readonly string[],
  value: Literal,
): TextChange | undefined {
  if (!place || path.length === 0 || !path.every((key) => name.test(key))) return undefined;
  const { file, end } = place;
  const { text } = file;
  const brace = end - 1;
  const lineEnd = lineEndOf(text);
  const lineStart = text.lastIndexOf("\n", brace - 1) + 1;
  const isOwnLine = text.slice(lineStart, brace).trim() === "" && lineStart > place.start;
  const indent = isOwnLine ? text.slice(lineStart, brace) : indentAt(text, place.start);
  const step = indentStep(text);
  const lines = linesFor(syntax, path, value, `${indent}${step}`, step).join(lineEnd);
  if (isOwnLine) return { place: { file, start: lineStart, end: lineStart }, text: `${lines}${lineEnd}` };
  const before = text.slice(0, brace).trimEnd().length;
  // One line of a block holds all of it or, with more than one member, nothing.
  const opening = text.slice(place.start, before).includes("\n") ? -1 : text.indexOf("{", place.start);
  const written = opening < 0 ? "" : text.slice(opening + 1, before).trim();
  if (written === "")
    return { place: { file, start: before, end: brace }, text: `${lineEnd}${lines}${lineEnd}${indent}` };
  return {
    place: { file, start: opening + 1, end: brace },
    text: `${lineEnd}${indent}${step}${written}${lineEnd}${lines}${lineEnd}${indent}`,
  };
}

function linesFor(
  syntax: BraceSyntax,
  path: readonly string[],
  value: Literal,
  indent: string,
  step: string,
): readonly string[] {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return [`${indent}${syntax.member(key, syntax.literal(value))}`];
  return [`${indent}${syntax.opening(key)}`, ...linesFor(syntax, rest, value, `${indent}${step}`, step), `${indent}}`];
}
