/** Making and changing pull requests of our own. Nothing here completes one: that is for people. */
import type { RepositoryId } from "#model/ids.ts";
import type { PullRequest, PullRequestState } from "#model/pull-request.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesBySkip } from "./pages.ts";
import { pullRequestPath, readPullRequest } from "./pull-requests.ts";
import { wireObject } from "./read-wire.ts";

export interface NewPullRequest {
  /** Full ref names. */
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  readonly isDraft: boolean;
  /** Ids of identities who are asked, not required: who must agree is for branch policies to say. */
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
}

/** Longer ones are refused with 400. */
const longestTitle = 400;
export const longestDescription = 4_000;

/** Not repeated when the answer is lost: whoever asks again looks for it first. */
export async function createPullRequest(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  wanted: NewPullRequest,
): Promise<PullRequest> {
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/git/repositories/${repositoryId}/pullrequests`,
    body: {
      sourceRefName: wanted.sourceRef,
      targetRefName: wanted.targetRef,
      title: cut(wanted.title, longestTitle),
      description: cut(wanted.description, longestDescription),
      isDraft: wanted.isDraft,
      reviewers: wanted.reviewers.map((id) => ({ id })),
      labels: wanted.labels.map((name) => ({ name })),
    },
  });
  return readPullRequest(client, repositoryId, wireObject(body, "a new pull request"));
}

/** Those of one source branch, newest first. */
export async function listPullRequestsOfBranch(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  sourceRef: string,
  status: PullRequestState | "all",
): Promise<readonly PullRequest[]> {
  const request = {
    path: path`/_apis/git/repositories/${repositoryId}/pullrequests`,
    query: { "searchCriteria.status": status, "searchCriteria.sourceRefName": sourceRef },
  };
  const pages = pagesBySkip(client, request, { top: 100, prefix: "$", where: "pull requests" });
  const found = await collect(pages, (wire) => readPullRequest(client, repositoryId, wire));
  return found.filter((one) => one.sourceRef === sourceRef).sort((a, b) => b.number - a.number);
}

export async function updatePullRequest(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  change: { readonly title?: string; readonly description?: string; readonly status?: "abandoned" },
): Promise<void> {
  const { title, description, status } = change;
  await client.request({
    method: "PATCH",
    path: pullRequestPath(repositoryId, number),
    body: {
      ...(title !== undefined && { title: cut(title, longestTitle) }),
      ...(description !== undefined && { description: cut(description, longestDescription) }),
      ...(status && { status }),
    },
    isRepeatable: true,
  });
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
