/**
 * Looks as if there were no hooks: compares every chosen repository's head and active pull requests with what was scanned,
 * and asks for the scans that are missing. This is what makes a lost delivery harmless.
 */
import { listPullRequests as listRemotePullRequests } from "#azure-devops/pull-requests.ts";
import { getBranchHead } from "#azure-devops/refs.ts";
import type { ProjectId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { PullRequest } from "#model/pull-request.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import { listActivePullRequests, type PullRequestRow } from "#store/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback, askForPullRequestScan, askForRepositoryScan } from "../ask.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { scannersVersion } from "../scan-repository/scanners-version.ts";
import { isScannable } from "./list-organization.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";

const callsAtOnce = 6;
/** More of one kind say nothing more to whoever reads them. */
const mostReasons = 20;

export async function catchUp(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
): Promise<readonly StateReason[]> {
  const because: Because = context.organization.syncedAt ? { is: "schedule" } : { is: "connected" };
  const scannable = repositories.filter(isScannable);
  const headReasons = await inLanes(scannable, callsAtOnce, (repository) =>
    readable(app, context, `The repository ${repository.name}`, () => catchUpHead(app, context, repository, because)),
  );
  const projects = [...Map.groupBy(scannable, ({ projectId }) => projectId)];
  const pullRequestReasons = await inLanes(projects, callsAtOnce, ([projectId, ofProject]) =>
    readable(app, context, `The pull requests of project ${projectId}`, () =>
      catchUpPullRequests(app, context, { projectId, repositories: ofProject, because }),
    ),
  );
  return [...headReasons, ...pullRequestReasons].flatMap((reason) => reason ?? []).slice(0, mostReasons);
}

/** One repository may be hidden, locked or just deleted; that must not hide the changes of the others. */
async function readable(
  app: App,
  context: SyncContext,
  what: string,
  look: () => Promise<void>,
): Promise<StateReason | undefined> {
  context.signal.throwIfAborted();
  const answer = await remoteAnswer(look);
  if (answer.is === "answer") return undefined;
  if (answer.error.code !== "not-found" && answer.error.code !== "forbidden") throw answer.error;
  return syncReason(app, context, {
    code: "repository-unreadable",
    level: "warning",
    cause: `${what} cannot be read. Azure DevOps says: ${answer.error.message}`,
    affects: "New commits there are not scanned.",
    remedy: "Give the account that is connected the right to read it, or leave it out of the choice of repositories.",
    action: "edit-choice",
  });
}

async function catchUpHead(app: App, { client }: SyncContext, repository: Repository, because: Because): Promise<void> {
  const head = await getBranchHead(client, repository.id, repository.defaultBranch ?? "");
  if (head && !isScanned(repository, head)) await askForRepositoryScan(app, app.db, repository, because);
}

async function catchUpPullRequests(
  app: App,
  { client, instance }: SyncContext,
  about: { readonly projectId: ProjectId; readonly repositories: readonly Repository[]; readonly because: Because },
): Promise<void> {
  const { projectId, repositories, because } = about;
  const listed = await listRemotePullRequests(client, projectId, { status: "active" });
  const ids = new Set(repositories.map(({ id }) => id));
  const active = listed.filter(({ repositoryId }) => ids.has(repositoryId));
  const known = await listActivePullRequests(app.db, [...ids]);
  const rows = new Map(known.map((row) => [nameOf(row), row]));
  await inTransaction(app.db, async (tx) => {
    for (const pullRequest of active) {
      const row = rows.get(nameOf(pullRequest));
      rows.delete(nameOf(pullRequest));
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
