/** What a push means for pull requests: a new iteration where the source moved, a new merge attempt where either side did. */
import { git, tryGit } from "../git/repository-store.ts";
import { forgetVotes } from "../policy/evaluate.ts";
import { zeroId } from "../shapes.ts";
import type { OrganizationState, PullRequestState, RefUpdateState, RepositoryState, User, World } from "../world.ts";
import { addIteration } from "./iteration.ts";
import { queueMerge } from "./merge-attempt.ts";
import { raisePullRequest } from "./raise-pull-request.ts";
import { resolveSource, sourceRepositoryOf } from "./source-branch.ts";
import { addSystemThread } from "./system-thread.ts";

export async function pullRequestsAfterPush(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  refUpdates: readonly RefUpdateState[],
): Promise<void> {
  const active = organization.pullRequests.filter((pullRequest) => pullRequest.status === "active");
  for (const update of refUpdates) {
    for (const pullRequest of active) {
      const target = organization.repositories.get(pullRequest.repositoryId);
      if (!target) continue;
      const isSource = sourceRepositoryOf(organization, pullRequest) === repository;
      if (isSource && pullRequest.sourceRefName === update.name)
        await sourceMoved(world, organization, target, user, pullRequest, update);
      else if (target === repository && pullRequest.targetRefName === update.name)
        queueMerge(world, organization, target, pullRequest, { by: pullRequest.createdBy, raises: false });
    }
  }
}

async function sourceMoved(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  pullRequest: PullRequestState,
  update: RefUpdateState,
): Promise<void> {
  if (update.newObjectId === zeroId) {
    queueMerge(world, organization, repository, pullRequest, { by: user.id, raises: false });
    return;
  }
  await resolveSource(world, pullRequest);
  const forced = await isForced(world, repository, update);
  const iteration = await addIteration(world, repository, pullRequest, user.id, forced ? "forcePush" : "push");
  forgetVotes(world, organization, repository, pullRequest);
  queueMerge(world, organization, repository, pullRequest, { by: user.id, raises: true });
  if (!iteration) return;
  const pushed = await git(world, repository.id, [
    "rev-list",
    "--count",
    `${update.oldObjectId}..${update.newObjectId}`,
  ]).catch(() => Buffer.from("1"));
  const count = Number(pushed.toString().trim());
  addSystemThread(
    world,
    pullRequest,
    user.id,
    "RefUpdate",
    `${user.displayName} pushed ${count} commit${count === 1 ? "" : "s"} creating update ${iteration.id}`,
    {
      CodeReviewRefName: update.name,
      CodeReviewRefNewHeadCommit: update.newObjectId,
      CodeReviewRefNewCommitsCount: count,
    },
  );
  await raisePullRequest(world, organization, repository, pullRequest, {
    is: "updated",
    notificationType: "PushNotification",
    by: user.id,
    what: "updated the source branch of the pull request",
  });
}

async function isForced(world: World, repository: RepositoryState, update: RefUpdateState): Promise<boolean> {
  if (update.oldObjectId === zeroId) return false;
  const args = ["merge-base", "--is-ancestor", update.oldObjectId, update.newObjectId];
  return (await tryGit(world, repository.id, args)) === undefined;
}
