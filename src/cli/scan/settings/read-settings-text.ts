/** Reads a file that says how to scan. A scanned tree may bring it along: then no link leads out of the tree. */
import { realpathSync, statSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { decodeText } from "#scan/decode-text.ts";
import { UsageError } from "../../usage-error.ts";
import { readRegularFile } from "../sources/read-regular-file.ts";
import { isHandedOver, readHandedPipe } from "./read-handed-pipe.ts";

export interface SettingsFile {
  readonly path: string;
  /** How it is called towards people; its path if absent. */
  readonly name?: string;
  readonly longest: number;
  /** The folder that links may not leave; absent where a person named the file. */
  readonly within?: string | undefined;
}

/** Undefined if there is none. What is no regular file, or too large, ends the command; a person may also hand over a pipe. */
export function readSettingsText({ path, name = path, longest, within }: SettingsFile): string | undefined {
  if (within === undefined && isPipe(path)) return textOfPipe(path, name, longest);
  const real = realPath(path, name);
  if (real === undefined) return undefined;
  if (within !== undefined && !isInside(realpathSync(within), real))
    throw new UsageError(`${name} leads out of ${within}; settings are read from within`);
  const file = readFileAt(real, name, longest);
  if (file === undefined) throw new UsageError(`${name} is no regular file`);
  if (file.bytes === undefined) throw new UsageError(`${name} has ${file.size} bytes; ${longest} at most are read`);
  return decodeText(file.bytes);
}

function isPipe(path: string): boolean {
  return isHandedOver(path) && statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** A pipe says it once, and a command may ask for its settings again. */
const ofPipes = new Map<string, string>();

function textOfPipe(path: string, name: string, longest: number): string {
  const known = ofPipes.get(path);
  if (known !== undefined) return known;
  const read = readHandedPipe(path, longest);
  if ("refused" in read) throw new UsageError(`${name} ${read.refused}`);
  const text = decodeText(read.bytes);
  ofPipes.set(path, text);
  return text;
}

function realPath(path: string, name: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(name, error);
  }
}

function readFileAt(real: string, name: string, longest: number): ReturnType<typeof readRegularFile> {
  try {
    return readRegularFile(Buffer.from(real), (size) => (size > longest ? undefined : new Uint8Array(size)));
  } catch (error) {
    throw unreadable(name, error);
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(/[/\\]/, 1)[0] !== "..";
}

function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
}
