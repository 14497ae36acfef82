/**
 * Looks for secrets in all that a repository's branches ever held. What was read once is not read again: ids of objects
 * are kept beside the mirror. A history that could not be read to its end adds what it found and closes nothing.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Mirror } from "#git/mirror.ts";
import type { Repository } from "#model/repository.ts";
import { applyHistoryFindings } from "#store/apply-history-findings.ts";
import { notifyLive } from "#store/live.ts";
import { setHistoryVersion } from "#store/read-histories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { fetchMirror } from "../fetch-mirror.ts";
import { findScannableRepository, type ScannableRepository } from "../find-scannable-repository.ts";
import { askForLiveChecksOf } from "../live-checks/ask-for-live-checks.ts";
import type { JobData } from "../queues.ts";
import { readSecretRules } from "../read-secret-rules.ts";
import type { HistoryScan } from "../scan-history/history-scan.ts";
import { scanHistory } from "../scan-history/scan-history.ts";
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
  const mirror = await mirrorOf(app, repository, signal);
  try {
    const { defaultBranch } = repository;
    const head = await mirror.resolve(defaultBranch);
    if (head === undefined) return;
    const secrets = await readSecretRules(mirror, head);
    const scannerVersion = secretsVersion(secrets);
    const version = await historyVersion(mirror, secrets);
    if (repository.historyVersion === version) return;
    const scan = await scanHistory({
      repository: { ...mirror, resolve: (revision) => mirror.resolve(revision === "HEAD" ? defaultBranch : revision) },
      pool: app.scanPool,
      threads: threadsFor(repository),
      // Rules of the repository's own ask for every object anew: once for each change of them.
      secrets: wasReadBy(repository, scannerVersion) ? undefined : secrets,
      keptIn: join(mirror.gitDir, keptName),
      signal,
    });
    signal.throwIfAborted();
    await record(app, repository, scan, { scannerVersion, version });
  } finally {
    mirror.release();
  }
}

/** The scan that asked for this has just fetched it; on another machine, or after an eviction, it is fetched anew. */
async function mirrorOf(app: App, repository: ScannableRepository, signal: AbortSignal): Promise<Mirror> {
  const { id, defaultBranch, scannedRef, scannedCommit } = repository;
  const existing = app.mirrors.existing(id);
  const isRecent = existing && scannedCommit !== undefined && (await existing.resolve(scannedCommit)) !== undefined;
  if (isRecent && scannedRef === defaultBranch) return existing;
  existing?.release();
  return fetchMirror(app, repository, { signal });
}

function threadsFor({ size }: Repository): number {
  return size < sizeForThreads ? 0 : Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
}

async function record(
  app: App,
  { id: repositoryId, instanceId, defaultBranch: branch }: ScannableRepository,
  { findings, silenced, problems, stats }: HistoryScan,
  { scannerVersion, version }: { readonly scannerVersion: string; readonly version: string },
): Promise<void> {
  const failures = problems.filter(({ isNotice }) => !isNotice);
  const given = { instanceId, repositoryId, branch, at: app.now(), silenced, scannerVersion };
  const changed = await inTransaction(app.db, async (tx) => {
    const found = findings.map(({ finding }) => finding);
    const count = await applyHistoryFindings(tx, { ...given, findings: found, isWhole: failures.length === 0 });
    await scoreBranch(tx, given, { at: given.at, changed: { is: "nothing" } });
    await setHistoryVersion(tx, repositoryId, version);
    if (findings.length > 0) await askForLiveChecksOf(app, tx, instanceId);
    if (count > 0) await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
    return count;
  });
  const facts = { repositoryId, ...stats, found: findings.length, changed, failures: failures.slice(0, 20) };
  app.log[failures.length === 0 ? "info" : "warn"](facts, "history read");
}
