/** Finds where a range is written that its reader gave no place of its own: in the text of the entry, if it is there once. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { type Place, spanOf } from "../../formats/text-file.ts";
import { changesOf } from "../text-edits.ts";

const longestEntry = 10_000;

/** The same use where nothing is found. */
export function withWrittenPlace(use: PackageUse, textOf: (path: string) => string | undefined): PackageUse {
  const { requirement, versionAt } = use;
  if (versionAt || requirement === undefined || requirement === "") return use;
  const found = placeIn(use.at, requirement, textOf);
  return found ? { ...use, versionAt: found } : use;
}

function placeIn(at: Span, words: string, textOf: (path: string) => string | undefined): Span | undefined {
  const text = textOf(at.path);
  const [whole] = text === undefined ? [] : (changesOf(text, [{ at, text: "" }]) ?? []);
  if (text === undefined || !whole || whole.end - whole.start > longestEntry) return undefined;
  const first = text.indexOf(words, whole.start);
  const end = first + words.length;
  if (first < 0 || end > whole.end) return undefined;
  const other = text.indexOf(words, first + 1);
  if (other >= 0 && other + words.length <= whole.end) return undefined;
  const place: Place = { file: { path: at.path, text }, start: first, end };
  return spanOf(place);
}
