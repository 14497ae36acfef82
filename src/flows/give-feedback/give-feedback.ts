/**
 * Tells the people in a pull request what the policies make of what its scan found: threads first, then the statuses, so
 * that a status never points at nothing.
 */
import { listIterations } from "#azure-devops/pull-requests.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { askForPullRequestScan } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { decideForPullRequest } from "../policies/decide-for-pull-request.ts";
import { isLetThrough } from "../policies/judge-unfinished.ts";
import { postPolicyPreview } from "../policies/preview-policies.ts";
import { postFailure } from "./post-failure.ts";
import { postResult } from "./post-result.ts";
import { readUnread } from "./read-unread.ts";
import { reconcileThreads } from "./reconcile-threads.ts";

export async function giveFeedback(app: App, job: JobData["give-feedback"]): Promise<void> {
  const row = await getPullRequest(app.db, job.repository, job.number);
  const repository = await getRepository(app.db, job.repository);
  const iteration = row?.failedIteration ?? row?.scannedIteration;
  if (!row || !repository || row.state !== "active" || iteration === undefined) return;
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const iterations = await listIterations(client, row.repositoryId, row.number);
  if (iterations.some(({ id }) => id > iteration)) {
    // A newer push has its own event; should that be lost, this job brings the scan.
    await askForPullRequestScan(app, app.db, row, { is: "schedule" });
    return;
  }
  if (row.failedIteration !== undefined) {
    if (!isLetThrough(row, iteration)) await postFailure(app, { client, pullRequest: row, iteration });
    return;
  }
  const scanned = { ...row, scannedIteration: iteration };
  const findings = await listPullRequestFindings(app.db, job.repository, job.number);
  const base = iterations.find(({ id }) => id === iteration)?.commonCommit;
  const decided = await decideForPullRequest(app, { pullRequest: scanned, findings, base });
  if (!decided) return;
  const features = (await getInstance(app.db, row.instanceId))?.features;
  const { scanId, scanOutcome } = row;
  const unread = scanOutcome === "partial" && scanId ? ((await readUnread(app, scanId)) ?? []) : [];
  const about = { client, pullRequest: scanned, findings, unread };
  if (features?.comment) {
    const { verdict, policies } = decided;
    await reconcileThreads(app, { ...about, verdict, policies });
  }
  await postResult(app, { ...about, decided });
  await postPolicyPreview(app, { client, pullRequest: scanned, base });
}
