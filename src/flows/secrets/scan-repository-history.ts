/**
 * Looks for secrets in all that a repository's branches ever held. What was read once is not read again: ids of objects
 * are kept beside the mirror. A history that could not be read to its end adds what it found and closes nothing.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Mirror } from "#git/mirror.ts";
import type { Repository } from "#model/repository.ts";
import type { NotScanned } from "#model/scan.ts";
import type { Db } from "#store/database.ts";
import { applyHistoryFindings } from "#store/issues/apply-history-findings.ts";
import { notifyLive } from "#store/live.ts";
import { forgetHistoryScans, recordHistoryScan } from "#store/scans/history-scans.ts";
import { setHistoryVersion, unfinished } from "#store/scans/read-histories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { askForLiveChecksOf } from "../live-checks/ask-for-live-checks.ts";
import { judgeExpiredOf } from "../live-checks/judge-expired.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { findScannableRepository, type ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import type { HistoryScan } from "../scan-history/history-scan.ts";
import { scanHistory } from "../scan-history/scan-history.ts";
import { listed } from "../scan-repository/end-of-scan.ts";
import { type RepositorySettings, readScanSettings } from "../scan-settings/read-scan-settings.ts";
import { underSettings } from "../scan-settings/under-settings.ts";
import { countBinary } from "../scan-tree/count-binary.ts";
import { scoreBranch } from "../urgency/score-issues.ts";
import { historyVersion, secretsVersion, wasReadBy } from "./history-version.ts";

const keptName = "sallyport-history";
/** A smaller repository is read sooner than a thread starts. */
const sizeForThreads = 1_000_000;
const mostThreads = 4;

export async function scanRepositoryHistory(
  app: App,
  job: JobData["scan-history"],
  signal: AbortSignal,
): Promise<void> {
  const repository = await findScannableRepository(app, job.repository);
  if (!repository) return;
  const mirror = await mirrorOf(app, repository, { signal, pushed: job.pushed === true });
  try {
    const { defaultBranch } = repository;
    const head = await mirror.resolve(defaultBranch);
    if (head === undefined) return;
    const settings = await readScanSettings(mirror, head);
    const { secrets } = settings;
    const scannerVersion = secretsVersion(secrets);
    const version = await historyVersion(mirror, settings, app.now());
    if (repository.historyVersion === version) {
      // A look that failed meanwhile has nothing to tell any more.
      await forgetHistoryScans(app.db, repository.id);
      return;
    }
    const started = app.now();
    const scan = await scanHistory({
      repository: { ...mirror, resolve: (revision) => mirror.resolve(revision === "HEAD" ? defaultBranch : revision) },
      pool: app.scanPool,
      threads: threadsFor(repository),
      // Rules of the repository's own ask for every object anew: once for each change of them.
      secrets: secrets && wasReadBy(repository, scannerVersion) ? { ...secrets, ruleFiles: [] } : secrets,
      keptIn: join(mirror.gitDir, keptName),
      remembersGone: true,
      signal,
    });
    signal.throwIfAborted();
    const notScanned = await notScannedIn(app, mirror, head, scan);
    await record(app, repository, scan, { settings, scannerVersion, version, commit: head, started, notScanned });
  } finally {
    mirror.release();
  }
}

/** The scan that asked for this has just fetched it; on another machine, or after an eviction, it is fetched anew. */
async function mirrorOf(
  app: App,
  repository: ScannableRepository,
  { signal, pushed }: { readonly signal: AbortSignal; readonly pushed: boolean },
): Promise<Mirror> {
  const { id, defaultBranch, scannedRef, scannedCommit, historyVersion: read } = repository;
  // It may hold now what it lacked.
  if (pushed || read?.endsWith(unfinished)) return fetchMirror(app, repository, { signal });
  const existing = app.mirrors.existing(id);
  const isRecent = existing && scannedCommit !== undefined && (await holds(existing, defaultBranch, scannedCommit));
  if (isRecent && scannedRef === defaultBranch) return existing;
  existing?.release();
  return fetchMirror(app, repository, { signal });
}

/** Mostly it is the branch's head, which takes no git to see. */
async function holds(mirror: Mirror, branch: string, commit: string): Promise<boolean> {
  return (await mirror.resolve(branch)) === commit || (await mirror.resolve(commit)) !== undefined;
}

