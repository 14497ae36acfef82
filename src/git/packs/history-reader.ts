/** What the history scan asks of a repository: its objects as they lie on disk, which commits brought them, and who made those. */
import type { RepositoryOnDisk } from "../mirror.ts";
import { pathText } from "../path-text.ts";
import { records, startGit } from "../run-git.ts";
import { askDiskFacts, type DiskFacts } from "./disk-facts.ts";
import { type IsKnown, type ObjectStores, openObjectStores } from "./object-stores.ts";
import { type ChangesAsked, type CommitChanges, readChanges } from "./read-changes.ts";

export interface HistoryReader {
  openObjectStores(isKnown: IsKnown): Promise<ObjectStores>;
  /** All that commits brought, the newest first. */
  readChanges(asked: ChangesAsked): Promise<CommitChanges>;
  describeCommits(ids: readonly string[]): Promise<ReadonlyMap<string, CommitFacts>>;
  /** Those of the objects that are here. */
  present(ids: readonly string[]): Promise<ReadonlySet<string>>;
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
    readChanges: (asked) => readChanges(repository, asked),
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
    async present(ids) {
      const found = new Set<string>();
      if (ids.length === 0) return found;
      const args = ["cat-file", "--batch-check=%(objectname)", "--buffer"];
      const git = startGit({ args, environment, log, timeLimit: limits.readMilliseconds });
      git.stdin.end(ids.map((id) => `${id}\n`).join(""));
      // Of what is not here it says `<id> missing`.
      for await (const record of records(git, 10, limits.outputBytes)) found.add(record.toString("latin1"));
      return found;
    },
    isShallow: async () => (await facts()).isShallow,
  };
}
