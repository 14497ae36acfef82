/**
 * Git opens its files without a look at what they are: where one is a named pipe, it waits for a writer that never comes, whatever
 * it was asked. Sockets of its own programs lie beside them, so only those are looked at that it reads each time.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { RemoteError } from "#model/remote-error.ts";

const files = [
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
export function refuseIrregularFiles(gitDir: string): void {
  const odd = folders.flatMap((name) => oddIn(join(gitDir, name), { recursive: true }));
  refuse([...files.map((name) => join(gitDir, name)), ...odd]);
}

/** The same of loose objects, of which there may be thousands. */
export function refuseIrregularObjects(gitDir: string): void {
  const objects = join(gitDir, "objects");
  for (const name of namesIn(objects)) refuse(oddIn(join(objects, name), { recursive: false }));
}

function refuse(paths: readonly string[]): void {
  const path = paths.find(isIrregular);
  if (path !== undefined) throw new RemoteError("refused", `${path} is no regular file, and git would wait for it.`);
}

/** What is no file and no folder, or may be none behind a link. */
function oddIn(folder: string, { recursive }: { readonly recursive: boolean }): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive })
      .filter((entry) => !entry.isFile() && !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [];
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
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
