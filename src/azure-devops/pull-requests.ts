/** Pull requests, their iterations, and what an iteration changes. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import type { Iteration, IterationChange, PullRequest, PullRequestState } from "#model/pull-request.ts";
import { RemoteError } from "#model/remote-error.ts";
import { pullRequestAddress } from "./links.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesByNextSkip, pagesBySkip, wholeList } from "./pages.ts";
import { inner, optionalText, requiredNumber, requiredText, type Wire, wireObject } from "./read-wire.ts";

export function pullRequestPath(repositoryId: RepositoryId, number: number): EncodedPath {
  return path`/_apis/git/repositories/${repositoryId}/pullRequests/${number}`;
}

export async function getPullRequest(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
): Promise<PullRequest> {
  const { body } = await client.request({ path: pullRequestPath(repositoryId, number) });
  return readPullRequest(client, repositoryId, wireObject(body, "pull request"));
}

/** Of all repositories of a project: one call where asking each repository would be hundreds. */
export async function listPullRequests(
  client: OrganizationClient,
  projectId: ProjectId,
  options: { readonly status: PullRequestState | "all" },
): Promise<readonly PullRequest[]> {
  const where = "pull requests";
  const request = {
    path: path`/${projectId}/_apis/git/pullrequests`,
    query: { "searchCriteria.status": options.status },
  };
  const pages = pagesBySkip(client, request, { top: 500, prefix: "$", where });
  return collect(pages, (wire) => {
    const repositoryId = requiredText(inner(wire, "repository"), "id", where).toLowerCase() as RepositoryId;
    return readPullRequest(client, repositoryId, wire);
  });
}

export function readPullRequest(client: OrganizationClient, repositoryId: RepositoryId, wire: Wire): PullRequest {
  const where = "pull request";
  const number = requiredNumber(wire, "pullRequestId", where);
  const repository = inner(wire, "repository");
  const project = inner(repository, "project");
  const sourceCommit = optionalText(inner(wire, "lastMergeSourceCommit"), "commitId");
  const targetCommit = optionalText(inner(wire, "lastMergeTargetCommit"), "commitId");
  const mergeStatus = optionalText(wire, "mergeStatus");
  const authorId = optionalText(inner(wire, "createdBy"), "id")?.toLowerCase();
  return {
    repositoryId,
    number,
    title: optionalText(wire, "title") ?? "",
    author: optionalText(inner(wire, "createdBy"), "displayName") ?? "",
    state: readState(requiredText(wire, "status", where)),
    isDraft: wire.isDraft === true,
    sourceRef: requiredText(wire, "sourceRefName", where),
    targetRef: requiredText(wire, "targetRefName", where),
    ...(sourceCommit === undefined ? {} : { sourceCommit }),
    ...(targetCommit === undefined ? {} : { targetCommit }),
    ...(mergeStatus === undefined ? {} : { mergeStatus }),
    ...(authorId === undefined ? {} : { authorId }),
    webUrl: pullRequestAddress(
      client,
      optionalText(project, "name") ?? requiredText(project, "id", where),
      optionalText(repository, "name") ?? repositoryId,
      number,
    ),
  };
}

function readState(status: string): PullRequestState {
  if (status === "active" || status === "completed" || status === "abandoned") return status;
  throw new RemoteError("unexpected", `Azure DevOps has a pull request in the state "${status}".`);
}

/** From the first to the last. */
export async function listIterations(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly Iteration[]> {
  const where = "iteration";
  const request = { path: `${pullRequestPath(repositoryId, number)}/iterations` as EncodedPath };
  const iterations = await collect(wholeList(client, request, where), (wire) => {
    const targetCommit = requiredText(inner(wire, "targetRefCommit"), "commitId", where);
    return {
      id: requiredNumber(wire, "id", where),
      sourceCommit: requiredText(inner(wire, "sourceRefCommit"), "commitId", where),
      targetCommit,
      // Histories that share nothing have no common commit: then everything is compared with the target.
      commonCommit: optionalText(inner(wire, "commonRefCommit"), "commitId") ?? targetCommit,
    };
  });
  return iterations.sort((a, b) => a.id - b.id);
}

/** Files that differ between the common commit and the iteration. */
export async function listIterationChanges(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  iteration: number,
): Promise<readonly IterationChange[]> {
  const where = "iteration changes";
  const pages = pagesByNextSkip(
    client,
    { path: `${pullRequestPath(repositoryId, number)}/iterations/${iteration}/changes` as EncodedPath },
    { top: 2000, list: "changeEntries", where },
  );
  const changes = await collect(pages, (wire) => readChange(wire, where));
  return changes.flatMap((change) => change ?? []);
}

function readChange(wire: Wire, where: string): IterationChange | undefined {
  const item = inner(wire, "item");
  // Deleted files have only their former path.
  const file = optionalText(item, "path") ?? optionalText(wire, "originalPath");
  if (file === undefined || item.isFolder === true) return undefined;
  const objectId = optionalText(item, "objectId");
  return {
    changeTrackingId: requiredNumber(wire, "changeTrackingId", where),
    path: file.replace(/^\//, ""),
    changeType: optionalText(wire, "changeType") ?? "unknown",
    ...(objectId === undefined ? {} : { objectId }),
  };
}
