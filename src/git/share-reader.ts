/** Joins the reading functions of this room to the one object that users hold. */
import type { ObjectId } from "#model/ids.ts";
import { isDamage } from "./git-failure.ts";
import { lastCommitters } from "./last-committers.ts";
import { isHeadName, listLocalRefs, localHead } from "./local-refs.ts";
import type { Mirror, NamedRef, RepositoryOnDisk } from "./mirror.ts";
import { blobsBetween } from "./new-blobs.ts";
import { historyReader, type KnownCommits } from "./packs/history-reader.ts";
import { type BlobReader, createBlobReader } from "./read-blobs.ts";
import { diffTrees, isAncestor, listRefs, listTree, mergeBase, resolve } from "./read-trees.ts";
import type { TreeCache } from "./tree-cache.ts";

export interface SharedReader {
  /** A handle for one more user. */
  open(): Mirror;
  readonly users: () => number;
  /** Ends the processes that wait for more to read. */
  close(): void;
}

/** What outlasts a reader. */
export interface ReaderMemory {
  readonly trees: TreeCache;
  readonly commits: KnownCommits;
}

/** All users of one repository share its reading processes, which end when the last user has released it. */
export function shareReader(
  repository: RepositoryOnDisk,
  { trees, commits }: ReaderMemory,
  events: { readonly onLastRelease?: () => void; readonly onDamage?: () => void } = {},
): SharedReader {
  const blobs = createBlobReader(repository);
  const history = historyReader(repository, commits);
  let users = 0;
  /** What cannot be read although it should be there is told, and thrown on. */
  const watched = async <T>(reading: Promise<T>): Promise<T> => {
    try {
      return await reading;
    } catch (error) {
      if (isDamage(error)) events.onDamage?.();
      throw error;
    }
  };
  return {
    users: () => users,
    close: () => blobs.close(),
    open() {
      users += 1;
      let released = false;
      return {
        gitDir: repository.gitDir,
        resolve: (revision) => commitOf(repository, blobs, revision),
        listRefs: (...prefixes) => refsBelow(repository, prefixes),
        listTree: (commit, ...inside) =>
          trees.list(repository.gitDir, commit, inside, () => watched(listTree(repository, commit, ...inside))),
        diffTrees: (from, to) => watched(diffTrees(repository, from, to)),
        newBlobs: (range) => watched(blobsBetween(repository, range)),
        mergeBase: (a, b) => watched(mergeBase(repository, a, b)),
        isAncestor: (ancestor, descendant) => isAncestor(repository, ancestor, descendant),
        lastCommitters: (commit, paths) => lastCommitters(repository, commit, paths),
        readBlobs: (ids, options) => blobs.read(ids, options),
        history,
        release() {
          if (released) return;
          released = true;
          users -= 1;
          if (users === 0) {
            blobs.close();
            events.onLastRelease?.();
          }
        },
      };
    },
  };
}

/** A branch of a mirror takes no process. */
async function commitOf(
  repository: RepositoryOnDisk,
  blobs: BlobReader,
  revision: string,
): Promise<ObjectId | undefined> {
  if (!repository.isForeign && isHeadName(revision)) return localHead(repository.gitDir, revision);
  return (await blobs.find(revision)) ?? resolve(repository, revision);
}

function refsBelow(repository: RepositoryOnDisk, prefixes: readonly string[]): Promise<readonly NamedRef[]> {
  return repository.isForeign ? listRefs(repository, ...prefixes) : listLocalRefs(repository.gitDir, ...prefixes);
}
