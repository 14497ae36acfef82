/**
 * Looks as if there were no hooks: compares every chosen repository's head and active pull requests with what was scanned,
 * and asks for the scans that are missing. This is what makes a lost delivery harmless.
 */
import { listPullRequests as listRemotePullRequests } from "#azure-devops/pull-requests.ts";
import { getBranchHead } from "#azure-devops/refs.ts";
import type { StateReason } from "#model/instance.ts";
import type { PullRequest } from "#model/pull-request.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import { listPullRequests, type PullRequestRow } from "#store/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback, askForPullRequestScan, askForRepositoryScan } from "../ask.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { scannersVersion } from "../scan-repository/scanners-version.ts";
import { isScannable } from "./list-organization.ts";
import type { SyncContext } from "./sync-context.ts";

const repositoriesAtOnce = 6;

export async function catchUp(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
): Promise<readonly StateReason[]> {
  const because: Because = context.organization.syncedAt ? { is: "schedule" } : { is: "connected" };
  const reasons = await inLanes(repositories.filter(isScannable), repositoriesAtOnce, async (repository) => {
    context.signal.throwIfAborted();
    const answer = await remoteAnswer(() => catchUpRepository(app, context, repository, because));
    if (answer.is === "answer") return undefined;
    // One repository may be hidden, locked or just deleted; that must not hide the changes of the others.
    if (answer.error.code !== "not-found" && answer.error.code !== "forbidden") throw answer.error;
    const message = `${context.organization.name}: the repository ${repository.name} cannot be read. Azure DevOps says: ${answer.error.message}`;
    return { code: "repository-unreadable", message };
  });
  return reasons.flatMap((reason) => reason ?? []).slice(0, 20);
}

async function catchUpRepository(
  app: App,
  context: SyncContext,
  repository: Repository,
  because: Because,
): Promise<void> {
  const { client } = context;
  const { id, defaultBranch = "" } = repository;
  const [head, active] = await Promise.all([
    getBranchHead(client, id, defaultBranch),
    listRemotePullRequests(client, id, { status: "active" }),
  ]);
  const known = await listPullRequests(
    app.db,
    { is: "everything" },
    { repositoryId: id, state: "active", offset: 0, limit: 10_000 },
  );
  const rows = new Map(known.rows.map((row) => [row.number, row]));
  await inTransaction(app.db, async (tx) => {
    if (head && !isScanned(repository, head)) await askForRepositoryScan(app, tx, repository, because);
    for (const pullRequest of active) {
      const row = rows.get(pullRequest.number);
      rows.delete(pullRequest.number);
      if (!isLookedAt(pullRequest, row)) {
        await askForPullRequestScan(app, tx, { ...pullRequest, instanceId: repository.instanceId }, because);
      } else if (row && isFeedbackOwed(row)) await askForFeedback(app, tx, row);
    }
    // Thought active, but not listed: reading each tells whether it was completed or abandoned.
    for (const row of rows.values()) await askForPullRequestScan(app, tx, row, because);
  });
}

function isScanned(repository: Repository, head: string): boolean {
  const { scannedCommit, scannedRef, defaultBranch } = repository;
  return scannedCommit === head && scannedRef === defaultBranch && repository.scannersVersion === scannersVersion();
}

function isLookedAt(pullRequest: PullRequest, row: PullRequestRow | undefined): boolean {
  if (!row) return false;
  // Without its source branch there is nothing newer to look at.
  if (pullRequest.sourceCommit === undefined) return true;
  return row.scannedCommit === pullRequest.sourceCommit && row.targetRef === pullRequest.targetRef;
}

function isFeedbackOwed(row: PullRequestRow): boolean {
  return row.postedIteration !== row.scannedIteration || row.postedState === "pending";
}
