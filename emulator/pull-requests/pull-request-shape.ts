/** How answers and hook payloads show a pull request. */
import { type CommitData, readCommits } from "../git/read-commits.ts";
import { identityRef, projectOf, projectStub, repositoryShape, repositoryUrl, repositoryWebUrl } from "../shapes.ts";
import type { OrganizationState, PullRequestState, RepositoryState, World } from "../world.ts";
import { notesOf } from "./pull-request-notes.ts";
import { reviewerIdentity } from "./reviewer-identity.ts";
import { sourceRepositoryOf } from "./source-branch.ts";

/** `single` with all links; `unlinked` as the organization level shows it; `hook` as payloads do; `item` of a list. */
export type PullRequestForm = "single" | "unlinked" | "hook" | "item";

export async function pullRequestShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  form: PullRequestForm,
): Promise<Record<string, unknown>> {
  const url = pullRequestUrl(world, organization, repository, pullRequest);
  const base = repositoryUrl(world, organization, repository);
  const commit = (commitId: string) => ({ commitId, url: `${base}/commits/${commitId}` });
  const { labels } = notesOf(pullRequest);
  const isItem = form === "item";
  const pr = pullRequest;
  const merged =
    pr.lastMergeCommit && !isItem ? await commitDetails(world, repository.id, pr.lastMergeCommit) : undefined;
  return {
    repository: isItem
      ? repositoryStub(world, organization, repository)
      : withoutDefaultBranch(repositoryShape(world, organization, repository)),
    pullRequestId: pr.id,
    codeReviewId: pr.id,
    status: pr.status,
    createdBy: identityRef(world, pr.createdBy, organization),
    creationDate: sevenDigits(pr.creationDate),
    ...(pr.closedDate ? { closedDate: sevenDigits(pr.closedDate) } : {}),
    title: pr.title,
    ...(pr.description ? { description: isItem ? pr.description.slice(0, 400) : pr.description } : {}),
    sourceRefName: pr.sourceRefName,
    targetRefName: pr.targetRefName,
    ...(pr.mergeStatus ? { mergeStatus: pr.mergeStatus } : {}),
    isDraft: pr.isDraft,
    mergeId: pr.mergeId,
    ...(pr.lastMergeSourceCommit ? { lastMergeSourceCommit: commit(pr.lastMergeSourceCommit) } : {}),
    ...(pr.lastMergeTargetCommit ? { lastMergeTargetCommit: commit(pr.lastMergeTargetCommit) } : {}),
    ...(pr.lastMergeCommit ? { lastMergeCommit: { ...merged, ...commit(pr.lastMergeCommit) } } : {}),
    reviewers: pr.reviewers.map((one) => reviewerShape(world, organization, repository, pr, one)),
    ...(labels.length > 0 ? { labels: labels.map((label) => ({ ...label, active: true })) } : {}),
    url,
    ...links(world, organization, repository, pr, form),
    ...(pr.completionOptions && !isItem ? { completionOptions: pr.completionOptions } : {}),
    supportsIterations: true,
    ...forkSource(world, organization, pr),
    ...(pr.completionQueueTime ? { completionQueueTime: sevenDigits(pr.completionQueueTime) } : {}),
    ...(pr.closedBy ? { closedBy: identityRef(world, pr.closedBy, organization) } : {}),
    ...(pr.autoCompleteSetBy ? { autoCompleteSetBy: identityRef(world, pr.autoCompleteSetBy, organization) } : {}),
    ...(isItem ? {} : { artifactId: pr.artifactId }),
  };
}

/** Where the source branch lies, of a pull request from a fork. */
function forkSource(
  world: World,
  organization: OrganizationState,
  pullRequest: PullRequestState,
): { forkSource?: unknown } {
  const fork = pullRequest.sourceRepositoryId
    ? organization.repositories.get(pullRequest.sourceRepositoryId)
    : undefined;
  if (!fork) return {};
  const name = pullRequest.sourceRefName;
  const filter = encodeURIComponent(name.replace(/^refs\//, ""));
  return {
    forkSource: {
      repository: repositoryShape(world, organization, fork),
      name,
      url: `${repositoryUrl(world, organization, fork)}/refs?filter=${filter}`,
    },
  };
}

export function pullRequestUrl(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): string {
  return `${repositoryUrl(world, organization, repository)}/pullRequests/${pullRequest.id}`;
}

export function reviewerShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  reviewer: PullRequestState["reviewers"][number],
): Record<string, unknown> {
  return {
    reviewerUrl: `${pullRequestUrl(world, organization, repository, pullRequest)}/reviewers/${reviewer.userId}`,
    vote: reviewer.vote,
    hasDeclined: false,
    ...(reviewer.isRequired ? { isRequired: true } : {}),
    isFlagged: false,
    ...reviewerIdentity(world, organization, reviewer.userId),
  };
}

/** Azure DevOps writes most dates of pull requests with seven fractional digits. */
export function sevenDigits(date: Date): string {
  return date.toISOString().replace("Z", "0000Z");
}

function withoutDefaultBranch(shape: Record<string, unknown>): Record<string, unknown> {
  const { defaultBranch: _, ...rest } = shape;
  return rest;
}

function repositoryStub(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
): Record<string, unknown> {
  const { url: _, ...project } = projectStub(world, organization, projectOf(organization, repository));
  return {
    id: repository.id,
    name: repository.name,
    url: repositoryUrl(world, organization, repository),
    project: { ...project, state: "unchanged" },
  };
}

function links(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  form: PullRequestForm,
): { _links?: Record<string, { href: string }> } {
  if (form === "unlinked" || form === "item") return {};
  const self = pullRequestUrl(world, organization, repository, pullRequest);
  const base = repositoryUrl(world, organization, repository);
  const sourceBase = repositoryUrl(world, organization, sourceRepositoryOf(organization, pullRequest) ?? repository);
  if (form === "hook") {
    const web = `${repositoryWebUrl(world, organization, repository)}/pullrequest/${pullRequest.id}`;
    return { _links: { web: { href: web }, statuses: { href: `${self}/statuses` } } };
  }
  return {
    _links: {
      self: { href: self },
      repository: { href: base },
      workItems: { href: `${self}/workitems` },
      sourceBranch: { href: `${sourceBase}/${pullRequest.sourceRefName}` },
      targetBranch: { href: `${base}/${pullRequest.targetRefName}` },
      statuses: { href: `${self}/statuses` },
      sourceCommit: { href: `${base}/commits/${pullRequest.lastMergeSourceCommit}` },
      targetCommit: { href: `${base}/commits/${pullRequest.lastMergeTargetCommit}` },
      createdBy: { href: String(identityRef(world, pullRequest.createdBy, organization).url) },
      iterations: { href: `${self}/iterations` },
    },
  };
}

const known = new WeakMap<World, Map<string, Pick<CommitData, "author" | "committer" | "comment">>>();

/** Who made a commit and what they said; kept, because a commit never changes. */
async function commitDetails(world: World, repositoryId: string, commitId: string): Promise<Record<string, unknown>> {
  const commits = known.get(world) ?? new Map<string, Pick<CommitData, "author" | "committer" | "comment">>();
  known.set(world, commits);
  const key = `${repositoryId}/${commitId}`;
  let details = commits.get(key);
  if (!details) {
    const [commit] = await readCommits(world, repositoryId, ["--max-count=1", commitId]);
    if (!commit) return {};
    details = { author: commit.author, committer: commit.committer, comment: commit.comment };
    commits.set(key, details);
  }
  return details;
}
