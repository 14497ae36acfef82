/** Routes of reviewers and their votes. */
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import type { PullRequestState, RepositoryState, World } from "../world.ts";
import { completeIfAsked } from "./completion.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { reviewerShape } from "./pull-request-shape.ts";
import { raisePullRequest, type UpdateNotification } from "./raise-pull-request.ts";
import { invalidArgument, isRecord, record, requireBody, text } from "./request-body.ts";
import { groupsWith, mayReview } from "./reviewer-identity.ts";
import { addSystemThread } from "./system-thread.ts";

type Reviewer = PullRequestState["reviewers"][number];

const votes: Readonly<Record<number, string>> = {
  10: "approved the pull request",
  5: "approved the pull request with suggestions",
  0: "reset their vote on the pull request",
  [-5]: "is waiting for the author of the pull request",
  [-10]: "rejected the pull request",
};

interface Review {
  readonly call: Call;
  readonly world: World;
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
}

function find(call: Call, world: World, writes: boolean): Review {
  const found = requirePullRequest(call, world);
  if (writes) requireGitPermission(call, found.repository, "PullRequestContribute");
  return { call, world, ...found };
}

function shape({ call, world, repository, pullRequest }: Review, reviewer: Reviewer): Record<string, unknown> {
  return reviewerShape(world, call.organization, repository, pullRequest, reviewer);
}

function requireReviewer({ call, pullRequest }: Review): Reviewer {
  const id = (call.params.reviewerId ?? "").toLowerCase();
  const reviewer = pullRequest.reviewers.find((one) => one.userId === id);
  if (reviewer) return reviewer;
  throw new Refusal(
    404,
    "GitPullRequestReviewerNotFoundException",
    `The reviewer ${id} was not found on pull request ${pullRequest.id}.`,
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestReviewerNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

async function raise(review: Review, notificationType: UpdateNotification, what: string): Promise<void> {
  const { call, world, repository, pullRequest } = review;
  const by = call.user.id;
  await raisePullRequest(world, call.organization, repository, pullRequest, {
    is: "updated",
    notificationType,
    by,
    what,
  });
  await completeIfAsked(world, call.organization, repository, pullRequest);
}

function add(
  { call, world, pullRequest }: Review,
  id: unknown,
  wanted: Record<string, unknown>,
): { reviewer: Reviewer; isNew: boolean } {
  const userId = (text(id) ?? "").toLowerCase();
  if (!mayReview(world, call.organization, userId)) throw invalidArgument("reviewer");
  let reviewer = pullRequest.reviewers.find((one) => one.userId === userId);
  const isNew = reviewer === undefined;
  if (!reviewer) {
    reviewer = { userId, vote: 0, isRequired: false };
    pullRequest.reviewers.push(reviewer);
  }
  if (typeof wanted.isRequired === "boolean") reviewer.isRequired = wanted.isRequired;
  return { reviewer, isNew };
}

/** Sets a vote; only the reviewer may give one, anybody who contributes may take it back. */
function vote({ call, world, pullRequest }: Review, reviewer: Reviewer, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== "number" || votes[value] === undefined) throw invalidArgument("vote");
  if (value === reviewer.vote) return false;
  if (value !== 0 && reviewer.userId !== call.user.id)
    throw new Refusal(
      403,
      "GitPullRequestVoteNotAllowedException",
      "TF401186: You cannot record a vote for someone else.",
      "Microsoft.TeamFoundation.Git.Server.GitPullRequestVoteNotAllowedException, Microsoft.TeamFoundation.Git.Server",
    );
  reviewer.vote = value;
  const groups = groupsWith(world, call.organization, reviewer.userId);
  for (const other of pullRequest.reviewers) if (groups.includes(other.userId)) other.vote = value;
  addSystemThread(world, pullRequest, call.user.id, "VoteUpdate", `${call.user.displayName} voted ${value}`, {
    CodeReviewVoteResult: String(value),
    CodeReviewVotedByDisplayName: call.user.displayName,
    CodeReviewVotedByTfId: call.user.id,
  });
  return true;
}

function listReviewers(call: Call, world: World) {
  const review = find(call, world, false);
  return list(review.pullRequest.reviewers.map((one) => shape(review, one)));
}

function getReviewer(call: Call, world: World) {
  const review = find(call, world, false);
  return { body: shape(review, requireReviewer(review)) };
}

async function addReviewers(call: Call, world: World) {
  const review = find(call, world, true);
  if (!Array.isArray(call.body)) throw invalidArgument("reviewers");
  const added = call.body.filter(isRecord).map((one) => add(review, one.id, one));
  if (added.some((one) => one.isNew))
    await raise(review, "ReviewersUpdateNotification", "added reviewers to the pull request");
  return list(added.map((one) => shape(review, one.reviewer)));
}

async function putReviewer(call: Call, world: World) {
  const review = find(call, world, true);
  const body = requireBody(call);
  const { reviewer, isNew } = add(review, call.params.reviewerId ?? body.id, body);
  const voted = vote(review, reviewer, body.vote);
  if (isNew) await raise(review, "ReviewersUpdateNotification", "added reviewers to the pull request");
  if (voted) await raise(review, "ReviewerVoteNotification", votes[reviewer.vote] ?? "voted");
  return { body: shape(review, reviewer) };
}

function patchReviewer(call: Call, world: World) {
  const review = find(call, world, true);
  const reviewer = requireReviewer(review);
  const body = requireBody(call);
  if (typeof body.isRequired === "boolean") reviewer.isRequired = body.isRequired;
  return { body: shape(review, reviewer) };
}

/** Takes back the votes of all reviewers that the body names. */
async function resetVotes(call: Call, world: World) {
  const review = find(call, world, true);
  const wanted = Array.isArray(call.body) ? call.body.map((one) => record(one)) : [];
  let changed = false;
  for (const { id, vote: value } of wanted) {
    const reviewer = review.pullRequest.reviewers.find((one) => one.userId === id);
    if (reviewer) changed = vote(review, reviewer, value ?? 0) || changed;
  }
  if (changed) await raise(review, "ReviewerVoteNotification", "reset the votes on the pull request");
  return { status: 200 };
}

async function removeReviewer(call: Call, world: World) {
  const review = find(call, world, true);
  const at = review.pullRequest.reviewers.indexOf(requireReviewer(review));
  review.pullRequest.reviewers.splice(at, 1);
  await raise(review, "ReviewersUpdateNotification", "removed a reviewer from the pull request");
  return { status: 200 };
}

const at = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/reviewers";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["code"], handle: listReviewers },
  { method: "POST", path: at, scopes: ["code_write"], handle: addReviewers },
  { method: "PUT", path: at, scopes: ["code_write"], handle: putReviewer },
  { method: "PATCH", path: at, scopes: ["code_write"], handle: resetVotes },
  { method: "GET", path: `${at}/{reviewerId}`, scopes: ["code"], handle: getReviewer },
  { method: "PUT", path: `${at}/{reviewerId}`, scopes: ["code_write"], handle: putReviewer },
  { method: "PATCH", path: `${at}/{reviewerId}`, scopes: ["code_write"], handle: patchReviewer },
  { method: "DELETE", path: `${at}/{reviewerId}`, scopes: ["code_write"], handle: removeReviewer },
];
