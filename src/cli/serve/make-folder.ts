/** Makes a folder that somebody has named, and says in one line why it cannot be one. */
import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../usage-error.ts";

export interface NamedFolder {
  readonly folder: string;
  /** The setting that names it. */
  readonly setting: string;
  /** Of folders that are made. */
  readonly mode?: number;
}

/** Folder by folder, from the nearest that is there: Node's own way of making all of them never ends below `/proc`. */
export async function makeFolder({ folder, setting, mode = 0o777 }: NamedFolder): Promise<void> {
  const say = (problem: string) => new UsageError(`${setting} must be a folder, or the place for one: ${problem}`);
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const found = await kindOf(at);
    if (found === "folder") break;
    if (found === "file") throw say(`${at} is a file${at === folder ? "" : `, and ${folder} is below it`}`);
    if (found !== "nothing" || at === dirname(at)) throw say(`${at} cannot be entered (${found})`);
    missing.push(at);
  }
  for (const one of missing.toReversed()) {
    try {
      await mkdir(one, { mode });
    } catch (error) {
      // Another process may make the same.
      const code = codeOf(error);
      if (code !== "EEXIST") throw say(`${one} cannot be made (${code})`);
    }
  }
}

/** The same for one that is written to. */
export async function makeWritableFolder(named: NamedFolder): Promise<void> {
  await makeFolder(named);
  try {
    await access(named.folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(
      `${named.setting} must be a folder that can be written: ${named.folder} cannot (${codeOf(error)})`,
    );
  }
}

/** Of whatever can be neither entered nor made, the code of the error. */
async function kindOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = codeOf(error);
    // Below a file.
    return code === "ENOENT" || code === "ENOTDIR" ? "nothing" : code;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
