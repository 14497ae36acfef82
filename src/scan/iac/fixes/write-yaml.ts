/** Edits in YAML: manifests, CloudFormation, compose files. */

import type { Suggestion } from "../verdict.ts";
import { lineEndOf, type TextChange, withWholeLines } from "./text-change.ts";
import { literalOfYaml, yamlLines } from "./yaml-text.ts";

export function writeYaml(suggestion: Suggestion): TextChange | undefined {
  if (suggestion.is === "remove") return { place: withWholeLines(suggestion.member.whole), text: "" };
  if (suggestion.is === "set") {
    const place = suggestion.node.from ?? suggestion.node.at;
    const written = place.file.text.slice(place.start, place.end);
    // Only a plain or quoted value on one line; no tag, no alias, no block.
    return /^(?:"[^"\\\n]*"|'[^'\n]*'|[\w.-][^\n:#{}[\]&*!|>]*)$/.test(written)
      ? { place, text: literalOfYaml(suggestion.value) }
      : undefined;
  }
  return addMember(suggestion);
}

function addMember({ to, path, value }: Extract<Suggestion, { is: "add" }>): TextChange | undefined {
  const { file, start, end } = to.from ?? to.at;
  const { text } = file;
  if (text[start] === "{") return addToFlow(to.from ?? to.at, path, value);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(lineStart, start);
  // The first key may follow the dash of a list; the others stand under it.
  if (!/^(?:[ \t]|- )*$/.test(before)) return undefined;
  const indent = before.replaceAll("-", " ");
  const written = start + text.slice(start, end).trimEnd().length;
  // A comment after the last value stays beside it.
  const last = written + (/^[ \t]+#[^\r\n]*/.exec(text.slice(written))?.[0].length ?? 0);
  const lineEnd = lineEndOf(text);
  const added = yamlLines(path, value, indent).join(lineEnd);
  return { place: { file, start: last, end: last }, text: `${lineEnd}${added}` };
}

function addToFlow(
  { file, end }: { readonly file: TextChange["place"]["file"]; readonly end: number },
  path: readonly string[],
  value: Extract<Suggestion, { is: "add" }>["value"],
): TextChange | undefined {
  if (file.text[end - 1] !== "}") return undefined;
  const last = file.text.slice(0, end - 1).trimEnd().length;
  const [key = "", ...rest] = path;
  const nested = rest.reduceRight((made, name) => `{${name}: ${made}}`, literalOfYaml(value));
  const comma = file.text[last - 1] === "{" ? "" : ", ";
  return { place: { file, start: last, end: last }, text: `${comma}${key}: ${nested}` };
}
