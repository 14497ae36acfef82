/** PATCH of a pull request: the few fields that may change, and the moves between active, abandoned and completed. */
import { inRepository, resolveRef } from "../git/repository-store.ts";
import { requireGitPermission } from "../rights.ts";
import { type Call, Refusal, type Route } from "../route.ts";
import { requireBypass } from "../security/bypass.ts";
import type { PullRequestState, RepositoryState, World } from "../world.ts";
import { completeIfAsked } from "./completion.ts";
import { checkDescription, checkTitle } from "./create-pull-request.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { addIteration } from "./iteration.ts";
import { queueMerge } from "./merge-attempt.ts";
import { notesOf } from "./pull-request-notes.ts";
import { pullRequestShape } from "./pull-request-shape.ts";
import { raisePullRequest } from "./raise-pull-request.ts";
import { enumValue, invalidArgument, isRecord, record, requireBody, text } from "./request-body.ts";
import { addSystemThread } from "./system-thread.ts";

interface Change {
  readonly call: Call;
  readonly world: World;
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
  readonly body: Record<string, unknown>;
}

/** Fields whose change is refused; others that may not change are ignored. */
const refusedFields = ["sourceRefName", "createdBy", "creationDate", "mergeStatus", "reviewers", "labels"] as const;

async function update(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  requireGitPermission(call, repository, "PullRequestContribute");
  // one change after another: each sees what the one before it left
  return inRepository(world, repository.id, () =>
    apply({ call, world, repository, pullRequest, body: requireBody(call) }),
  );
}

async function apply(change: Change) {
  const { call, world, repository, pullRequest, body } = change;
  for (const field of refusedFields)
    if (field in body && !same(pullRequest, field, body[field])) throw invalidArgument(field);
  const title = "title" in body ? checkTitle(body.title) : undefined;
  const description = "description" in body ? checkDescription(body.description) : undefined;
  const status = enumValue(body.status, { 1: "active", 2: "abandoned", 3: "completed" }, "status");
  if (title !== undefined || description !== undefined) await retell(change, title, description);
  if (body.isDraft !== undefined) await setDraft(change, body.isDraft === true);
  if (text(body.targetRefName)) await retarget(change, String(body.targetRefName));
  if (isRecord(body.completionOptions)) setCompletionOptions(change, body.completionOptions);
  if ("autoCompleteSetBy" in body) setAutoComplete(change, record(body.autoCompleteSetBy).id);
  if (status === "abandoned") await abandon(change);
  if (status === "active") await reactivate(change);
  if (status === "completed") queueCompletion(change);
  const shape = await pullRequestShape(world, call.organization, repository, pullRequest, "single");
  if (status === undefined) await completeIfAsked(world, call.organization, repository, pullRequest);
  return { body: shape };
}

/** A client that sends back what it read changes nothing. */
function same(pullRequest: PullRequestState, field: (typeof refusedFields)[number], value: unknown): boolean {
  if (field === "sourceRefName" || field === "mergeStatus") return pullRequest[field] === value;
  if (field === "createdBy") return record(value).id === pullRequest.createdBy;
  if (field === "reviewers")
    return (
      Array.isArray(value) &&
      value.filter(isRecord).every((one) => pullRequest.reviewers.some((r) => r.userId === one.id))
    );
  return field === "creationDate" || Array.isArray(value);
}

function requireActive(pullRequest: PullRequestState): void {
  if (pullRequest.status === "active") return;
  throw new Refusal(
    403,
    "GitPullRequestNotEditableException",
    "The pull request cannot be edited due to its state.",
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestNotEditableException, Microsoft.TeamFoundation.Git.Server",
  );
}

async function raiseUpdated({ call, world, repository, pullRequest }: Change, what: string): Promise<void> {
  await raisePullRequest(world, call.organization, repository, pullRequest, {
    is: "updated",
    notificationType: "StatusUpdateNotification",
    by: call.user.id,
    what,
  });
}

async function retell(change: Change, title: string | undefined, description: string | undefined): Promise<void> {
  const { world, pullRequest } = change;
  if (title !== undefined) pullRequest.title = title;
  if (description !== undefined) pullRequest.description = description;
  if (world.switches.titleEditRaisesUpdated) await raiseUpdated(change, "edited the pull request");
}

async function setDraft(change: Change, isDraft: boolean): Promise<void> {
  const { call, world, pullRequest } = change;
  if (pullRequest.isDraft === isDraft) return;
  requireActive(pullRequest);
  pullRequest.isDraft = isDraft;
  if (isDraft) delete pullRequest.autoCompleteSetBy;
  const what = isDraft ? "marked the pull request as a draft" : "published the pull request";
  addSystemThread(world, pullRequest, call.user.id, "StatusUpdate", `${call.user.displayName} ${what}`);
  await raiseUpdated(change, what);
}

