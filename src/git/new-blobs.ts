/**
 * Blobs that a push would publish, or a commit would keep, and those that stood in their place before. Every commit on its
 * way is looked at: what one adds and the next one takes away leaves the machine all the same.
 */
import { devNull } from "node:os";
import { resolve } from "node:path";
import type { Logger } from "pino";
import { checkRevision } from "./check-revision.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { RepositoryOnDisk } from "./mirror.ts";
import { pathText } from "./path-text.ts";
import { records, runGit, startGit } from "./run-git.ts";

export interface BlobAt {
  readonly path: string;
  readonly objectId: string;
}

export interface NewBlob extends BlobAt {
  /** The first that brought it there; absent of what is staged. */
  readonly commit?: string;
}

export interface NewBlobs {
  /** Oldest first. */
  readonly after: readonly NewBlob[];
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
  const args = [...logChanges, ...commits.map(checkRevision), "--not", "--remotes", ...published.map(checkRevision)];
  const log = startGit({ args: [...args, "--"], environment, log: options.log, timeLimit });
  log.stdin.end();
  return readChanges(records(log, 0, longestList));
}

/** What the commits bring that `to` has and `from` has not; all commits of `to`, if there is no `from`. */
export async function blobsBetween(
  { environment, log, limits }: RepositoryOnDisk,
  { from, to, signal }: { readonly from?: string | undefined; readonly to: string; readonly signal: AbortSignal },
): Promise<NewBlobs> {
  const args = [...logChanges, checkRevision(to), ...(from === undefined ? [] : ["--not", checkRevision(from)]), "--"];
  const git = startGit({ args, environment, log, signal, timeLimit: limits.readMilliseconds });
  git.stdin.end();
  return readChanges(records(git, 0, limits.outputBytes / keptPerByte));
}

/** Bytes of memory that a list takes for each that git writes: 1,500,000 versions were 215 MB of output, and 850 MB when they were read. */
const keptPerByte = 4;

/** Of a merge `-c` shows what none of its parents had. */
const logChanges = [
  ...["log", "--raw", "-c", "--no-renames", "--no-abbrev", "-z", "--no-show-signature"],
  ...["--format=%x01%H", "--reverse", "--topo-order"],
];

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

const commitMark = "\x01";

/**
 * `\x01COMMIT`, then its changes: `:100644 100644 OLD NEW M`, and for a merge as many colons, modes and old ids as it has
 * parents; then the path.
 */
async function readChanges(lines: AsyncIterable<Buffer>): Promise<NewBlobs> {
  const after = openList();
  const before = openList();
  let commit: string | undefined;
  let ids: { readonly old: readonly string[]; readonly now: string; readonly mode: string } | undefined;
  for await (const record of lines) {
    if (ids === undefined) {
      const line = record.toString("latin1").trimStart();
      if (line.startsWith(commitMark)) commit = line.slice(commitMark.length);
      const parents = /^:*/.exec(line)?.[0].length ?? 0;
      if (parents === 0) continue;
      const words = line.slice(parents).split(" ");
      const old = words.slice(parents + 1, 2 * parents + 1).filter((_, index) => words[index] !== submodule);
      ids = { old, now: words[2 * parents + 1] ?? "", mode: words[parents] ?? "" };
      continue;
    }
    const path = pathText(record);
    for (const objectId of ids.old) {
      if (isObject(objectId) && !after.has(objectId)) before.add({ path, objectId });
    }
    const isFile = isObject(ids.now) && ids.mode !== link && ids.mode !== submodule;
    if (isFile && !before.has(ids.now)) after.add({ path, objectId: ids.now, ...(commit !== undefined && { commit }) });
    ids = undefined;
  }
  return { after: after.blobs(), before: before.blobs() };
}

/** Under every path: one may be of a kind that nobody looks at. */
function openList() {
  const placesOf = new Map<string, Map<string, NewBlob>>();
  return {
    has: (objectId: string) => placesOf.has(objectId),
    add(blob: NewBlob): void {
      const places = placesOf.get(blob.objectId);
      if (places === undefined) placesOf.set(blob.objectId, new Map([[blob.path, blob]]));
      else if (!places.has(blob.path)) places.set(blob.path, blob);
    },
    blobs: (): readonly NewBlob[] => [...placesOf.values()].flatMap((places) => [...places.values()]),
  };
}

function isObject(id: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(id) && !/^0+$/.test(id);
}
