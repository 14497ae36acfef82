/** Writing blobs and trees into a bare repository, in a fixed number of git processes however many files there are. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { World } from "../world.ts";
import { git, repositoryFolder } from "./repository-store.ts";

export interface TreeChange {
  readonly path: string;
  /** Null deletes the path. */
  readonly content: Buffer | null;
  /** A blob that exists already, in place of `content`. */
  readonly objectId?: string;
  readonly mode?: string;
}

/** Ids of the blobs, in order. */
async function writeBlobs(world: World, repositoryId: string, contents: readonly Buffer[]): Promise<string[]> {
  const [only, second] = contents;
  if (!only) return [];
  if (!second) return [(await git(world, repositoryId, ["hash-object", "-w", "--stdin"], only)).toString().trim()];
  const parts: Buffer[] = [];
  for (const [index, content] of contents.entries()) {
    parts.push(Buffer.from(`blob\nmark :${index + 1}\ndata ${content.length}\n`), content, Buffer.from("\n"));
    parts.push(Buffer.from(`get-mark :${index + 1}\n`));
  }
  const output = await git(world, repositoryId, ["fast-import", "--quiet"], Buffer.concat(parts));
  return output.toString().trim().split("\n");
}

/** The tree of `base` (a commit or tree; absent = empty) with the changes made; answers its id. */
export async function writeTree(
  world: World,
  repositoryId: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const written = changes.filter((change) => change.content !== null && change.objectId === undefined);
  const ids = await writeBlobs(
    world,
    repositoryId,
    written.map((change) => change.content ?? Buffer.alloc(0)),
  );
  const idOf = new Map(written.map((change, index) => [change, ids[index] ?? ""]));
  const lines = changes.map((change) => {
    const id = change.objectId ?? idOf.get(change);
    return id === undefined
      ? `0 ${"0".repeat(40)}\t${change.path}\0`
      : `${change.mode ?? "100644"} ${id}\t${change.path}\0`;
  });
  const index = join(repositoryFolder(world, repositoryId), `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    if (base) await git(world, repositoryId, ["read-tree", base], undefined, env);
    await git(world, repositoryId, ["update-index", "-z", "--index-info"], lines.join(""), env);
    return (await git(world, repositoryId, ["write-tree"], undefined, env)).toString().trim();
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}
