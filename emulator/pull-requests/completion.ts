/** Completing a pull request, asked for by a person or by auto-complete: policies first, then the chosen strategy moves the target. */
import { inRepository, resolveRef, updateRefs } from "../git/repository-store.ts";
import { blockers } from "../policy/evaluate.ts";
import { zeroId } from "../shapes.ts";
import { transitionLinkedWorkItems } from "../work-items/linked-work-items.ts";
import type { OrganizationState, PullRequestState, RepositoryState, User, World } from "../world.ts";
import { mergedTree, rebase, writeCommit, writeMerge } from "./merge-trees.ts";
import { raisePullRequest } from "./raise-pull-request.ts";
import { note } from "./running-attempts.ts";
import { resolveSource, sourceRepositoryOf } from "./source-branch.ts";
import { addSystemThread } from "./system-thread.ts";

/** Carries out what was asked once the merge is known; called after every merge attempt and every change of a policy's mind. */
export async function completeIfAsked(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): Promise<void> {
  if (pullRequest.status !== "active" || pullRequest.mergeStatus === "queued") return;
  if (!pullRequest.completionQueueTime && pullRequest.autoCompleteSetBy) {
    if (pullRequest.isDraft || pullRequest.mergeStatus !== "succeeded") return;
    if (blockers(world, organization, repository, pullRequest).length > 0) return;
    pullRequest.completionQueueTime = world.clock.now();
    pullRequest.closedBy = pullRequest.autoCompleteSetBy;
    pullRequest.completionOptions = {
      autoCompleteIgnoreConfigIds: [],
      ...pullRequest.completionOptions,
      triggeredByAutoComplete: true,
    };
  }
  if (!pullRequest.completionQueueTime) return;
  await inRepository(world, repository.id, () => complete(world, organization, repository, pullRequest));
}

async function complete(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): Promise<void> {
  const user = world.users.get(pullRequest.closedBy ?? "") as User;
  const refused = await refusal(world, organization, repository, pullRequest, user);
  if (refused) {
    if (refused !== "conflicts") delete pullRequest.lastMergeCommit;
    pullRequest.mergeStatus = refused;
    delete pullRequest.completionQueueTime;
    delete pullRequest.closedBy;
    await raisePullRequest(world, organization, repository, pullRequest, { is: "merged", by: user.id });
    return;
  }
  delete pullRequest.autoCompleteSetBy;
  addSystemThread(
    world,
    pullRequest,
    user.id,
    "StatusUpdate",
    `${user.displayName} updated the pull request status to Completed`,
    {
      CodeReviewStatus: "Completed",
    },
  );
  await raisePullRequest(world, organization, repository, pullRequest, {
    is: "updated",
    notificationType: "StatusUpdateNotification",
    by: user.id,
    what: "marked the pull request as completed",
  });
  await raisePullRequest(world, organization, repository, pullRequest, { is: "merged", by: user.id });
  if (pullRequest.completionOptions?.transitionWorkItems === true)
    transitionLinkedWorkItems(world, organization, pullRequest);
}

/** Merges and moves the branches; what kept it from doing so, if anything did. */
async function refusal(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  user: User,
): Promise<"conflicts" | "failure" | "rejectedByPolicy" | undefined> {
  if (pullRequest.mergeStatus !== "succeeded") return pullRequest.mergeStatus === "conflicts" ? "conflicts" : "failure";
  const bypass = pullRequest.completionOptions?.bypassPolicy === true;
  if (!bypass && blockers(world, organization, repository, pullRequest).length > 0) return "rejectedByPolicy";
  const target = await resolveRef(world, repository.id, pullRequest.targetRefName);
  const source = await resolveSource(world, pullRequest);
  if (!target || !source) return "failure";
  const merged = await mergeBy(world, repository, pullRequest, user, target, source);
  if (merged === "conflicts") return "conflicts";
  // Closed before its branch moves, so that the move does not queue another attempt.
  pullRequest.status = "completed";
  pullRequest.closedDate = world.clock.now();
  const updates = [{ name: pullRequest.targetRefName, oldObjectId: target, newObjectId: merged }];
  const { results } = await updateRefs(world, organization, repository, user, updates);
  if (!results.every((result) => result.success)) {
    pullRequest.status = "active";
    delete pullRequest.closedDate;
    return "failure";
  }
  pullRequest.lastMergeCommit = merged;
  pullRequest.lastMergeTargetCommit = target;
  const from = sourceRepositoryOf(organization, pullRequest);
  if (pullRequest.completionOptions?.deleteSourceBranch === true && from) {
    const deletion = { name: pullRequest.sourceRefName, oldObjectId: source, newObjectId: zeroId };
    const deleted = updateRefs(world, organization, from, user, [deletion]);
    // a fork has its own queue of writers: waiting for it here, two forks could wait for each other
    if (from === repository) await deleted;
    else void note(world, deleted.then(nothing));
  }
  return undefined;
}

const nothing = () => undefined;

async function mergeBy(
  world: World,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  user: User,
  target: string,
  source: string,
): Promise<string> {
  const options = pullRequest.completionOptions ?? {};
  const strategy = options.mergeStrategy ?? "noFastForward";
  const branch = (ref: string) => ref.replace(/^refs\/heads\//, "");
  const asked = options.mergeCommitMessage;
  const message =
    typeof asked === "string" && asked !== "" ? asked : `Merged PR ${pullRequest.id}: ${pullRequest.title}`;
  if (strategy === "squash") {
    const tree = await mergedTree(world, repository.id, target, source);
    if (tree === "conflicts") return tree;
    return writeCommit(world, repository.id, user, { tree, parents: [target], message });
  }
  if (strategy === "rebase" || strategy === "rebaseMerge") {
    const tip = await rebase(world, repository.id, user, target, source);
    if (tip === "conflicts" || strategy === "rebase") return tip;
    return writeMerge(world, repository.id, user, target, tip, message);
  }
  const merge = `Merge pull request ${pullRequest.id} from ${branch(pullRequest.sourceRefName)} into ${branch(pullRequest.targetRefName)}`;
  return writeMerge(world, repository.id, user, target, source, typeof asked === "string" && asked ? asked : merge);
}
