/** Tells the people in a pull request what its scan found: threads first, then the status, so that a status never points at nothing. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { listIterations } from "#azure-devops/pull-requests.ts";
import { getInstance } from "#store/instances.ts";
import { listPullRequestFindings } from "#store/pull-request-findings.ts";
import { getPullRequest, type PullRequestRow } from "#store/pull-requests.ts";
import { getRepository } from "#store/repositories.ts";
import type { App } from "../app.ts";
import { askForPullRequestScan } from "../ask.ts";
import { openOrganization } from "../open-organization.ts";
import type { JobData } from "../queues.ts";
import { postFailure } from "./post-failure.ts";
import { postResult } from "./post-result.ts";
import { reconcileThreads } from "./reconcile-threads.ts";

export async function giveFeedback(app: App, job: JobData["give-feedback"]): Promise<void> {
  const row = await getPullRequest(app.db, job.repository, job.number);
  const repository = await getRepository(app.db, job.repository);
  const iteration = row?.failedIteration ?? row?.scannedIteration;
  if (!row || !repository || row.state !== "active" || iteration === undefined) return;
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  if (await isOutdated(client, row, iteration)) {
    // A newer push has its own event; should that be lost, this job brings the scan.
    await askForPullRequestScan(app, app.db, row, { is: "schedule" });
    return;
  }
  if (row.failedIteration !== undefined) {
    await postFailure(app, { client, pullRequest: row, iteration });
    return;
  }
  const scanned = { ...row, scannedIteration: iteration };
  const findings = await listPullRequestFindings(app.db, job.repository, job.number);
  const features = (await getInstance(app.db, row.instanceId))?.features;
  if (features?.comment) await reconcileThreads(app, { client, pullRequest: scanned, findings });
  await postResult(app, { client, pullRequest: scanned, findings });
}

async function isOutdated(client: OrganizationClient, row: PullRequestRow, iteration: number): Promise<boolean> {
  const iterations = await listIterations(client, row.repositoryId, row.number);
  return iterations.some(({ id }) => id > iteration);
}
