/**
 * Our statuses on a pull request, one for each kind of scan and one for all: posted on an iteration, so that a status policy
 * never takes an old result for a new push.
 */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { postStatus } from "#azure-devops/statuses.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequestStatusState } from "#model/pull-request.ts";
import { getInstance } from "#store/instances/instances.ts";
import { type PostedName, setPostedKind, setPostedStatus } from "#store/pull-requests/posted-statuses.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";

/** The roll-up: what a branch policy requires. */
export const statusContext = { genre: "sallyport", name: "security" } as const;

export interface OwnStatus {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly iteration: number;
  readonly state: PullRequestStatusState;
  readonly description: string;
}

/**
 * Posts nothing if the iteration was told this already: statuses are only ever added, each is a line in the pull request.
 * Where statuses are switched off the state is only remembered, without a number from Azure DevOps, so that none is owed.
 */
export async function postOwnStatus(app: App, client: OrganizationClient, status: OwnStatus): Promise<void> {
  const { repositoryId, number, iteration, state, description } = status;
  const posted = await getPullRequest(app.db, repositoryId, number);
  const isOn = posted && (await getInstance(app.db, posted.instanceId))?.features.status;
  const told = posted?.postedIteration === iteration && {
    state: posted.postedState,
    description: posted.postedDescription,
  };
  if (told && isSame(told, status) && (!isOn || posted.postedRemoteId !== undefined)) return;
  const remembered = { iteration, state, description, at: app.now() };
  if (!isOn) {
    await setPostedStatus(app.db, repositoryId, number, remembered);
    return;
  }
  const remoteId = await post(app, client, status, statusContext.name);
  await setPostedStatus(app.db, repositoryId, number, { ...remembered, remoteId });
}

/**
 * The same for kinds of scans, and for what a change of policies would do. What is switched off is not remembered: the
 * roll-up is what may be owed.
 */
export async function postKindStatuses(
  app: App,
  client: OrganizationClient,
  pullRequest: Pick<OwnStatus, "repositoryId" | "number" | "iteration">,
  statuses: readonly ({ readonly kind: PostedName } & Pick<OwnStatus, "state" | "description">)[],
): Promise<void> {
  const { repositoryId, number, iteration } = pullRequest;
  const posted = await getPullRequest(app.db, repositoryId, number);
  if (!posted || !(await getInstance(app.db, posted.instanceId))?.features.status) return;
  for (const { kind, state, description } of statuses) {
    const told = posted.postedKinds[kind];
    if (told?.iteration === iteration && isSame(told, { state, description })) continue;
    await post(app, client, { ...pullRequest, state, description }, kind);
    await setPostedKind(app.db, { repositoryId, number }, kind, { iteration, state, description });
  }
}

async function post(app: App, client: OrganizationClient, status: OwnStatus, name: string): Promise<number> {
  const { repositoryId, number, iteration, state, description } = status;
  const { id } = await postStatus(client, repositoryId, number, {
    state,
    description,
    context: { genre: statusContext.genre, name },
    targetUrl: pullRequestAddress(app.publicUrl, repositoryId, number),
    iterationId: iteration,
  });
  return id;
}

/** Why a scan failed may be said otherwise each time it is tried: that is nothing new. */
function isSame(
  told: { readonly state: PullRequestStatusState | undefined; readonly description: string | undefined },
  { state, description }: Pick<OwnStatus, "state" | "description">,
): boolean {
  if (told.state !== state) return false;
  return state === "error" || told.description === undefined || told.description === description;
}

/** Where the console shows a pull request. */
export function pullRequestAddress(publicUrl: string, repositoryId: RepositoryId, number: number): string {
  return `${publicUrl}/pull-requests/${repositoryId}/${number}`;
}
