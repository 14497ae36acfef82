/** Routes of iterations: what they are, what changed in them, which commits they brought. */
import { readCommits } from "../git/read-commits.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, repositoryUrl } from "../shapes.ts";
import type { IterationState, PullRequestState, RepositoryState, World } from "../world.ts";
import { commitRef } from "./commit-ref.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { treeChanges } from "./iteration.ts";
import { trackingId } from "./pull-request-notes.ts";
import { pullRequestUrl } from "./pull-request-shape.ts";
import { numberQuery, page } from "./request-body.ts";

export function requireIteration(pullRequest: PullRequestState, id: string): IterationState {
  const iteration = pullRequest.iterations.find((one) => String(one.id) === id);
  if (iteration) return iteration;
  throw new Refusal(
    404,
    "GitPullRequestIterationNotFoundException",
    `The requested iteration ${id} was not found in pull request ${pullRequest.id}.`,
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestIterationNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

async function iterationShape(
  call: Call,
  world: World,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  iteration: IterationState,
): Promise<Record<string, unknown>> {
  const base = repositoryUrl(world, call.organization, repository);
  const self = `${pullRequestUrl(world, call.organization, repository, pullRequest)}/iterations/${iteration.id}`;
  const commits =
    call.query("includeCommits") === "true"
      ? await iterationCommits(world, repository, pullRequest, iteration)
      : undefined;
  return {
    id: iteration.id,
    description: iteration.id === 1 ? pullRequest.title : "",
    author: identityRef(world, iteration.userId, call.organization),
    createdDate: iteration.createdDate.toISOString(),
    updatedDate: iteration.createdDate.toISOString(),
    sourceRefCommit: { commitId: iteration.sourceCommit },
    targetRefCommit: { commitId: iteration.targetCommit },
    commonRefCommit: { commitId: iteration.commonCommit },
    ...(commits ? { commits: commits.map((commit) => commitRef(base, commit)) } : {}),
    hasMoreCommits: false,
    reason: iteration.reason,
    _links: { self: { href: self }, workitems: { href: `${self.replace(/\/iterations\/\d+$/, "")}/workitems` } },
  };
}

function iterationCommits(
  world: World,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  iteration: IterationState,
) {
  const before = pullRequest.iterations.find((one) => one.id === iteration.id - 1);
  return readCommits(world, repository.id, [
    iteration.sourceCommit,
    `^${iteration.commonCommit}`,
    ...(before ? [`^${before.sourceCommit}`] : []),
  ]);
}

async function listIterations(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  return list(
    await Promise.all(pullRequest.iterations.map((one) => iterationShape(call, world, repository, pullRequest, one))),
  );
}

async function getIteration(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  const iteration = requireIteration(pullRequest, call.params.iterationId ?? "");
  return { body: await iterationShape(call, world, repository, pullRequest, iteration) };
}

async function listCommits(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  const iteration = requireIteration(pullRequest, call.params.iterationId ?? "");
  const base = repositoryUrl(world, call.organization, repository);
  const commits = await iterationCommits(world, repository, pullRequest, iteration);
  return list(page(call, commits, 100, 500).map((commit) => commitRef(base, commit)));
}

async function listChanges(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  const iteration = requireIteration(pullRequest, call.params.iterationId ?? "");
  const compareTo = call.query("$compareTo") ?? "0";
  const from = compareTo === "0" ? iteration.commonCommit : requireIteration(pullRequest, compareTo).sourceCommit;
  const changes = await treeChanges(world, repository.id, from, iteration.sourceCommit);
  const entries = changes.map((change) => {
    const id = trackingId(pullRequest, change.path, change.originalPath);
    return {
      changeTrackingId: id,
      changeId: id,
      item: {
        ...(change.objectId ? { objectId: change.objectId } : {}),
        ...(change.originalObjectId ? { originalObjectId: change.originalObjectId } : {}),
        path: change.path,
      },
      changeType: change.changeType,
      ...(change.originalPath ? { originalPath: change.originalPath } : {}),
    };
  });
  const top = Math.min(Math.max(1, numberQuery(call, "$top", 100)), 2000);
  const skip = Math.max(0, numberQuery(call, "$skip", 0));
  const next = skip + top;
  const more = next < entries.length;
  return {
    body: {
      changeEntries: entries.slice(skip, next),
      nextSkip: more ? next : 0,
      nextTop: more ? Math.min(top, entries.length - next) : 0,
    },
  };
}

const at = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/iterations";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["code"], handle: listIterations },
  { method: "GET", path: `${at}/{iterationId}`, scopes: ["code"], handle: getIteration },
  { method: "GET", path: `${at}/{iterationId}/changes`, scopes: ["code"], handle: listChanges },
  { method: "GET", path: `${at}/{iterationId}/commits`, scopes: ["code"], handle: listCommits },
];
