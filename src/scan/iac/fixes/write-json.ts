/** Edits in JSON: templates of ARM and CloudFormation. */
import type { Suggestion } from "../verdict.ts";
import { indentAt, lineEndOf, type TextChange } from "./text-change.ts";

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
  const outer = indentAt(text, start);
  const isOneLine = !text.slice(start, end).includes("\n");
  const inner = isEmpty || isOneLine ? `${outer}  ` : memberIndent(text, start);
  const [key = "", ...rest] = path;
  const nested = rest.reduceRight<unknown>((made, name) => ({ [name]: made }), value);
  const lineEnd = lineEndOf(text);
  const body = JSON.stringify(nested, undefined, 2).replaceAll("\n", `${lineEnd}${inner}`);
  const added = `${isEmpty ? "" : ","}${lineEnd}${inner}${JSON.stringify(key)}: ${body}`;
  const closing = isEmpty || isOneLine ? `${lineEnd}${outer}` : text.slice(last, end - 1);
  return { place: { file, start: last, end: end - 1 }, text: `${added}${closing}` };
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
