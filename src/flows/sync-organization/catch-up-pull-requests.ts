/** Compares the active pull requests of each project, one paged call, with what was scanned and posted. */
import { listPullRequests as listRemotePullRequests } from "#azure-devops/pull-requests.ts";
import type { ProjectId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { PullRequest } from "#model/pull-request.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import { listActivePullRequests, type PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { askForFeedback, askForPullRequestScan } from "../jobs/ask.ts";
import { ifReadable } from "./if-readable.ts";
import type { SyncContext } from "./sync-context.ts";

const callsAtOnce = 6;

interface Look {
  readonly because: Because;
  /** Whether scans that failed and answers that are owed are asked for again. */
  readonly isTriedAgain: boolean;
}

/** Of the projects of these repositories, and only theirs. */
export async function catchUpPullRequests(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
  look: Look,
): Promise<readonly StateReason[]> {
  const projects = [...Map.groupBy(repositories, ({ projectId }) => projectId)];
  const reasons = await inLanes(projects, callsAtOnce, ([projectId, ofProject]) =>
    ifReadable(app, context, `The list of pull requests of project ${projectId}`, () =>
      catchUpProject(app, context, { ...look, projectId, repositories: ofProject }),
    ),
  );
  return reasons.flatMap((reason) => reason ?? []);
}

async function catchUpProject(
  app: App,
  { client, instance }: SyncContext,
  about: Look & { readonly projectId: ProjectId; readonly repositories: readonly Repository[] },
): Promise<void> {
  const { projectId, repositories, because, isTriedAgain } = about;
  const listed = await listRemotePullRequests(client, projectId, { status: "active" });
  const ids = new Set(repositories.map(({ id }) => id));
  const active = listed.filter(({ repositoryId }) => ids.has(repositoryId));
  const known = await listActivePullRequests(app.db, [...ids]);
  const rows = new Map(known.map((row) => [nameOf(row), row]));
  await inTransaction(app.db, async (tx) => {
    for (const pullRequest of active) {
      const row = rows.get(nameOf(pullRequest));
      rows.delete(nameOf(pullRequest));
      if (!isTriedAgain && row && (isLookedAt(pullRequest, row) || isFailed(pullRequest, row))) continue;
      if (!isLookedAt(pullRequest, row)) {
        await askForPullRequestScan(app, tx, { ...pullRequest, instanceId: instance.id }, because);
      } else if (row && isFeedbackOwed(row)) await askForFeedback(app, tx, row);
    }
    // Thought active, but not listed: reading each tells whether it was completed or abandoned.
    for (const row of rows.values()) await askForPullRequestScan(app, tx, row, because);
  });
}

function nameOf({ repositoryId, number }: Pick<PullRequestRow, "repositoryId" | "number">): string {
  return `${repositoryId}/${number}`;
}

function isLookedAt(pullRequest: PullRequest, row: PullRequestRow | undefined): boolean {
  if (!row) return false;
  // Without its source branch there is nothing newer to look at.
  if (pullRequest.sourceCommit === undefined) return true;
  return row.scannedCommit === pullRequest.sourceCommit && row.targetRef === pullRequest.targetRef;
}

/** What is there now was looked at, and could not be scanned. */
function isFailed(pullRequest: PullRequest, row: PullRequestRow): boolean {
  return row.failedIteration !== undefined && row.sourceCommit === pullRequest.sourceCommit;
}

function isFeedbackOwed(row: PullRequestRow): boolean {
  return row.postedIteration !== row.scannedIteration || row.postedState === "pending";
}
