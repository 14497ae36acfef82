/** What the history scan asks of a repository: its objects as they lie on disk, which commits brought them, and who made those. */
import type { RepositoryOnDisk } from "../mirror.ts";
import { gitText } from "../path-text.ts";
import { records, startGit } from "../run-git.ts";
import { type DiskFacts, diskFacts } from "./disk-facts.ts";
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
  /** ISO 8601; empty where what the commit says is no time. */
  readonly at: string;
}

/** Commits never change: each look at a history asks for those that brought its secrets, mostly the same as the one before. */
export type KnownCommits = Map<string, CommitFacts>;
const mostKnown = 10_000;

export function historyReader(repository: RepositoryOnDisk, known: KnownCommits): HistoryReader {
  const { environment, log, limits } = repository;
  let asked: Promise<DiskFacts> | undefined;
  const facts = () => (asked ??= diskFacts(repository));
  return {
    openObjectStores: async (isKnown) => openObjectStores(repository, await facts(), isKnown),
    readChanges: (asked) => readChanges(repository, asked),
    async describeCommits(ids) {
      const asked = await askAboutCommits(
        repository,
        ids.filter((id) => !known.has(id)),
      );
      const described = new Map([...ids.flatMap((id) => namedIn(known, id)), ...asked]);
      for (const [id, one] of asked) known.set(id, one);
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - mostKnown))) known.delete(id);
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

function namedIn(known: KnownCommits, id: string): readonly [string, CommitFacts][] {
  const facts = known.get(id);
  return facts ? [[id, facts]] : [];
}

async function askAboutCommits(
  { environment, log, limits }: RepositoryOnDisk,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CommitFacts>> {
  const described = new Map<string, CommitFacts>();
  if (ids.length === 0) return described;
  const args = ["log", "--no-walk=unsorted", "--ignore-missing", "--stdin", "-z", "--format=%H %at %aI %an"];
  const git = startGit({ args, environment, log, timeLimit: limits.readMilliseconds });
  git.stdin.end(ids.map((id) => `${id}\n`).join(""));
  for await (const record of records(git, 0, limits.outputBytes)) {
    const [id = "", seconds = "", written = "", ...author] = gitText(record).split(" ");
    described.set(id, { at: momentOf(seconds, written), author: author.join(" ") });
  }
  return described;
}

/** The last second of the year 9999. */
const lastSecond = 253_402_300_799;

/**
 * A commit holds whatever somebody wrote there. Of seconds that are none git writes its placeholder instead of a date, of too many
 * the year 1970 or one that no calendar has; a zone it takes as it is.
 */
function momentOf(seconds: string, written: string): string {
  const moment = Number(seconds);
  if (!/^\d+$/.test(seconds) || moment > lastSecond) return "";
  return Date.parse(written) === moment * 1000 ? written : new Date(moment * 1000).toISOString();
}
