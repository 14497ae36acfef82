/** The lines of a `go.sum`: which versions of which modules were looked at, and with which hashes. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

export interface GoSumEntry {
  readonly name: string;
  /** Without `v`. */
  readonly version: string;
  /** Of the module's files; absent if only its `go.mod` was read, so that none of its code is in the build. */
  readonly integrity?: string;
  readonly at: Place;
}

export interface GoSum {
  /** One for each module and version, in the order of the file. */
  readonly entries: readonly GoSumEntry[];
  readonly trouble?: Place;
}

const entry = /^\s*(\S+)\s+v(\S+?)(\/go\.mod)?\s+(h\d+:\S+)\s*$/;

export function goSum(file: TextFile): GoSum {
  const entries = new Map<string, GoSumEntry>();
  let trouble: Place | undefined;
  for (const line of linesOf(file.text)) {
    if (line.text.trim() === "") continue;
    const at = placeOfLine(file, line);
    const [, name = "", version = "", modOnly, integrity = ""] = entry.exec(line.text) ?? [];
    const key = `${name}@${version}`;
    if (name === "") trouble ??= at;
    else if (!modOnly) entries.set(key, { name, version, integrity, at });
    else if (!entries.has(key)) entries.set(key, { name, version, at });
  }
  return { entries: [...entries.values()], ...(trouble && { trouble }) };
}
