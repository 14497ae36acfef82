/** Says on an iteration that its scan failed for good, so that nobody waits for a result. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { postOwnStatus } from "./pull-request-status.ts";

const longestReason = 200;

export async function postFailure(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow;
    readonly iteration: number;
  },
): Promise<void> {
  const { client, pullRequest, iteration } = about;
  await postOwnStatus(app, client, {
    repositoryId: pullRequest.repositoryId,
    number: pullRequest.number,
    iteration,
    state: "error",
    description: describeFailure(pullRequest.failure ?? ""),
  });
}

export function describeFailure(reason: string): string {
  return `Not scanned: ${reason.slice(0, longestReason)} It is tried again by itself; push again to try now.`;
}
