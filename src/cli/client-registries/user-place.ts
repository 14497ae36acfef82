/** Where the settings of a user's package managers are looked for, and their text. Nothing of a repository is read. */
import { readFileSync, statSync } from "node:fs";
import type { Environment } from "../config.ts";

export interface UserPlace {
  /** The user's folder. */
  readonly home: string;
  /** What holds for all users of the machine: `/etc`. */
  readonly machine: string;
  readonly platform: string;
  /** The running program: npm keeps its global settings beside it. */
  readonly program: string;
  readonly environment: Environment;
}

/** Takes what people must know, in one sentence. */
export type Say = (message: string) => void;

/** Nobody has larger settings. */
const longest = 1_000_000;

/** Undefined if there is none. A file that is there and cannot be read is said. */
export function readUserFile(path: string, say: Say): string | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) return undefined;
    if (found.size <= longest) return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    say(`${path} is larger than ${longest} bytes and was left out`);
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") say(`${path} cannot be read (${code}) and was left out`);
  }
  return undefined;
}

export function readFirstUserFile(
  paths: readonly string[],
  say: Say,
): { readonly path: string; readonly text: string } | undefined {
  for (const path of paths) {
    const text = readUserFile(path, say);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}
