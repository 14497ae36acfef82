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
  const silenced = findings.filter(({ state }) => state === "silenced").length;
  await postOwnStatus(app, client, {
    repositoryId: pullRequest.repositoryId,
    number: pullRequest.number,
    iteration: pullRequest.scannedIteration,
    state: serious === 0 ? "succeeded" : "failed",
    description: describeResult({ serious, mild, silenced }, pullRequest.scanOutcome === "partial"),
  });
}

function describeResult(
  { serious, mild, silenced }: { readonly serious: number; readonly mild: number; readonly silenced: number },
  isPartial: boolean,
): string {
  const found =
    serious === 0
      ? "No new security problems"
      : serious === 1
        ? "1 new security problem"
        : `${serious} new security problems`;
  const all = [found, mild > 0 && `${mild} mild`, silenced > 0 && `${silenced} silenced in the code`]
    .filter(Boolean)
    .join(", ");
  return isPartial ? `${all}; some files could not be read` : all;
}
