/** Reading pull requests: lists with their criteria, single ones on three levels, their commits and work items. */
import { readCommits } from "../git/read-commits.ts";
import { mayAct } from "../rights.ts";
import { type Call, list, type Route } from "../route.ts";
import { optionalProject, organizationUrl, repositoryUrl, requireRepository } from "../shapes.ts";
import type { PullRequestState, RepositoryState, World } from "../world.ts";
import { commitRef } from "./commit-ref.ts";
import { requirePullRequest, requirePullRequestAnywhere } from "./find-pull-request.ts";
import { type PullRequestForm, pullRequestShape } from "./pull-request-shape.ts";
import { headerPage, isRecord, page, record } from "./request-body.ts";

function matchesCriteria(call: Call, pullRequest: PullRequestState, repository: RepositoryState): boolean {
  const criterion = (name: string) => call.query(`searchCriteria.${name}`) ?? call.query(name);
  const status = (criterion("status") ?? "active").toLowerCase();
  if (!["all", "4"].includes(status) && statusNames[status] !== pullRequest.status) return false;
  const equal = (name: string, value: string) => {
    const wanted = criterion(name);
    return !wanted || wanted.toLowerCase() === value.toLowerCase();
  };
  const reviewer = criterion("reviewerId");
  const closing = (criterion("queryTimeRangeType") ?? "created").toLowerCase() === "closed";
  const time = closing ? pullRequest.closedDate : pullRequest.creationDate;
  const [minTime, maxTime] = [criterion("minTime"), criterion("maxTime")];
  return (
    equal("sourceRefName", pullRequest.sourceRefName) &&
    equal("targetRefName", pullRequest.targetRefName) &&
    equal("creatorId", pullRequest.createdBy) &&
    equal("repositoryId", repository.id) &&
    equal("sourceRepositoryId", pullRequest.sourceRepositoryId ?? repository.id) &&
    (!reviewer || pullRequest.reviewers.some((one) => one.userId === reviewer.toLowerCase())) &&
    (!minTime || (time !== undefined && time >= new Date(minTime))) &&
    (!maxTime || (time !== undefined && time <= new Date(maxTime)))
  );
}

const statusNames: Readonly<Record<string, string>> = {
  "1": "active",
  "2": "abandoned",
  "3": "completed",
  active: "active",
  abandoned: "abandoned",
  completed: "completed",
};

async function listOf(call: Call, world: World, admits: (repository: RepositoryState) => boolean) {
  const found: { pullRequest: PullRequestState; repository: RepositoryState }[] = [];
  for (const pullRequest of call.organization.pullRequests) {
    const repository = call.organization.repositories.get(pullRequest.repositoryId);
    if (repository && !repository.isDisabled && admits(repository) && matchesCriteria(call, pullRequest, repository))
      found.push({ pullRequest, repository });
  }
  found.sort((a, b) => b.pullRequest.id - a.pullRequest.id);
  const shapes = page(call, found, 101, 1000).map((one) =>
    pullRequestShape(world, call.organization, one.repository, one.pullRequest, "item"),
  );
  return list(await Promise.all(shapes));
}

function listInRepository(call: Call, world: World) {
  const repository = requireRepository(call, world);
  return listOf(call, world, (one) => one.id === repository.id);
}

function listInProject(call: Call, world: World) {
  const project = optionalProject(call, world);
  return listOf(
    call,
    world,
    (one) =>
      (project === undefined || one.projectId === project.id) &&
      mayAct(call.organization, call.user.id, "readers", one.projectId),
  );
}

async function get(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  const shape = await pullRequestShape(world, call.organization, repository, pullRequest, "single");
  const commits =
    call.query("includeCommits") === "true" ? await commitsOf(call, world, repository, pullRequest) : undefined;
  const workItems = call.query("includeWorkItemRefs") === "true" ? workItemRefs(call, world, pullRequest) : undefined;
  return {
    body: {
      ...shape,
      ...(commits ? { commits } : {}),
      ...(workItems && workItems.length > 0 ? { workItemRefs: workItems } : {}),
    },
  };
}

async function getAnywhere(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequestAnywhere(call, world);
  const form: PullRequestForm = call.params.project === undefined ? "unlinked" : "single";
  return { body: await pullRequestShape(world, call.organization, repository, pullRequest, form) };
}

async function commitsOf(call: Call, world: World, repository: RepositoryState, pullRequest: PullRequestState) {
  const last = pullRequest.iterations.at(-1);
  if (!last) return [];
  const commits = await readCommits(world, repository.id, [`${last.commonCommit}..${last.sourceCommit}`]);
  const base = repositoryUrl(world, call.organization, repository);
  return commits.map((commit) => commitRef(base, commit));
}

async function listCommits(call: Call, world: World) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  const { values, headers } = headerPage(call, await commitsOf(call, world, repository, pullRequest), 100);
  return list(values, headers);
}

function workItemRefs(call: Call, world: World, pullRequest: PullRequestState) {
  return pullRequest.workItemIds.map((id) => ({
    id: String(id),
    url: `${organizationUrl(world, call.organization)}/_apis/wit/workItems/${id}`,
  }));
}

function listWorkItems(call: Call, world: World) {
  return list(workItemRefs(call, world, requirePullRequest(call, world).pullRequest));
}

/** Which pull requests made these commits: as merge commits (1) or as commits of theirs (2). */
async function query(call: Call, world: World) {
  const repository = requireRepository(call, world);
  const body = record(call.body);
  const queries = Array.isArray(body.queries) ? body.queries.filter(isRecord) : [];
  const results: Record<string, unknown>[] = [];
  for (const { items, type } of queries) {
    const result: Record<string, unknown[]> = {};
    const merges = type === 1 || String(type).toLowerCase() === "lastmergecommit";
    for (const item of Array.isArray(items) ? items.map(String) : []) {
      for (const pullRequest of call.organization.pullRequests) {
        if (pullRequest.repositoryId !== repository.id) continue;
        const ids = merges
          ? [pullRequest.lastMergeCommit]
          : (await commitsOf(call, world, repository, pullRequest)).map((commit) => commit.commitId);
        if (!ids.includes(item)) continue;
        result[item] ??= [];
        result[item].push(await pullRequestShape(world, call.organization, repository, pullRequest, "item"));
      }
    }
    results.push(result);
  }
  return { body: { queries: queries.map(({ items, type }) => ({ items, type })), results } };
}

const inRepository = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}";

export const routes: readonly Route[] = [
  { method: "GET", path: `${inRepository}/pullRequests`, scopes: ["code"], handle: listInRepository },
  { method: "POST", path: `${inRepository}/pullRequestQuery`, scopes: ["code"], handle: query },
  { method: "GET", path: `${inRepository}/pullRequests/{pullRequestId}`, scopes: ["code"], handle: get },
  {
    method: "GET",
    path: `${inRepository}/pullRequests/{pullRequestId}/commits`,
    scopes: ["code"],
    handle: listCommits,
  },
  {
    method: "GET",
    path: `${inRepository}/pullRequests/{pullRequestId}/workitems`,
    scopes: ["code"],
    handle: listWorkItems,
  },
  {
    method: "GET",
    path: "/{organization}/{project?}/_apis/git/pullRequests",
    scopes: ["code"],
    handle: listInProject,
  },
  {
    method: "GET",
    path: "/{organization}/{project?}/_apis/git/pullRequests/{pullRequestId}",
    scopes: ["code"],
    handle: getAnywhere,
  },
];
