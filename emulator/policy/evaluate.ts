/** What the policies of a branch say about a pull request right now. */
import { notesOf } from "../pull-requests/pull-request-notes.ts";
import { plain } from "../pull-requests/request-body.ts";
import type { OrganizationState, PolicyState, PullRequestState, RepositoryState, World } from "../world.ts";
import { policiesOf } from "./policy-scope.ts";
import { type PolicyKind, policyKind } from "./policy-types.ts";

export type PolicyVerdict = "queued" | "running" | "approved" | "rejected" | "notApplicable" | "broken";

interface Question {
  readonly organization: OrganizationState;
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
  readonly settings: Readonly<Record<string, unknown>>;
}

const judges: Readonly<Record<PolicyKind, (question: Question) => PolicyVerdict>> = {
  status: judgeStatus,
  build: judgeBuild,
  minimumReviewers: judgeMinimumReviewers,
  comments: ({ pullRequest }) =>
    pullRequest.threads.some((thread) => thread.status === "active" || thread.status === "pending")
      ? "rejected"
      : "approved",
  requiredReviewers: judgeRequiredReviewers,
  workItems: ({ pullRequest }) => (pullRequest.workItemIds.length > 0 ? "approved" : "rejected"),
  mergeStrategy: judgeMergeStrategy,
  fileSize: () => "approved",
  commitAuthorEmail: () => "approved",
  credentialScan: () => "approved",
};

export function verdictOf(
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  policy: PolicyState,
): PolicyVerdict {
  const kind = policyKind(policy.typeId);
  if (!kind) return "broken";
  return judges[kind]({ organization, repository, pullRequest, settings: policy.settings });
}

/** The blocking policies that do not agree to completion. */
export function blockers(
  _world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): PolicyState[] {
  return policiesOf(organization, repository, pullRequest).filter((policy) => {
    if (!policy.isBlocking) return false;
    const verdict = verdictOf(organization, repository, pullRequest, policy);
    return verdict !== "approved" && verdict !== "notApplicable";
  });
}

/** The newest status of the policy's genre and name counts; with `invalidateOnSourceUpdate` only one of the newest iteration. */
function judgeStatus({ pullRequest, settings }: Question): PolicyVerdict {
  const { statusName, statusGenre, authorId, invalidateOnSourceUpdate, policyApplicability } = settings;
  const newest = pullRequest.iterations.length;
  const latest = pullRequest.statuses.findLast((status) => {
    const context = status.context as { name: string; genre?: string };
    return (
      context.name === statusName &&
      (context.genre ?? "") === (statusGenre ?? "") &&
      (!authorId || status.createdBy === authorId)
    );
  });
  const isCurrent =
    latest !== undefined && (!invalidateOnSourceUpdate || notesOf(pullRequest).postedAt.get(latest) === newest);
  if (!isCurrent)
    return policyApplicability === 1 || policyApplicability === "conditional" ? "notApplicable" : "queued";
  switch (latest.state) {
    case "succeeded":
      return "approved";
    case "notApplicable":
      return "notApplicable";
    case "failed":
    case "error":
      return "rejected";
    default:
      return "queued";
  }
}

function judgeBuild({ organization, pullRequest, settings }: Question): PolicyVerdict {
  const ref = `refs/pull/${pullRequest.id}/merge`;
  const build = organization.builds.findLast(
    (one) => one.definitionId === settings.buildDefinitionId && one.sourceBranch === ref,
  );
  if (!build) return "queued";
  if (build.status !== "completed") return "running";
  return build.result === "succeeded" ? "approved" : "rejected";
}

function judgeMinimumReviewers({ pullRequest, settings }: Question): PolicyVerdict {
  const counted = pullRequest.reviewers.filter(
    (reviewer) => settings.creatorVoteCounts === true || reviewer.userId !== pullRequest.createdBy,
  );
  if (settings.allowDownvotes !== true && counted.some((reviewer) => reviewer.vote < 0)) return "rejected";
  const approvals = counted.filter((reviewer) => reviewer.vote > 0).length;
  return approvals >= Number(settings.minimumApproverCount ?? 1) ? "approved" : "running";
}

function judgeRequiredReviewers({ pullRequest, settings }: Question): PolicyVerdict {
  const ids = Array.isArray(settings.requiredReviewerIds) ? settings.requiredReviewerIds.map(String) : [];
  const votes = ids.map((id) => pullRequest.reviewers.find((reviewer) => reviewer.userId === id)?.vote ?? 0);
  if (votes.some((vote) => vote < 0)) return "rejected";
  return votes.every((vote) => vote > 0) ? "approved" : "running";
}

/** Settings name the allowed strategies; the old form knows `useSquashMerge` alone. */
function judgeMergeStrategy({ pullRequest, settings }: Question): PolicyVerdict {
  const strategy = plain(pullRequest.completionOptions?.mergeStrategy);
  if (strategy === "") return "approved";
  const allowed = {
    noFastForward: settings.allowNoFastForward,
    squash: settings.allowSquash ?? settings.useSquashMerge,
    rebase: settings.allowRebase,
    rebaseMerge: settings.allowRebaseMerge,
  };
  const restricts = Object.values(allowed).some((value) => value === true);
  return !restricts || allowed[strategy as keyof typeof allowed] === true ? "approved" : "rejected";
}

/** After a push, where the policy of minimum reviewers says so. */
export function forgetVotes(
  _world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): void {
  const resets = policiesOf(organization, repository, pullRequest).some(
    (policy) =>
      policyKind(policy.typeId) === "minimumReviewers" &&
      (policy.settings.resetOnSourcePush === true || policy.settings.requireVoteOnLastIteration === true),
  );
  if (resets) for (const reviewer of pullRequest.reviewers) reviewer.vote = 0;
}