async function retarget(change: Change, targetRefName: string): Promise<void> {
  const { call, world, repository, pullRequest } = change;
  if (targetRefName === pullRequest.targetRefName) return;
  requireActive(pullRequest);
  if (!(await resolveRef(world, repository.id, targetRefName)))
    throw new Refusal(
      400,
      "GitPullRequestCannotBeActivated",
      "TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists.",
    );
  const old = pullRequest.targetRefName;
  pullRequest.targetRefName = targetRefName;
  await addIteration(world, repository, pullRequest, call.user.id, "retarget");
  queueMerge(world, call.organization, repository, pullRequest, { by: call.user.id, raises: true });
  const what = "changed the target branch of the pull request";
  addSystemThread(world, pullRequest, call.user.id, "TargetChanged", `${call.user.displayName} ${what}`, {
    CodeReviewTargetChangedOldTargetRefName: old,
    CodeReviewTargetChangedNewTargetRefName: targetRefName,
  });
  await raiseUpdated(change, what);
}

function setCompletionOptions(
  { call, world, repository, pullRequest }: Change,
  options: Record<string, unknown>,
): void {
  if (JSON.stringify(options).length > 4000)
    throw invalidArgument("The completion options of a pull request must not be longer than 4000 characters.");
  const strategies = { 1: "noFastForward", 2: "squash", 3: "rebase", 4: "rebaseMerge" } as const;
  const strategy = enumValue(options.mergeStrategy, strategies, "mergeStrategy");
  const mergeStrategy = strategy ?? (options.squashMerge === true ? "squash" : "noFastForward");
  if (options.bypassPolicy === true) requireBypass(call, world, repository, pullRequest.targetRefName);
  const kept = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && value !== false));
  pullRequest.completionOptions = {
    ...kept,
    mergeStrategy,
    ...(mergeStrategy === "squash" ? { squashMerge: true } : {}),
  };
}

function setAutoComplete({ pullRequest }: Change, userId: unknown): void {
  const id = text(userId);
  if (!id || /^[0-]+$/.test(id)) delete pullRequest.autoCompleteSetBy;
  else {
    requireActive(pullRequest);
    pullRequest.autoCompleteSetBy = id;
  }
}

async function abandon(change: Change): Promise<void> {
  const { call, world, pullRequest } = change;
  if (pullRequest.status === "abandoned") return;
  requireActive(pullRequest);
  pullRequest.status = "abandoned";
  pullRequest.closedDate = world.clock.now();
  pullRequest.closedBy = call.user.id;
  notesOf(pullRequest).attempt = {};
  delete pullRequest.mergeStatus;
  delete pullRequest.lastMergeCommit;
  delete pullRequest.autoCompleteSetBy;
  delete pullRequest.completionQueueTime;
  addSystemThread(
    world,
    pullRequest,
    call.user.id,
    "StatusUpdate",
    `${call.user.displayName} updated the pull request status to Abandoned`,
    {
      CodeReviewStatus: "Abandoned",
    },
  );
  await raiseUpdated(change, "abandoned the pull request");
}

async function reactivate(change: Change): Promise<void> {
  const { call, world, repository, pullRequest } = change;
  if (pullRequest.status === "active") return;
  if (pullRequest.status === "completed") requireActive(pullRequest);
  pullRequest.status = "active";
  delete pullRequest.closedDate;
  delete pullRequest.closedBy;
  addSystemThread(
    world,
    pullRequest,
    call.user.id,
    "StatusUpdate",
    `${call.user.displayName} updated the pull request status to Active`,
    {
      CodeReviewStatus: "Active",
    },
  );
  queueMerge(world, call.organization, repository, pullRequest, { by: call.user.id, raises: true });
  await addIteration(world, repository, pullRequest, call.user.id, "push");
  await raiseUpdated(change, "reactivated the pull request");
}

function queueCompletion({ call, world, repository, pullRequest, body }: Change): void {
  requireActive(pullRequest);
  requireGitPermission(call, repository, "GenericContribute");
  if (pullRequest.isDraft) throw invalidArgument("A draft pull request cannot be completed.");
  const expected = text(record(body.lastMergeSourceCommit).commitId);
  if (!expected) throw invalidArgument("lastMergeSourceCommit");
  if (expected !== pullRequest.lastMergeSourceCommit)
    throw new Refusal(
      409,
      "GitPullRequestStaleException",
      "TF401192: This pull request has been modified since the last merge attempt; the source commit is no longer the latest.",
      "Microsoft.TeamFoundation.Git.Server.GitPullRequestStaleException, Microsoft.TeamFoundation.Git.Server",
    );
  pullRequest.completionOptions ??= { mergeStrategy: "noFastForward" };
  pullRequest.completionQueueTime = world.clock.now();
  pullRequest.closedBy = call.user.id;
  queueMerge(world, call.organization, repository, pullRequest, { by: call.user.id, raises: true });
}

export const routes: readonly Route[] = [
  {
    method: "PATCH",
    path: "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}",
    scopes: ["code_write"],
    handle: update,
  },
];
