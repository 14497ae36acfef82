/** Reads the truth about a pull request and records it. A closed one is recorded as closed, and nothing more is done. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { getPullRequest as getRemotePullRequest, listIterations } from "#azure-devops/pull-requests.ts";
import type { Iteration, PullRequest } from "#model/pull-request.ts";
import { RemoteError } from "#model/remote-error.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import { notifyLive } from "#store/live.ts";
import { forgetComparison, getPullRequest, upsertPullRequest } from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askAboutFixes } from "../fixes/ask-about-fixes.ts";
import { openOrganization } from "../instances/open-organization.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";

export interface CurrentPullRequest {
  readonly client: OrganizationClient;
  readonly repository: ScannableRepository;
  readonly pullRequest: PullRequest;
  /** The latest. */
  readonly iteration: Iteration;
}

/** Undefined if it is closed. */
export async function readPullRequest(
  app: App,
  repository: ScannableRepository,
  number: number,
): Promise<CurrentPullRequest | undefined> {
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  const pullRequest = await getRemotePullRequest(client, repository.id, number);
  const iteration =
    pullRequest.state === "active" ? latest(await listIterations(client, repository.id, number)) : undefined;
  const { id: repositoryId, instanceId } = repository;
  await inTransaction(app.db, async (tx) => {
    const { targetCommit: _target, mergeStatus: _merge, ...told } = pullRequest;
    const former = await getPullRequest(tx, repositoryId, number);
    const isReactivated = former && former.state !== "active" && pullRequest.state === "active";
    // What its target has by now, or another target has, is not what it was compared with.
    if (isReactivated || (former && former.targetRef !== pullRequest.targetRef)) {
      await forgetComparison(tx, repositoryId, number);
    }
    await upsertPullRequest(tx, {
      ...told,
      title: maskWords(told.title),
      instanceId,
      ...(iteration && { iteration: iteration.id }),
    });
    if (!iteration) await askAboutFixes(app, tx, { repositoryId, pullRequest: number });
    await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
  });
  return iteration && { client, repository, pullRequest, iteration };
}

function latest(iterations: readonly Iteration[]): Iteration {
  const last = iterations.toSorted((a, b) => a.id - b.id).at(-1);
  if (!last) throw new RemoteError("unavailable", "Azure DevOps has no iteration of this pull request yet.");
  return last;
}
