/** Reads what is in a tar archive, as npm packs it. Refuses what is damaged, or has more than anybody packs. */
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";

export interface TarEntry {
  readonly path: string;
  /** `link` is a symbolic one. */
  readonly is: "file" | "folder" | "link" | "other";
  readonly mode: number;
  readonly target: string;
  readonly content: Buffer;
}

const mostEntries = 100_000;
const kinds: Readonly<Record<string, TarEntry["is"]>> = { file: "file", symlink: "link", directory: "folder" };

export async function tarEntries(archive: Buffer): Promise<readonly TarEntry[] | undefined> {
  const entries: TarEntry[] = [];
  const reader = extract();
  reader.end(archive);
  try {
    for await (const entry of reader) {
      if (entries.length >= mostEntries) return undefined;
      const { name, type, mode, linkname } = entry.header;
      const content = await buffer(entry);
      entries.push({ path: name, is: kinds[type ?? ""] ?? "other", mode, target: linkname ?? "", content });
    }
  } catch {
    return undefined;
  }
  return entries;
}
