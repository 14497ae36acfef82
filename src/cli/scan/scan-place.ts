/** What a command was asked to look at: a folder, or one file of it. */
import { realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "../usage-error.ts";

export interface Place {
  readonly folder: string;
  readonly only?: string;
}

export function placeOf(path: string): Place {
  // An unset variable of a script must not scan the folder that the script runs in.
  if (path === "") throw new UsageError("PATH is empty");
  const full = resolve(path);
  const stat = statOf(full, path);
  if (stat === undefined) throw new UsageError(`there is no ${path}`);
  if (stat.isDirectory()) return { folder: full };
  if (stat.isFile()) {
    // A walk of the folder leaves links out: somebody who names one means the file behind it.
    const file = realpathSync(full);
    return { folder: dirname(file), only: basename(file) };
  }
  throw new UsageError(`${path} is neither a file nor a folder`);
}

/** Git's own files, packed as they are, are nothing to scan: "no findings" would be said of what nobody looked at. */
export function isBareRepository(folder: string): boolean {
  const isFolder = (name: string) => statSync(resolve(folder, name), { throwIfNoEntry: false })?.isDirectory() === true;
  return (
    isFolder("objects") &&
    isFolder("refs") &&
    statSync(resolve(folder, "HEAD"), { throwIfNoEntry: false }) !== undefined
  );
}

/** A link that leads in a circle, or a folder that may not be entered, is the person's to know of. */
function statOf(full: string, path: string): Stats | undefined {
  try {
    return statSync(full, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

/** A cheap look that spares folders outside of git the start of a process. */
export function isInGit(folder: string): boolean {
  return topOf(folder) !== undefined;
}

/** The working tree that the folder lies in, or the folder itself: settings of a part may be those of the whole. */
export function treeOf(folder: string): string {
  return topOf(folder) ?? folder;
}

function topOf(folder: string): string | undefined {
  // As git sees it: what a link leads to lies in another tree.
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if (statSync(resolve(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}