function threadsFor({ size }: Repository): number {
  return size < sizeForThreads ? 0 : Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
}

/** Kinds are told of the files of the default branch; what is too large, of every version. */
async function notScannedIn(
  app: Pick<App, "scanPool">,
  mirror: Pick<Mirror, "listTree">,
  head: string,
  { problems, tooLarge }: HistoryScan,
): Promise<NotScanned | undefined> {
  // One that was read to its end has no record to say it in.
  if (problems.every(({ isNotice }) => isNotice)) return undefined;
  const paths = (await mirror.listTree(head)).flatMap((entry) => (isSymbolicLink(entry) ? [] : [entry.path]));
  const trees = await app.scanPool.treeScanners({ paths });
  return { binary: countBinary(paths, trees), tooLarge: tooLarge.length };
}

interface ReadWith {
  readonly scannerVersion: string;
  readonly version: string;
  readonly settings: RepositorySettings;
  /** Head of the default branch. */
  readonly commit: string;
  readonly started: Date;
  readonly notScanned: NotScanned | undefined;
}

async function record(
  app: App,
  repository: ScannableRepository,
  { findings, silenced: marked, problems, stats }: HistoryScan,
  read: ReadWith,
): Promise<void> {
  const { id: repositoryId, instanceId, defaultBranch: branch } = repository;
  const { scannerVersion } = read;
  const failures = problems.filter(({ isNotice }) => !isNotice);
  const isWhole = failures.length === 0;
  // What is wrong with the settings, the scan of the branch tells.
  const settings = { ...read.settings, problems: [] };
  const all = { findings: findings.map(({ finding }) => finding), silenced: marked, problems };
  const { findings: found, silenced } = underSettings(all, settings, app.now());
  const given = { instanceId, repositoryId, branch, at: app.now(), silenced, scannerVersion };
  const changed = await inTransaction(app.db, async (tx) => {
    const count = await applyHistoryFindings(tx, { ...given, findings: found, isWhole });
    await scoreBranch(tx, given, { at: given.at, changed: { is: "nothing" } });
    await setHistoryVersion(tx, repositoryId, isWhole ? read.version : `${read.version}${unfinished}`);
    await tellProblems(tx, { id: repositoryId, instanceId }, { ...read, at: given.at, problems, stats });
    await judgeExpiredOf(app, tx, { instanceId, findings: found });
    if (findings.length > 0) await askForLiveChecksOf(app, tx, instanceId);
    // Which branches hold a secret changes, also where no issue does.
    if (count > 0 || found.length > 0) await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
    return count;
  });
  // Once: where a new mirror lacks the same, the remote does.
  const isNews = !repository.historyVersion?.endsWith(unfinished);
  if (isNews && failures.some(({ scanner }) => scanner === "git")) app.mirrors.distrust(repositoryId);
  const facts = { repositoryId, ...stats, found: findings.length, changed, failures: failures.slice(0, 20) };
  app.log[isWhole ? "info" : "warn"](facts, "history read");
}

/** What could not be read stands among the scans until a later look reads everything. */
async function tellProblems(
  tx: Db,
  { id: repositoryId, instanceId }: Pick<Repository, "id" | "instanceId">,
  read: Pick<ReadWith, "commit" | "started" | "notScanned"> &
    Pick<HistoryScan, "problems" | "stats"> & { readonly at: Date },
): Promise<void> {
  const { commit, started, problems, stats, notScanned, at } = read;
  const changed = [...(await forgetHistoryScans(tx, repositoryId))];
  if (problems.some(({ isNotice }) => !isNotice)) {
    const scan = { instanceId, repositoryId, commit, started, because: { is: "schedule" } } as const;
    const { objects: files, bytes, known: hits } = stats;
    const milliseconds = at.getTime() - started.getTime();
    const counted = notScanned === undefined ? {} : { notScanned };
    const amounts = { files, ...counted, bytes, milliseconds, cache: { hits, misses: files } };
    const result = { outcome: "partial", stats: amounts, problems: listed(problems), at } as const;
    changed.push(await recordHistoryScan(tx, scan, result));
  }
  for (const scanId of changed) await notifyLive(tx, { is: "scan-changed", scanId, instanceId, repositoryId });
}
