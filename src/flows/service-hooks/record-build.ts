/**
 * Records a completed build, has the run judged, and what was built scanned unless that was done. A build of a pull request builds a merge
 * that Azure DevOps made: what is new in it is what the scan of the pull request looks at.
 */
import { isZeroObjectId, type OrganizationId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import type { Db } from "#store/database.ts";
import { type Build, insertBuild, listUnscannedBuilds, setBuildScan } from "#store/hooks/builds.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { findScanOfCommit, findScanOfPullRequest } from "#store/scans/scans.ts";
import type { App } from "../app.ts";
import { askForCommitScan, askForPullRequestScan, askToJudgeRun } from "../jobs/ask.ts";

export async function recordBuild(app: Pick<App, "jobs">, tx: Db, build: Build, because: Because): Promise<void> {
  const isNew = await insertBuild(tx, build);
  if (isNew && build.projectId) {
    const { organizationId: organization, projectId: project, buildId, instanceId } = build;
    await askToJudgeRun(app, tx, { organization, project, build: buildId, instanceId });
  }
  const repository = build.repositoryId && (await getRepository(tx, build.repositoryId));
  const { commit } = build;
  if (!isNew || !repository || !isWatched(repository, build) || !isCommit(commit)) return;
  const built = { repositoryId: repository.id, commit };
  const number = Number(/^refs\/pull\/(\d+)\//.exec(build.branch ?? "")?.[1] ?? 0);
  const scan =
    number > 0
      ? await findScanOfPullRequest(tx, repository.id, number)
      : await findScanOfCommit(tx, repository.id, commit);
  if (scan) await setBuildScan(tx, built, scan);
  else if (number > 0)
    await askForPullRequestScan(app, tx, { ...built, instanceId: build.instanceId, number }, because);
  else {
    const { buildId, instanceId } = build;
    await askForCommitScan(app, tx, { repository: repository.id, commit, build: buildId, because, instanceId });
  }
}

const triedMilliseconds = 7 * 24 * 60 * 60_000;
const mostAtOnce = 100;

/** Asks again for what nobody could look at: the instance was paused, or no credential worked. */
export async function scanUnscannedBuilds(app: Pick<App, "db" | "jobs" | "now">, id: OrganizationId): Promise<void> {
  const since = new Date(app.now().getTime() - triedMilliseconds);
  const because = { is: "schedule" } as const;
  for (const one of await listUnscannedBuilds(app.db, id, { since, limit: mostAtOnce })) {
    const { repositoryId: repository, commit, buildId: build, instanceId } = one;
    const scan = await findScanOfCommit(app.db, repository, commit);
    if (scan) await setBuildScan(app.db, one, scan);
    else await askForCommitScan(app, app.db, { repository, commit, build, because, instanceId });
  }
}

function isWatched({ instanceId, chosen, goneAt, isDisabled }: Repository, build: Build): boolean {
  return instanceId === build.instanceId && chosen && !goneAt && !isDisabled;
}

function isCommit(commit: string | undefined): commit is string {
  return commit !== undefined && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) && !isZeroObjectId(commit);
}
