/** Joins the reading functions of this room to the one object that users hold. */
import { distinctBlobs } from "./distinct-blobs.ts";
import type { Mirror, RepositoryOnDisk } from "./mirror.ts";
import { createBlobReader } from "./read-blobs.ts";
import { diffTrees, isAncestor, listRefs, listTree, mergeBase, resolve } from "./read-trees.ts";

export interface SharedReader {
  /** A handle for one more user. */
  open(): Mirror;
  readonly users: () => number;
  /** Ends the processes that wait for more to read. */
  close(): void;
}

/** All users of one repository share its reading processes, which end when the last user has released it. */
export function shareReader(repository: RepositoryOnDisk, onLastRelease: () => void): SharedReader {
  const blobs = createBlobReader(repository);
  let users = 0;
  return {
    users: () => users,
    close: () => blobs.close(),
    open() {
      users += 1;
      let released = false;
      return {
        gitDir: repository.gitDir,
        resolve: (revision) => resolve(repository, revision),
        listRefs: (prefix) => listRefs(repository, prefix),
        listTree: (commit) => listTree(repository, commit),
        diffTrees: (from, to) => diffTrees(repository, from, to),
        mergeBase: (a, b) => mergeBase(repository, a, b),
        isAncestor: (ancestor, descendant) => isAncestor(repository, ancestor, descendant),
        readBlobs: (ids, options) => blobs.read(ids, options),
        distinctBlobs: (range) => distinctBlobs(repository, range),
        release() {
          if (released) return;
          released = true;
          users -= 1;
          if (users === 0) {
            blobs.close();
            onLastRelease();
          }
        },
      };
    },
  };
}
