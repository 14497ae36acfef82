/** Finds the pull request that a call names, below a repository, a project or the organization. */
import { mayAct } from "../rights.ts";
import { type Call, Refusal } from "../route.ts";
import { optionalProject, repositoryNotFound, requireRepository } from "../shapes.ts";
import type { PullRequestState, RepositoryState, World } from "../world.ts";

export interface FoundPullRequest {
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
}

export function pullRequestNotFound(id: string): Refusal {
  return new Refusal(
    404,
    "GitPullRequestNotFoundException",
    `TF401180: The requested pull request was not found. Pull request id: ${id}`,
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

export function requirePullRequest(call: Call, world: World): FoundPullRequest {
  const id = call.params.pullRequestId ?? "";
  const repository = requireRepository(call, world);
  const pullRequest = call.organization.pullRequests.find((one) => String(one.id) === id);
  if (pullRequest?.repositoryId !== repository.id) throw pullRequestNotFound(id);
  return { repository, pullRequest };
}

/** As `{organization}/_apis/git/pullRequests/{id}` finds it: by number alone. */
export function requirePullRequestAnywhere(call: Call, world: World): FoundPullRequest {
  const id = call.params.pullRequestId ?? "";
  const project = optionalProject(call, world);
  const pullRequest = call.organization.pullRequests.find((one) => String(one.id) === id);
  const repository = pullRequest && call.organization.repositories.get(pullRequest.repositoryId);
  if (!pullRequest || !repository || (project && repository.projectId !== project.id)) throw pullRequestNotFound(id);
  if (!mayAct(call.organization, call.user.id, "readers", repository.projectId))
    throw repositoryNotFound(repository.id);
  return { repository, pullRequest };
}
