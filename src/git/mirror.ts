/** What can be asked of a repository's objects: the same for a mirror of the server and for a person's own repository. */
import type { Logger } from "pino";
import type { ObjectId } from "#model/ids.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { NewBlobs } from "./new-blobs.ts";
import type { HistoryReader } from "./packs/history-reader.ts";

export interface Mirror {
  /** The folder that holds the objects. */
  readonly gitDir: string;
  /** The commit of a ref (`refs/heads/main`), an object id, or any revision that git understands; undefined if there is none. */
  resolve(revision: string): Promise<ObjectId | undefined>;
  /** Refs below prefixes (`refs/heads/`) with the objects they name. */
  listRefs(...prefixes: readonly string[]): Promise<readonly NamedRef[]>;
  /** Files and symbolic links of a commit, or of some files and folders of it; submodules are left out. */
  listTree(commit: string, ...inside: readonly string[]): Promise<readonly TreeEntry[]>;
  /** What changed between two commits; `from` undefined = everything was added. */
  diffTrees(from: string | undefined, to: string): Promise<readonly TreeChange[]>;
  /** Versions of files that the commits between two brought, also those that a later one took away again. */
  newBlobs(range: { readonly from?: string; readonly to: string; readonly signal: AbortSignal }): Promise<NewBlobs>;
  /** The best common ancestor; undefined if the histories share nothing. */
  mergeBase(a: string, b: string): Promise<ObjectId | undefined>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** Who changed files last, by path; bounded, so some may be missing. */
  lastCommitters(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Blobs in the order asked for. Each `bytes` owns its memory, so it may be transferred to a worker.
   * A blob larger than `maxSize` is a problem beside the others, as is one that is missing.
   */
  readBlobs(
    ids: Iterable<string> | AsyncIterable<string>,
    options: { readonly maxSize: number },
  ): AsyncIterable<BlobRead>;
  /** For whoever reads all that there ever was. */
  readonly history: HistoryReader;
  /** Says that this user is done; the mirror may be evicted when nobody uses it. */
  release(): void;
}

export interface NamedRef {
  readonly name: string;
  readonly objectId: ObjectId;
}

export interface TreeEntry {
  readonly path: string;
  readonly objectId: ObjectId;
  /** 0 in a repository that may lack files. */
  readonly size: number;
  /** `100644`, `100755` or `120000` (a symbolic link, whose blob is the target's path). */
  readonly mode: string;
}

export interface TreeChange {
  readonly path: string;
  /** Renames only: where the file was. */
  readonly oldPath?: string;
  readonly change: "added" | "modified" | "deleted" | "renamed";
  /** Absent if deleted. */
  readonly objectId?: ObjectId;
  /** Absent if added. */
  readonly oldObjectId?: ObjectId;
  /** Mode after the change; of a deleted file, before it. */
  readonly mode: string;
}

export type BlobRead =
  | { readonly objectId: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly objectId: string; readonly problem: "missing" | "too-large"; readonly size?: number };

export interface GitLimits {
  /** Milliseconds for a fetch, or for packing a mirror anew. */
  readonly fetchMilliseconds: number;
  /** Milliseconds for a command that reads; also how long a blob may take to begin. */
  readonly readMilliseconds: number;
  /** Bytes that one repository may take on disk. */
  readonly repositoryBytes: number;
  /** Bytes of output that a command which reads trees may produce. */
  readonly outputBytes: number;
}

export const defaultGitLimits: GitLimits = {
  fetchMilliseconds: 30 * 60_000,
  readMilliseconds: 10 * 60_000,
  repositoryBytes: 20 * 1024 ** 3,
  outputBytes: 512 * 1024 ** 2,
};

/** What the functions of this room need to know of a repository on disk. */
export interface RepositoryOnDisk {
  readonly gitDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: GitLimits;
  readonly log: Logger;
  /**
   * Of a person: refs and ids may be of any kind, and it may be a shallow or a partial clone, where git fails at whatever
   * needs the files themselves. Others are mirrors, made here.
   */
  readonly isForeign?: boolean;
}

export interface FetchRequest {
  readonly url: string;
  /** The whole value of the Authorization header. */
  readonly authorization?: SecretValue | undefined;
  /** Full names of refs to fetch besides all heads: `refs/pull/7/merge`. One that the remote lacks is dropped here too. */
  readonly refs?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}
