/** Edits in JSON: templates of ARM and CloudFormation. */
import type { Suggestion } from "../verdict.ts";
import { indentAt, indentStep, lineEndOf, type TextChange } from "./text-change.ts";

export function writeJson(suggestion: Suggestion): TextChange | undefined {
  if (suggestion.is === "remove") return removeMember(suggestion);
  if (suggestion.is === "set") {
    const place = suggestion.node.from ?? suggestion.node.at;
    const written = place.file.text.slice(place.start, place.end);
    // An expression of a template is no value to be replaced.
    return /^"(?!\[(?!\[))[^"\\]*"$|^(?:true|false|null|-?\d[\d.]*)$/.test(written)
      ? { place, text: JSON.stringify(suggestion.value) }
      : undefined;
  }
  return addMember(suggestion);
}

function addMember({ to, path, value }: Extract<Suggestion, { is: "add" }>): TextChange | undefined {
  const place = [to.at, to.from].find((one) => one?.file.text[one.start] === "{" && one.file.text[one.end - 1] === "}");
  if (!place) return undefined;
  const { file, start, end } = place;
  const { text } = file;
  const last = text.slice(0, end - 1).trimEnd().length;
  const isEmpty = last - 1 === start;
  const [key = "", ...rest] = path;
  const nested = rest.reduceRight<unknown>((made, name) => ({ [name]: made }), value);
  // What stands on one line, or in a file of one line, stays so.
  if (!(isEmpty ? text.trimEnd() : text.slice(start, end)).includes("\n"))
    return { place: { file, start: last, end: last }, text: writeInline(text.slice(start, end), key, nested) };
  const outer = indentAt(text, start);
  const step = indentStep(text);
  const inner = isEmpty ? `${outer}${step}` : memberIndent(text, start);
  const lineEnd = lineEndOf(text);
  const body = JSON.stringify(nested, undefined, step).replaceAll("\n", `${lineEnd}${inner}`);
  const added = `${lineEnd}${inner}${JSON.stringify(key)}: ${body}`;
  return isEmpty
    ? { place: { file, start: last, end: end - 1 }, text: `${added}${lineEnd}${outer}` }
    : { place: { file, start: last, end: last }, text: `,${added}` };
}

/** Another member of an object on one line, with the spaces that it uses. */
function writeInline(object: string, key: string, value: unknown): string {
  const isEmpty = /^\{\s*\}$/.test(object);
  const space = /":[ \t]/.test(object) ? " " : "";
  const pad = /^\{[ \t]/.test(object) ? " " : "";
  const write = (one: unknown): string => {
    if (typeof one !== "object" || one === null) return JSON.stringify(one);
    if (Array.isArray(one)) return `[${one.map(write).join(`,${space}`)}]`;
    const members = Object.entries(one).map(([name, inner]) => `${JSON.stringify(name)}:${space}${write(inner)}`);
    return `{${pad}${members.join(`,${space}`)}${pad}}`;
  };
  return `${isEmpty ? "" : `,${space}`}${JSON.stringify(key)}:${space}${write(value)}`;
}

/** How the members of an object are indented: as the first one is. */
function memberIndent(text: string, start: number): string {
  return /^\{[^\n]*\n([ \t]*)/.exec(text.slice(start, start + 400))?.[1] ?? indentAt(text, start);
}

/** With the comma that parted it from its neighbour, and the empty line that would be left. */
function removeMember({ member: { whole } }: Extract<Suggestion, { is: "remove" }>): TextChange {
  const { file, start, end } = whole;
  const after = /^\s*,/.exec(file.text.slice(end))?.[0];
  const from = file.text.slice(0, start).trimEnd().length;
  if (after !== undefined) return { place: { file, start: from, end: end + after.length }, text: "" };
  return { place: { file, start: file.text[from - 1] === "," ? from - 1 : from, end }, text: "" };
}
