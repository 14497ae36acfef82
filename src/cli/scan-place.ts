/** What a command was asked to look at: a folder, or one file of it. */
import { type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

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
  if (stat.isFile()) return { folder: dirname(full), only: basename(full) };
  throw new UsageError(`${path} is neither a file nor a folder`);
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
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(resolve(at, ".git"), { throwIfNoEntry: false }) !== undefined) return true;
    if (dirname(at) === at) return false;
  }
}
