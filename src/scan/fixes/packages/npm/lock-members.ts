/** Members of a list of entries in a package-lock.json: they change, come in their place, and keep what is written the same. */
import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import type { TextChange } from "../../text-edits.ts";
import { jsonAs, replaced } from "../json-members.ts";

interface Adding {
  readonly slices: readonly JsonSlice[];
  readonly gone: ReadonlySet<string>;
  readonly added: readonly (readonly [key: string, value: JsonObject])[];
}

/** Where npm sorts them in; next to what stays. */
export function addedMembers(text: string, { slices, gone, added }: Adding): readonly TextChange[] {
  const kept = slices.filter(({ key }) => !gone.has(key));
  const last = kept.at(-1);
  const [first] = slices;
  if (!first || !last) return [];
  const lineStart = text.lastIndexOf("\n", first.at - 1);
  const blanks = text.slice(lineStart, first.at).trim() === "" && lineStart >= 0 ? text.slice(lineStart, first.at) : "";
  const end = blanks !== "" && text[lineStart - 1] === "\r" ? `\r${blanks}` : blanks;
  return added
    .toSorted(([a], [b]) => inNpmOrder(a, b))
    .map(([key, value]) => {
      const next = kept.find((slice) => slice.key !== "" && inNpmOrder(slice.key, key) > 0);
      const member = `${JSON.stringify(key)}:${blanks === "" ? "" : " "}${jsonAs(text, first.at, value)}`;
      return next
        ? { start: next.at, end: next.at, text: `${member},${end}` }
        : { start: last.end, end: last.end, text: `,${end}${member}` };
    });
}

export function inNpmOrder(a: string, b: string): number {
  return a.localeCompare(b, "en");
}

/** What is written the same stays; where members come or go the entry is written anew. */
export function entryChanges(
  text: string,
  slice: JsonSlice,
  old: JsonObject,
  entry: JsonObject,
): readonly TextChange[] {
  const keys = Object.keys(entry);
  const isSame = keys.length === Object.keys(old).length && keys.every((key) => Object.hasOwn(old, key));
  const changed = keys.filter((key) => !isDeepStrictEqual(old[key], entry[key]));
  if (!isSame) return [replaced(slice, jsonAs(text, slice.start, entry))];
  const { slices } = slicesOf(text, slice.start, slice.end);
  return slices
    .filter(({ key }) => changed.includes(key))
    .map((member) => replaced(member, jsonAs(text, member.at, entry[member.key])));
}
