/** Tells the people in a pull request what its scan found: threads first, then the status, so that a status never points at nothing. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { listIterations } from "#azure-devops/pull-requests.ts";
import { listPullRequestFindings } from "#store/pull-request-findings.ts";
import { getPullRequest, type PullRequestRow } from "#store/pull-requests.ts";
import { getRepository } from "#store/repositories.ts";
import type { App } from "../app.ts";
import { askForPullRequestScan } from "../ask.ts";
import { openOrganization } from "../open-organization.ts";
import type { JobData } from "../queues.ts";
import { postResult } from "./post-result.ts";
import { reconcileThreads } from "./reconcile-threads.ts";

export async function giveFeedback(app: App, job: JobData["give-feedback"]): Promise<void> {
  const row = await getPullRequest(app.db, job.repository, job.number);
  const repository = await getRepository(app.db, job.repository);
  if (!row || !repository || row.state !== "active" || row.scannedIteration === undefined) return;
  const scanned = { ...row, scannedIteration: row.scannedIteration };
  const client = await openOrganization(app, repository.organizationId);
  if (await isOutdated(client, scanned)) {
    // A newer push has its own event; should that be lost, this job brings the scan.
    await askForPullRequestScan(app, app.db, scanned, { is: "schedule" });
    return;
  }
  const findings = await listPullRequestFindings(app.db, job.repository, job.number);
  await reconcileThreads(app, { client, pullRequest: scanned, findings });
  await postResult(app, { client, pullRequest: scanned, findings });
}

async function isOutdated(
  client: OrganizationClient,
  row: PullRequestRow & { readonly scannedIteration: number },
): Promise<boolean> {
  const iterations = await listIterations(client, row.repositoryId, row.number);
  return iterations.some(({ id }) => id > row.scannedIteration);
}
