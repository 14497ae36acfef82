/** What could not be read or decided, as it is told beside the findings: with the line where it stands. */
import type { Problem } from "#model/scan-result.ts";
import { type Place, placeInArchive, spanOf } from "../formats/text-file.ts";

export function problemAt(at: Place, code: string, message: string): Problem {
  const { path, startLine: line } = spanOf(at);
  return { scanner: "iac", code, message: `${message}${placeInArchive(at)}`, path, line };
}

/** Of a file that was taken for infrastructure by its path alone. */
export function notText(path: string): Problem {
  return { scanner: "iac", code: "not-utf8", message: "This file is no text and was not read.", path };
}
