/** The verdict on an iteration, as a status that a branch policy can require. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { PullRequestFinding } from "#store/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests.ts";
import type { App } from "../app.ts";
import { postOwnStatus } from "../pull-request-status.ts";

export async function postResult(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly findings: readonly PullRequestFinding[];
  },
): Promise<void> {
  const { client, pullRequest, findings } = about;
  const open = findings.filter(({ state }) => state === "open").length;
  await postOwnStatus(app, client, {
    repositoryId: pullRequest.repositoryId,
    number: pullRequest.number,
    iteration: pullRequest.scannedIteration,
    state: open === 0 ? "succeeded" : "failed",
    description: describeResult(open, pullRequest.scanOutcome === "partial"),
  });
}

export function describeResult(open: number, isPartial: boolean): string {
  const found =
    open === 0 ? "No new security problems" : open === 1 ? "1 new security problem" : `${open} new security problems`;
  return isPartial ? `${found}; some files could not be read` : found;
}
