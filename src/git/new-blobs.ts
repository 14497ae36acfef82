/**
 * Blobs that a push would publish, or a commit would keep, and those that stood in their place before. Every commit on its
 * way is looked at: what one adds and the next one takes away leaves the machine all the same.
 */
import { devNull } from "node:os";
import { resolve } from "node:path";
import type { Logger } from "pino";
import { checkRevision } from "./check-revision.ts";
import { gitEnvironment } from "./git-environment.ts";
import { pathText } from "./path-text.ts";
import { records, runGit, startGit } from "./run-git.ts";

export interface BlobAt {
  readonly path: string;
  readonly objectId: string;
}

export interface NewBlobs {
  readonly after: readonly BlobAt[];
  /** What they took the place of: a secret in it is not new. */
  readonly before: readonly BlobAt[];
}

export interface NewBlobsOptions {
  readonly gitDir: string;
  readonly log: Logger;
  readonly surrounding: Readonly<Record<string, string | undefined>>;
}

const longestList = 256 * 1024 * 1024;
const timeLimit = 120_000;

/** What these commits bring that no remote is known to have, and that is not in `published` either. */
export async function blobsToPush(
  commits: readonly string[],
  published: readonly string[],
  options: NewBlobsOptions,
): Promise<NewBlobs> {
  const environment = gitEnvironment({ surrounding: options.surrounding, home: devNull, gitDir: options.gitDir });
  const format = ["--raw", "-c", "--no-renames", "--no-abbrev", "-z", "--format=", "--reverse", "--topo-order"];
  const log = startGit({
    args: [
      "log",
      ...format,
      ...commits.map(checkRevision),
      "--not",
      "--remotes",
      ...published.map(checkRevision),
      "--",
    ],
    environment,
    log: options.log,
    timeLimit,
  });
  log.stdin.end();
  return readChanges(records(log, 0, longestList));
}

/** What the index holds that HEAD does not. */
export async function stagedBlobs(options: NewBlobsOptions & { readonly head: string | undefined }): Promise<NewBlobs> {
  const { gitDir, surrounding, head } = options;
  const environment = gitEnvironment({ surrounding, home: devNull, gitDir });
  // A commit of some files only has an index of its own while its hook runs.
  const index = surrounding.GIT_INDEX_FILE;
  if (index) environment.GIT_INDEX_FILE = resolve(index);
  const against = head ?? (await emptyTree(environment, options.log));
  const diff = startGit({
    args: ["diff-index", "--cached", "--raw", "--no-renames", "--no-abbrev", "-z", against, "--"],
    environment,
    log: options.log,
    timeLimit,
  });
  diff.stdin.end();
  return readChanges(records(diff, 0, longestList));
}

/** Git knows it in every repository, by the name that its kind of hash gives it. */
async function emptyTree(environment: Readonly<Record<string, string>>, log: Logger): Promise<string> {
  const { output } = await runGit({ args: ["hash-object", "-t", "tree", "--stdin"], environment, log, timeLimit });
  return output.toString("latin1").trim();
}

const link = "120000";
const submodule = "160000";

/** `:100644 100644 OLD NEW M`, and for a merge as many colons, modes and old ids as it has parents; then the path. */
async function readChanges(lines: AsyncIterable<Buffer>): Promise<NewBlobs> {
  const after = openList();
  const before = openList();
  let ids: { readonly old: readonly string[]; readonly now: string; readonly mode: string } | undefined;
  for await (const record of lines) {
    if (ids === undefined) {
      const line = record.toString("latin1").trimStart();
      const parents = /^:*/.exec(line)?.[0].length ?? 0;
      if (parents === 0) continue;
      const words = line.slice(parents).split(" ");
      const old = words.slice(parents + 1, 2 * parents + 1);
      ids = { old, now: words[2 * parents + 1] ?? "", mode: words[parents] ?? "" };
      continue;
    }
    const path = pathText(record);
    for (const objectId of ids.old) {
      if (isObject(objectId) && !after.has(objectId)) before.add({ path, objectId });
    }
    const isFile = isObject(ids.now) && ids.mode !== link && ids.mode !== submodule;
    if (isFile && !before.has(ids.now)) after.add({ path, objectId: ids.now });
    ids = undefined;
  }
  return { after: after.blobs(), before: before.blobs() };
}

/** Under every path: one may be of a kind that nobody looks at. */
function openList() {
  const pathsOf = new Map<string, Set<string>>();
  return {
    has: (objectId: string) => pathsOf.has(objectId),
    add({ objectId, path }: BlobAt): void {
      const paths = pathsOf.get(objectId);
      if (paths === undefined) pathsOf.set(objectId, new Set([path]));
      else paths.add(path);
    },
    blobs: (): readonly BlobAt[] =>
      [...pathsOf].flatMap(([objectId, paths]) => [...paths].map((path) => ({ path, objectId }))),
  };
}

function isObject(id: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(id) && !/^0+$/.test(id);
}
