/** The verdict on an iteration, as a status that a branch policy can require. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { PullRequestFinding } from "#store/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests.ts";
import type { App } from "../app.ts";
import { postOwnStatus } from "../pull-request-status.ts";
import { isMild } from "./is-mild.ts";

export async function postResult(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly findings: readonly PullRequestFinding[];
  },
): Promise<void> {
  const { client, pullRequest, findings } = about;
  const open = findings.filter(({ state }) => state === "open");
  const mild = open.filter(({ finding }) => isMild(finding)).length;
  const serious = open.length - mild;
  await postOwnStatus(app, client, {
    repositoryId: pullRequest.repositoryId,
    number: pullRequest.number,
    iteration: pullRequest.scannedIteration,
    state: serious === 0 ? "succeeded" : "failed",
    description: describeResult({ serious, mild }, pullRequest.scanOutcome === "partial"),
  });
}

function describeResult(
  { serious, mild }: { readonly serious: number; readonly mild: number },
  isPartial: boolean,
): string {
  const found =
    serious === 0
      ? "No new security problems"
      : serious === 1
        ? "1 new security problem"
        : `${serious} new security problems`;
  const all = mild === 0 ? found : `${found}, ${mild} mild`;
  return isPartial ? `${all}; some files could not be read` : all;
}
