/**
 * Git opens its files without a look at what they are: where one is a named pipe, it waits for a writer that never comes, whatever
 * it was asked. Sockets of its own programs lie beside them, so only those are looked at that it reads each time.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { RemoteError } from "#model/remote-error.ts";
import { objectFolders } from "./packs/object-folders.ts";
import type { UnreadPlace } from "./packs/unread-place.ts";

const files = [
  "commondir",
  "HEAD",
  "config",
  "config.worktree",
  "index",
  "packed-refs",
  "shallow",
  "info/exclude",
  "info/attributes",
  "objects/info/alternates",
  "objects/info/commit-graph",
];
const folders = ["refs", "objects/pack"];

/** Throws if git would be held up before it can say anything. */
export async function refuseIrregularFiles(gitDir: string): Promise<void> {
  for (const place of new Set([gitDir, sharedDir(gitDir)])) {
    const odd = folders.flatMap((name) => oddIn(join(place, name)));
    const path = [...files.map((name) => join(place, name)), ...odd].find(isIrregular);
    if (path !== undefined) throw heldUpBy(path);
  }
  const unread: UnreadPlace[] = [];
  const borrowed = (await objectsOf(gitDir, unread)).slice(1);
  const lists = unread.flatMap(({ path, isIrregular }) => (isIrregular ? [path] : []));
  const inPacks = borrowed.flatMap((folder) => oddIn(join(folder, "pack")));
  const graphs = borrowed.map((folder) => join(folder, "info", "commit-graph"));
  const path = [...lists, ...inPacks, ...graphs].find(isIrregular);
  if (path !== undefined) throw heldUpBy(path);
}

/** Its own folder of objects first, then those that it borrows from. */
async function objectsOf(gitDir: string, unread: UnreadPlace[]): Promise<readonly string[]> {
  return objectFolders(join(sharedDir(gitDir), "objects"), unread);
}

/** The same of loose objects: 20 ms for the thousands that git keeps, so only who reads all, or waits for git, looks at them. */
export async function findIrregularObject(gitDir: string): Promise<string | undefined> {
  for (const objects of await objectsOf(gitDir, [])) {
    for (const name of await readdir(objects).catch(() => [])) {
      const entries = await readdir(join(objects, name), { withFileTypes: true }).catch(() => []);
      const odd = entries.filter(isOdd).map((entry) => join(objects, name, entry.name));
      const path = odd.find(isIrregular);
      if (path !== undefined) return path;
    }
  }
  return undefined;
}

/** An ignore file of a folder that git looks into; it follows no link to one. */
export async function findIrregularIgnoreFile(folder: string): Promise<string | undefined> {
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== ".git") waiting.push(path);
      } else if (entry.name === ".gitignore" && !entry.isFile() && !entry.isSymbolicLink()) return path;
    }
  }
  return undefined;
}

export function heldUpBy(path: string): RemoteError {
  return new RemoteError("refused", `${path} is no regular file, and git would wait for it.`);
}

/** A working tree beside the first one has a folder of its own for little more than its index. */
function sharedDir(gitDir: string): string {
  const link = join(gitDir, "commondir");
  try {
    return statSync(link).isFile() ? resolve(gitDir, readFileSync(link, "utf8").trimEnd()) : gitDir;
  } catch {
    return gitDir;
  }
}

/** What is no file and no folder, or may be none behind a link. */
function oddIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries.filter(isOdd).map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}

function isOdd(entry: Dirent): boolean {
  return !entry.isFile() && !entry.isDirectory();
}

function isIrregular(path: string): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && !stat.isFile() && !stat.isDirectory();
  } catch {
    // Git says why it cannot be read.
    return false;
  }
}
