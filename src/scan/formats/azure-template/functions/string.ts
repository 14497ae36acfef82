/** Template functions on texts. What only Azure can compute (`uniqueString`, `guid`) stays unknown, by name. */
import type { Node } from "../../node.ts";
import { type Call, type FunctionTable, strict, type TemplateFunction, values } from "../call.ts";
import { concatenated, tooLong } from "../concatenated.ts";
import {
  isNumber,
  isText,
  jsonOf,
  listOf,
  longestText,
  nodeOf,
  scalarOf,
  unknownCall,
  unknownOf,
  writtenOut,
} from "../values.ts";
import { formatted } from "./format.ts";

export const stringFunctions: FunctionTable = {
  base64: onText((text) => Buffer.from(text, "utf8").toString("base64")),
  base64tostring: onText((text) => Buffer.from(text, "base64").toString("utf8")),
  base64tojson: strict(([text], call) =>
    isText(text) ? parsed(Buffer.from(text.value, "base64").toString("utf8"), call) : undefined,
  ),
  datauri: onText((text) => `data:text/plain;charset=utf8;base64,${Buffer.from(text, "utf8").toString("base64")}`),
  datauritostring: onText(dataOf),
  endswith: onTwoTexts((text, end) => text.toLowerCase().endsWith(end.toLowerCase())),
  startswith: onTwoTexts((text, start) => text.toLowerCase().startsWith(start.toLowerCase())),
  format: (call) => formatted(values(call), call),
  guid: (call) => unknownCall(call.name, values(call), call.at, "an id that Azure computes"),
  newguid: (call) => unknownOf(call.at, "an id that is new in each deployment"),
  uniquestring: (call) => unknownCall(call.name, values(call), call.at, "a text that Azure computes"),
  join,
  json: strict(([text], call) => (isText(text) ? parsed(text.value, call) : undefined)),
  padleft: strict(([text, width, filler], { at }) => {
    if (text?.is !== "scalar" || !isNumber(width) || width.value > 10_000) return undefined;
    return scalarOf(at, String(text.value).padStart(width.value, isText(filler) ? filler.value : " "));
  }),
  replace: strict(([text, from, to], { at }) => {
    if (!isText(text) || !isText(from) || !isText(to) || from.value === "") return undefined;
    const pieces = text.value.split(from.value);
    if (text.value.length + pieces.length * to.value.length > longestText) return tooLong(at);
    return scalarOf(at, pieces.join(to.value));
  }),
  split: strict(([text, by], { at }) => {
    if (!isText(text)) return undefined;
    const separators = by?.is === "list" ? by.items.filter(isText) : isText(by) ? [by] : [];
    let pieces = [text.value];
    for (const { value } of separators) if (value !== "") pieces = pieces.flatMap((piece) => piece.split(value));
    return listOf(
      at,
      pieces.map((piece) => scalarOf(at, piece)),
    );
  }),
  string: (call) => {
    const [value] = values(call);
    if (!value) return unknownCall(call.name, [], call.at);
    if (value.is === "unknown") return { ...unknownCall(call.name, [value], call.at), text: value.text };
    const text = value.is === "scalar" ? writtenOut(value) : jsonOf(value);
    call.scope.budget.left -= (text?.length ?? longestText) >> 6;
    if (text === undefined) return { ...unknownOf(call.at, "parts of the text are unknown"), content: value };
    return { ...scalarOf(call.at, text), from: value.from, ...(value.is !== "scalar" && { content: value }) };
  },
  substring: strict(([text, start, length], { at }) => {
    if (!isText(text) || !isNumber(start)) return undefined;
    const end = isNumber(length) ? start.value + length.value : undefined;
    if (start.value < 0 || (end ?? start.value) > text.value.length) return undefined;
    return scalarOf(at, text.value.slice(start.value, end));
  }),
  tolower: onText((text) => text.toLowerCase()),
  toupper: onText((text) => text.toUpperCase()),
  trim: onText((text) => text.trim()),
};

export function onText(make: (text: string) => string | undefined): TemplateFunction {
  return strict(([text], { at }) => {
    const made = isText(text) ? make(text.value) : undefined;
    return made === undefined ? undefined : scalarOf(at, made);
  });
}

export function onTwoTexts(make: (text: string, other: string) => string | boolean | undefined): TemplateFunction {
  return strict(([text, other], { at }) => {
    const made = isText(text) && isText(other) ? make(text.value, other.value) : undefined;
    return made === undefined ? undefined : scalarOf(at, made);
  });
}

function join(call: Call): Node {
  const [list, by] = values(call);
  if (list?.is !== "list" || !isText(by) || list.open !== undefined)
    return unknownCall(call.name, values(call), call.at);
  const separator = scalarOf(call.at, by.value);
  const parts = list.items.flatMap((item, position) => (position === 0 ? [item] : [separator, item]));
  return concatenated(parts, call.at);
}

function parsed(text: string, { at }: Call): Node | undefined {
  try {
    // Texts in single quotes are taken too, as Azure does.
    const plain = text.includes('"') ? text : text.replace(/'([^'\\]*)'/g, '"$1"');
    return nodeOf(at, JSON.parse(plain));
  } catch {
    return undefined; // no JSON: the function does not take it
  }
}

function dataOf(text: string): string | undefined {
  const match = /^data:([^,]*),(.*)$/s.exec(text);
  if (!match) return undefined;
  const [, kind = "", data = ""] = match;
  return kind.endsWith(";base64") ? Buffer.from(data, "base64").toString("utf8") : decoded(data);
}

export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a broken escape: the function does not take it
  }
}
