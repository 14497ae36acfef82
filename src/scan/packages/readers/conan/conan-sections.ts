/** Entries of the `[sections]` that `conanfile.txt` and `conaninfo.txt` are made of. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf } from "../../reading/text-lines.ts";

export interface ConanEntry {
  readonly section: string;
  readonly text: string;
  readonly at: Place;
}

export function conanEntries(file: TextFile): readonly ConanEntry[] {
  const entries: ConanEntry[] = [];
  let section = "";
  for (const line of linesOf(file.text)) {
    const text = line.text.replace(/(?:^|\s)#.*$/, "").trim();
    const [, header] = /^\[([\w-]+)\]$/.exec(text) ?? [];
    if (header !== undefined) section = header;
    else if (text !== "") {
      const start = line.start + line.text.indexOf(text);
      entries.push({ section, text, at: { file, start, end: start + text.length } });
    }
  }
  return entries;
}
