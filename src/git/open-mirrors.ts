/**
 * The cache of mirrors: one bare, blob-complete repository per remote repository, within a budget of bytes on disk.
 * `openMirrors` is long because its functions share readers and turns, and each of them is short.
 */
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import type { ObjectId, RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { damagedMark, fetchMirror } from "./fetch-mirror.ts";
import { gitEnvironment } from "./git-environment.ts";
import { lockMirror } from "./lock-mirror.ts";
import { defaultGitLimits, type FetchRequest, type GitLimits, type Mirror } from "./mirror.ts";
import { createMirrorBudget, usedMark } from "./mirror-budget.ts";
import { markUse, unmarkUse } from "./mirror-users.ts";
import { type Pushed, type PushRequest, pushBranch } from "./push-branch.ts";
import { discard } from "./remove-mirror.ts";
import { isTooLarge, sizeOf } from "./run-guarded.ts";
import { type ReaderMemory, type SharedReader, shareReader } from "./share-reader.ts";
import { createTreeCache } from "./tree-cache.ts";
import { type NewCommit, writeCommit } from "./write-commit.ts";

export interface Mirrors {
  /** Makes the mirror if it is missing, brings it up to date, and hands it out; release it when done. */
  fetch(request: FetchRequest & { readonly id: RepositoryId }): Promise<Mirror>;
  /** The mirror as it is, without asking the remote; undefined if there is none (it may have been evicted). */
  existing(id: RepositoryId): Mirror | undefined;
  /** Writes a commit into the mirror, for a push; undefined if it would change nothing. The mirror must be there, and in use. */
  commit(id: RepositoryId, commit: NewCommit): Promise<ObjectId | undefined>;
  /** Pushes a commit of the mirror as a branch of a fix, or deletes that branch. */
  push(request: PushRequest & { readonly id: RepositoryId }): Promise<Pushed>;
  remove(id: RepositoryId): Promise<void>;
  /** Something in it could not be read: the next fetch makes it anew. */
  distrust(id: RepositoryId): void;
  /** Ends reading processes; fetches under way are to be ended through their signal. */
  close(): void;
}

export interface MirrorsOptions {
  readonly folder: string;
  /** Bytes that all mirrors together may take; those in use stay, so it can be exceeded for a while. */
  readonly budgetBytes: number;
  readonly limits?: Partial<GitLimits>;
  readonly log: Logger;
  readonly now: () => Date;
  /** Variables of the surrounding process: search path, proxies and certificates are passed on to git, nothing else. */
  readonly surrounding?: Readonly<Record<string, string | undefined>>;
}

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function openMirrors(options: MirrorsOptions): Mirrors {
  const { log, surrounding } = options;
  const folder = resolve(options.folder);
  const limits: GitLimits = { ...defaultGitLimits, ...options.limits };
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const readers = new Map<RepositoryId, SharedReader>();
  const memory: ReaderMemory = { trees: createTreeCache(), commits: new Map() };
  const turns = new Map<RepositoryId, Promise<unknown>>();
  const budget = createMirrorBudget({ folder, budgetBytes: options.budgetBytes, log });
  const gitDirOf = (id: RepositoryId) => join(folder, `${checkId(id)}.git`);

  function distrust(id: RepositoryId): void {
    const gitDir = gitDirOf(id);
    if (existsSync(gitDir)) writeFileSync(join(gitDir, damagedMark), "");
  }

  function open(id: RepositoryId): Mirror {
    const gitDir = gitDirOf(id);
    const now = options.now();
    writeFileSync(join(gitDir, usedMark), "");
    utimesSync(join(gitDir, usedMark), now, now);
    let reader = readers.get(id);
    if (!reader) {
      markUse(gitDir);
      const environment = gitEnvironment({ surrounding, home, gitDir });
      const made = shareReader({ gitDir, environment, limits, log }, memory, {
        onLastRelease: () => {
          if (readers.get(id) !== made) return;
          readers.delete(id);
          unmarkUse(gitDir);
        },
        onDamage: () => distrust(id),
      });
      reader = made;
      readers.set(id, reader);
    }
    return reader.open();
  }

  /** One after another for one repository. */
  async function inTurn<T>(id: RepositoryId, work: () => Promise<T>): Promise<T> {
    const before = turns.get(id) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    turns.set(id, settled);
    try {
      return await turn;
    } finally {
      if (turns.get(id) === settled) turns.delete(id);
    }
  }

  async function locked<T>(
    id: RepositoryId,
    signal: AbortSignal | undefined,
    work: (lock: Awaited<ReturnType<typeof lockMirror>>) => Promise<T>,
  ): Promise<T> {
    const lock = await lockMirror(join(folder, `${checkId(id)}.lock`), { patience: limits.fetchMilliseconds, signal });
    try {
      return await work(lock);
    } finally {
      await lock.release();
    }
  }

  return {
    async fetch(request) {
      const { id, signal } = request;
      const gitDir = gitDirOf(id);
      return await inTurn(id, async () => {
        const mirror = await locked(id, signal, async (lock) => {
          try {
            await fetchMirror({ gitDir, home, surrounding, limits, log }, lock, request);
          } catch (error) {
            // What does not fit is not kept either.
            if (isTooLarge(error)) await discard(gitDir);
            throw error;
          }
          // Opened under the lock: from here on it counts as used and cannot be evicted.
          return open(id);
        });
        budget.record(id, await sizeOf(gitDir));
        await budget.keep();
        return mirror;
      });
    },
    existing(id) {
      return existsSync(join(gitDirOf(id), "HEAD")) ? open(id) : undefined;
    },
    async commit(id, commit) {
      const gitDir = gitDirOf(id);
      const repository = { gitDir, environment: gitEnvironment({ surrounding, home, gitDir }), limits, log };
      return inTurn(id, () => locked(id, undefined, () => writeCommit(repository, commit)));
    },
    async push(request) {
      const { id, signal } = request;
      const setting = { gitDir: gitDirOf(id), home, surrounding, limits, log };
      return inTurn(id, () => locked(id, signal, (lock) => pushBranch(setting, lock, request)));
    },
    async remove(id) {
      await inTurn(id, async () => {
        readers.get(id)?.close();
        readers.delete(id);
        await locked(id, undefined, async () => discard(gitDirOf(id)));
        budget.forget(id);
      });
    },
    distrust,
    close() {
      for (const [id, reader] of readers) {
        reader.close();
        unmarkUse(gitDirOf(id));
      }
      readers.clear();
    },
  };
}

/** Ids become folder names. */
function checkId(id: RepositoryId): string {
  if (!/^[0-9a-z][0-9a-z-]{0,63}$/.test(id)) throw new RemoteError("refused", "This is no repository id.");
  return id;
}
