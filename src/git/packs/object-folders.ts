/** Where the objects of a repository lie: its own folder and the alternates it borrows from, each once. */
import { readFile, realpath } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

const deepest = 5;
const mostFolders = 100;

export async function objectFolders(own: string): Promise<readonly string[]> {
  const found = new Set<string>();
  let level = [own];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const real = await realpath(folder).catch(() => undefined);
      // Seen before: a loop, or two that borrow from the same.
      if (real === undefined || found.has(real) || found.size >= mostFolders) continue;
      found.add(real);
      next.push(...(await alternatesOf(real)));
    }
    level = next;
  }
  return [...found];
}

async function alternatesOf(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "info", "alternates"), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => (isAbsolute(line) ? line : join(folder, line)));
}
