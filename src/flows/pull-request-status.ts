/** Our status on a pull request: posted on an iteration, so that a status policy never takes an old result for a new push. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { postStatus } from "#azure-devops/statuses.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import { getInstance } from "#store/instances.ts";
import { getPullRequest, setPostedStatus } from "#store/pull-requests.ts";
import type { App } from "./app.ts";

export const statusContext = { genre: "sallyport", name: "security" } as const;

/**
 * Posts nothing if the iteration has this state already: statuses are only ever added, each is a line in the pull request.
 * Where statuses are switched off the state is only remembered, without a number from Azure DevOps, so that none is owed.
 */
export async function postOwnStatus(
  app: App,
  client: OrganizationClient,
  status: {
    readonly repositoryId: RepositoryId;
    readonly number: number;
    readonly iteration: number;
    readonly state: PullRequestStatusState;
    readonly description: string;
  },
): Promise<void> {
  const { repositoryId, number, iteration, state, description } = status;
  const posted = await getPullRequest(app.db, repositoryId, number);
  const isOn = posted && (await getInstance(app.db, posted.instanceId))?.features.status;
  const isKnown = posted?.postedIteration === iteration && posted.postedState === state;
  if (isKnown && (!isOn || posted.postedRemoteId !== undefined)) return;
  if (!isOn) {
    await setPostedStatus(app.db, repositoryId, number, { iteration, state });
    return;
  }
  const { id: remoteId } = await postStatus(client, repositoryId, number, {
    state,
    description,
    context: statusContext,
    targetUrl: pullRequestAddress(app.publicUrl, repositoryId, number),
    iterationId: iteration,
  });
  await setPostedStatus(app.db, repositoryId, number, { iteration, state, remoteId });
}

/** Where the console shows a pull request. */
export function pullRequestAddress(publicUrl: string, repositoryId: RepositoryId, number: number): string {
  return `${publicUrl}/pull-requests/${repositoryId}/${number}`;
}
