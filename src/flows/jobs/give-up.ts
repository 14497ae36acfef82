/**
 * What it means that a job failed for good: it is written where people look, in the transaction that ends the job. The
 * next sync asks for missing scans again.
 */
import { isLiveFix } from "#model/fix.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { ScanTarget } from "#model/scan.ts";
import type { Db } from "#store/database.ts";
import { changeFix, getFix } from "#store/fixes/fixes.ts";
import { setBuildScan } from "#store/hooks/builds.ts";
import { finishHookEvent } from "#store/hooks/hook-events.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { forgetHead } from "#store/instances/repository-heads.ts";
import { notifyLive } from "#store/live.ts";
import { getPullRequest, type PullRequestRow, setPullRequestFailure } from "#store/pull-requests/pull-requests.ts";
import { recordFailedScan } from "#store/scans/scans.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "./ask.ts";
import type { JobData, QueueName } from "./queues.ts";
import { reasonOf } from "./reason-of.ts";

type Failed<Name extends QueueName> = (app: App, tx: Db, job: JobData[Name], error: unknown) => Promise<void>;

/** The others leave their own traces: reasons of the instance, or a job among the dead letters. */
const whatFollows: { readonly [Name in QueueName]?: Failed<Name> } = {
  "handle-event": failEvent,
  "scan-repository": failRepositoryScan,
  "scan-pull-request": failPullRequestScan,
  "scan-commit": failCommitScan,
  "scan-history": failHistoryScan,
  "make-fix": failFix,
};

export async function giveUp<Name extends QueueName>(
  app: App,
  tx: Db,
  failed: { readonly queue: Name; readonly job: JobData[Name]; readonly error: unknown },
): Promise<void> {
  await whatFollows[failed.queue]?.(app, tx, failed.job, failed.error);
}

async function failEvent(_app: App, tx: Db, job: JobData["handle-event"], error: unknown): Promise<void> {
  await finishHookEvent(tx, job.event, "failed", reasonOf(error));
}

async function failRepositoryScan(app: App, tx: Db, job: JobData["scan-repository"], error: unknown): Promise<void> {
  // Somebody said that there is something new, and nobody could look.
  await forgetHead(tx, job.repository);
  const { defaultBranch: ref } = (await getRepository(tx, job.repository)) ?? {};
  if (ref !== undefined) await recordFailure(app, tx, job, { is: "branch", ref }, error);
}

async function failPullRequestScan(app: App, tx: Db, job: JobData["scan-pull-request"], error: unknown): Promise<void> {
  const row = await getPullRequest(tx, job.repository, job.number);
  // Where it could never be read, there is nothing to show a failure on.
  if (row?.state !== "active" || row.iteration === undefined) return;
  const target = { is: "pull-request", number: row.number, iteration: row.iteration } as const;
  await recordFailure(app, tx, job, target, error);
  if (isLocked(error)) return;
  await failIteration(app, tx, { ...row, iteration: row.iteration }, error);
}

async function failCommitScan(app: App, tx: Db, job: JobData["scan-commit"], error: unknown): Promise<void> {
  const { repository: repositoryId, commit, build, because } = job;
  const repository = await getRepository(tx, repositoryId);
  // Without a credential that works it is asked for again, and that is told elsewhere.
  if (!repository || isLocked(error)) return;
  const { instanceId } = repository;
  const scan = {
    instanceId,
    repositoryId,
    target: { is: "commit", build },
    because,
    commit,
    started: app.now(),
  } as const;
  const scanId = await recordFailedScan(tx, scan, reasonOf(error));
  await setBuildScan(tx, { repositoryId, commit }, scanId);
  await notifyLive(tx, { is: "scan-changed", scanId, instanceId, repositoryId });
}

/** It is asked for again when a branch moves, and once a day. */
async function failHistoryScan(app: App, tx: Db, job: JobData["scan-history"], error: unknown): Promise<void> {
  // Without a credential that works nothing else is read either, and that is told elsewhere.
  if (isLocked(error)) return;
  await recordFailure(app, tx, { ...job, because: { is: "schedule" } }, { is: "history" }, error);
}

async function failFix(app: App, tx: Db, job: JobData["make-fix"], error: unknown): Promise<void> {
  const fix = await getFix(tx, job.fix);
  // What is open stays open; the next look tries again.
  if (!fix || !isLiveFix(fix.state) || isLocked(error)) return;
  const state = fix.pullRequest === undefined ? "failed" : "open";
  await changeFix(tx, fix.id, { state, reason: reasonOf(error) }, app.now());
}

/** Without a credential that works nothing can be told there; a new one brings a new scan. */
function isLocked(error: unknown): boolean {
  return error instanceof RemoteError && (error.code === "signed-out" || error.code === "sign-in-again");
}

async function failIteration(
  app: App,
  tx: Db,
  row: PullRequestRow & { readonly iteration: number },
  error: unknown,
): Promise<void> {
  const { repositoryId, number, instanceId, iteration } = row;
  // What was no answer of the outside world is told in the console, not to everybody in the pull request.
  const reason = error instanceof RemoteError ? error.message : "Something unexpected went wrong in Sallyport.";
  await setPullRequestFailure(tx, repositoryId, number, { iteration, reason });
  await askForFeedback(app, tx, row);
  await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
}

async function recordFailure(
  app: App,
  tx: Db,
  { repository: repositoryId, because }: JobData["scan-repository" | "scan-pull-request"],
  target: ScanTarget,
  error: unknown,
): Promise<void> {
  const repository = await getRepository(tx, repositoryId);
  if (!repository) return;
  const { instanceId, scannedCommit: commit = "unknown" } = repository;
  const scan = { instanceId, repositoryId, target, because, commit, started: app.now() };
  const scanId = await recordFailedScan(tx, scan, reasonOf(error));
  await notifyLive(tx, { is: "scan-changed", scanId, instanceId, repositoryId });
}
