/** The refs of a mirror, read from its files: no process, a millisecond. Mirrors are made here, so their files are of this kind. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "#model/ids.ts";
import type { NamedRef } from "./mirror.ts";

/** Object by full ref name. The files come before the list: git writes a ref there before it removes its file. */
export async function localRefs(gitDir: string): Promise<ReadonlyMap<string, string>> {
  const loose = await looseRefs(gitDir, "refs");
  const refs = await packedRefs(gitDir);
  for (const { name, objectId } of loose) refs.set(name, objectId);
  return refs;
}

/** A branch by its full name, without what git reads as an operator and allows in no name. */
export function isHeadName(revision: string): boolean {
  return /^refs\/heads\/[^~^:?*[\\{\p{Cc}]+(?<!\.lock)$/u.test(revision) && !revision.split("/").includes("..");
}

/** The commit of a branch. */
export async function localHead(gitDir: string, name: string): Promise<ObjectId | undefined> {
  const loose = await ifThere(readFile(join(gitDir, name), "utf8"));
  const objectId = loose === undefined ? (await packedRefs(gitDir)).get(name) : objectIdIn(loose);
  return objectId ? (objectId as ObjectId) : undefined;
}

/** As git would list them: in order, without those that are damaged. */
export async function listLocalRefs(gitDir: string, ...prefixes: readonly string[]): Promise<readonly NamedRef[]> {
  const refs = [...(await localRefs(gitDir))].filter(
    ([name, objectId]) => objectId !== "" && prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return refs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, objectId]) => ({ name, objectId: objectId as ObjectId }));
}

async function packedRefs(gitDir: string): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  const list = (await ifThere(readFile(join(gitDir, "packed-refs"), "utf8"))) ?? "";
  for (const line of list.split("\n")) {
    const match = /^([0-9a-f]{40}) (refs\/.+)$/.exec(line);
    if (match?.[1] && match[2]) refs.set(match[2], match[1]);
  }
  return refs;
}

interface LooseRef {
  readonly name: string;
  readonly objectId: string;
}

async function looseRefs(gitDir: string, folder: string): Promise<readonly LooseRef[]> {
  const refs: LooseRef[] = [];
  for (const entry of (await ifThere(readdir(join(gitDir, folder), { withFileTypes: true }))) ?? []) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) refs.push(...(await looseRefs(gitDir, name)));
    if (!entry.isFile() || name.endsWith(".lock")) continue;
    const text = await ifThere(readFile(join(gitDir, name), "utf8"));
    if (text !== undefined) refs.push({ name, objectId: objectIdIn(text) });
  }
  return refs;
}

/** Empty if damaged: not the ref of any remote, so it is written anew. */
function objectIdIn(text: string): string {
  return /^[0-9a-f]{40}\s*$/.test(text) ? text.trim() : "";
}

const absent: readonly unknown[] = ["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG"];

/** A fetch beside us may take away any file. */
async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && absent.includes(error.code)) return undefined;
    throw error;
  }
}
