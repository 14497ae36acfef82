/** What the history scan asks of a repository: its objects as they lie on disk, which commits brought them, and who made those. */
import type { RepositoryOnDisk } from "../mirror.ts";
import { pathText } from "../path-text.ts";
import { records, startGit } from "../run-git.ts";
import { askDiskFacts, type DiskFacts } from "./disk-facts.ts";
import { type IsKnown, type ObjectStores, openObjectStores } from "./object-stores.ts";
import { type CommitChanges, readChanges } from "./read-changes.ts";

export interface HistoryReader {
  openObjectStores(isKnown: IsKnown): Promise<ObjectStores>;
  /** All that commits brought, the newest first; without the commits that `since` reach. */
  readChanges(since: readonly string[], signal?: AbortSignal): Promise<CommitChanges>;
  describeCommits(ids: readonly string[]): Promise<ReadonlyMap<string, CommitFacts>>;
  /** True if older commits were left out when it was cloned. */
  isShallow(): Promise<boolean>;
}

export interface CommitFacts {
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
}

export function historyReader(repository: RepositoryOnDisk): HistoryReader {
  const { environment, log, limits } = repository;
  let asked: Promise<DiskFacts> | undefined;
  const facts = () => (asked ??= askDiskFacts(repository));
  return {
    openObjectStores: async (isKnown) => openObjectStores(repository, await facts(), isKnown),
    readChanges: (since, signal) => readChanges(repository, since, signal),
    async describeCommits(ids) {
      const described = new Map<string, CommitFacts>();
      if (ids.length === 0) return described;
      const args = ["log", "--no-walk=unsorted", "--ignore-missing", "--stdin", "-z", "--format=%H %aI %an"];
      const git = startGit({ args, environment, log, timeLimit: limits.readMilliseconds });
      git.stdin.end(ids.map((id) => `${id}\n`).join(""));
      for await (const record of records(git, 0, limits.outputBytes)) {
        const [id = "", at = "", ...author] = pathText(record).split(" ");
        described.set(id, { at, author: author.join(" ") });
      }
      return described;
    },
    isShallow: async () => (await facts()).isShallow,
  };
}
