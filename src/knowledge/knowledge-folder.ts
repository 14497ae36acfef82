/**
 * The folder that the local copy lives in: `sources` holds what was fetched, `built` what is made of it and read. A built file
 * has a number behind its name and is never written again: the highest number counts, so that a newer one can be put beside a
 * file that somebody reads, on Windows too.
 */

import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";

export const builtNames = { likelihood: "likelihood", exploited: "exploited", runtimes: "runtimes" };

export function advisoriesName(ecosystem: Ecosystem): string {
  return `advisories-${encodeURIComponent(ecosystem)}`;
}

export function ecosystemOfName(name: string): Ecosystem | undefined {
  return ecosystems.find((ecosystem) => advisoriesName(ecosystem) === name);
}

export function sourcesFolder(folder: string): string {
  return join(folder, "sources");
}

function builtFolder(folder: string): string {
  return join(folder, "built");
}

/** By name, the newest file of each. Nothing if there is no folder. */
export function listBuilt(folder: string): ReadonlyMap<string, string> {
  const newest = new Map<string, { readonly number: number; readonly path: string }>();
  for (const file of namesIn(builtFolder(folder))) {
    const [, name, digits] = /^(.+)\.(\d{8,15})$/.exec(file) ?? [];
    if (name === undefined) continue;
    const number = Number(digits);
    if (number > (newest.get(name)?.number ?? -1)) newest.set(name, { number, path: join(builtFolder(folder), file) });
  }
  return new Map([...newest].map(([name, { path }]) => [name, path]));
}

/** Other than before when answers may be others. */
export function knowledgeVersion(built: ReadonlyMap<string, string>): string {
  const names = [...built.values()].map((path) => path.slice(path.lastIndexOf("built"))).sort();
  return createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 16);
}

/** Where the next file of this name goes. */
export function nextBuilt(folder: string, name: string): string {
  mkdirSync(builtFolder(folder), { recursive: true });
  const current = listBuilt(folder).get(name);
  const number = current === undefined ? 1 : Number(current.slice(current.lastIndexOf(".") + 1)) + 1;
  return join(builtFolder(folder), `${name}.${String(number).padStart(8, "0")}`);
}

/** Older files of this name are removed; one that is held open on Windows goes the next time. */
export function removeOlder(folder: string, name: string): void {
  const current = listBuilt(folder).get(name);
  for (const file of namesIn(builtFolder(folder))) {
    const path = join(builtFolder(folder), file);
    if (file.startsWith(`${name}.`) && /^\d{8,15}$/.test(file.slice(name.length + 1)) && path !== current)
      removeQuietly(path);
  }
}

/** What a process that was ended in the middle has left. */
export function removeLeftovers(folder: string): void {
  for (const file of namesIn(builtFolder(folder))) {
    if (/\.(part|spill)$/.test(file)) removeQuietly(join(builtFolder(folder), file));
  }
}

/** Under another name first, lasting, then renamed: there is never half of it. */
export function writeWhole(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const file = openSync(part, "w", 0o644);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Held by somebody.
  }
}
