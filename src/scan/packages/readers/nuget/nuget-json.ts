/** Sections of NuGet's JSON files: found with their places, parsed each by itself, so that a broken one leaves the others. */
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { type JsonObject, objectOf } from "../../reading/json-fields.ts";
import { type JsonSlice, jsonValue, slicesOf } from "../../reading/json-slices.ts";
import { problemAt } from "../../reading/manifest-text.ts";

export interface JsonSections {
  readonly file: TextFile;
  /** The members of the object that is reached by the keys. */
  members(...keys: readonly string[]): readonly JsonSlice[];
  /** The object that is reached by the keys. */
  object(...keys: readonly string[]): JsonObject;
  valueIn(slice: JsonSlice): unknown;
  /** At most one: the later ones follow from it. */
  problems(): readonly Problem[];
}

export function jsonSections(file: TextFile): JsonSections {
  const { text } = file;
  let problem: Problem | undefined;
  const note = (at: number, expected: string) => {
    const message = `This is no valid JSON: ${expected} was expected here. What stands before it was read.`;
    problem ??= problemAt({ file, start: at, end: at }, "syntax", message);
  };
  const slicesIn = (start: number, end: number) => {
    const { slices, trouble } = slicesOf(text, start, end);
    if (trouble) note(trouble.at, trouble.expected);
    return slices;
  };
  const top = slicesIn(text.charCodeAt(0) === 0xfeff ? 1 : 0, text.length);
  if (top.length === 0 && !/^\ufeff?\s*\{/.test(text.slice(0, 1000))) note(0, "an object in braces");
  const members = (keys: readonly string[]): readonly JsonSlice[] => {
    let slices = top;
    for (const key of keys) {
      const found = slices.find((slice) => slice.key === key);
      if (!found) return [];
      slices = slicesIn(found.start, found.end);
    }
    return slices;
  };
  const valueIn = ({ start, end }: JsonSlice): unknown => {
    const value = jsonValue(text.slice(start, end));
    if (value === undefined) note(start, "a complete value");
    return value;
  };
  return {
    file,
    members: (...keys) => members(keys),
    object: (...keys) => {
      const last = members(keys.slice(0, -1)).find((slice) => slice.key === keys.at(-1));
      return objectOf(last && valueIn(last)) ?? {};
    },
    valueIn,
    problems: () => (problem ? [problem] : []),
  };
}
