/** Finds where versions are written that their reader gave no place of their own: in the text of the entry, if they are there once. */
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

/** The same use at the further places that say the same, where those are written in the same words. */
export function furtherUses(use: PackageUse, textOf: (path: string) => string | undefined): readonly PackageUse[] {
  const { versionAt, alsoAt = [] } = use;
  const words = versionAt && alsoAt.length > 0 ? wordsAt(versionAt, textOf) : "";
  if (words === undefined || words === "") return [];
  return alsoAt.flatMap((at) => {
    const found = placeIn(at, words, textOf);
    return found ? [{ ...use, at, versionAt: found }] : [];
  });
}

function wordsAt(at: Span, textOf: (path: string) => string | undefined): string | undefined {
  const text = textOf(at.path);
  const [place] = text === undefined ? [] : (changesOf(text, [{ at, text: "" }]) ?? []);
  return place && text?.slice(place.start, place.end);
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
  // Part of a longer version, or of a name.
  if (/^\w/.test(words) && /[\w.+-]$/.test(text.slice(whole.start, first))) return undefined;
  if (/^[\w.+-]/.test(text.slice(end, whole.end))) return undefined;
  const place: Place = { file: { path: at.path, text }, start: first, end };
  return spanOf(place);
}
