/** Where the objects of a repository lie: its own folder and the alternates it borrows from, each once. */
import { realpath } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { readRegular } from "./open-regular.ts";
import { noteUnread, type UnreadPlace } from "./unread-place.ts";

const deepest = 5;
const mostFolders = 100;

export async function objectFolders(own: string, unread: UnreadPlace[]): Promise<readonly string[]> {
  const found = new Set<string>();
  let level = [own];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const real = await realpath(folder).catch(noteUnread(unread, folder));
      // Seen before: a loop, or two that borrow from the same.
      if (real === undefined || found.has(real)) continue;
      if (found.size >= mostFolders) {
        unread.push({ path: real, why: `more than ${mostFolders} folders are borrowed from` });
        return [...found];
      }
      found.add(real);
      next.push(...(await alternatesOf(real, unread)));
    }
    level = next;
  }
  return [...found];
}

async function alternatesOf(folder: string, unread: UnreadPlace[]): Promise<readonly string[]> {
  const file = join(folder, "info", "alternates");
  const bytes = await readRegular(file).catch(noteUnread(unread, file));
  return (bytes?.toString("utf8") ?? "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => (isAbsolute(line) ? line : join(folder, line)));
}
