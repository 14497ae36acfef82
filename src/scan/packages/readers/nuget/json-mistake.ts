/** Says where a text stops being JSON, in the words of the other readers. */
import type { Problem } from "#model/scan-result.ts";
import { problemAt } from "../../reading/manifest-text.ts";
import type { JsonCursor } from "../npm/json-cursor.ts";

export function jsonMistake({ file, mistake, conflictAt }: JsonCursor): readonly Problem[] {
  if (mistake) {
    const { at, expected } = mistake;
    const message = `This is no valid JSON: ${expected} was expected here. The packages before this place were read.`;
    return [problemAt({ file, start: at, end: at }, "syntax", message)];
  }
  if (conflictAt === undefined) return [];
  const message = "An unresolved merge conflict begins here; the packages of both sides were read.";
  return [problemAt({ file, start: conflictAt, end: conflictAt }, "syntax", message)];
}
