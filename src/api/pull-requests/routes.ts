/** Pull requests, what they would bring in, and what was told to Azure DevOps about them. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { getPullRequestOverview, listPullRequests, type PullRequestOverview } from "#store/pull-requests.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { branchName } from "../shapes/branch-name.ts";
import { toTime } from "../shapes/time.ts";
import {
  type PullRequestRow,
  pullRequestAnswer,
  pullRequestParams,
  pullRequestsAnswer,
  pullRequestsQuery,
} from "./contract.ts";
import { readDetail } from "./read-detail.ts";

export const pullRequestRoutes: Routes = (server, parts) => {
  const { app } = parts;
  server.get(
    "/api/pull-requests",
    {
      schema: { summary: "Pull requests", querystring: pullRequestsQuery, response: { 200: pullRequestsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { repositoryId, instanceId, ...filter } = request.query;
      const { rows, total } = await listPullRequests(app.db, viewerOf(request).scope, {
        ...filter,
        repositoryId: repositoryId as RepositoryId | undefined,
        instanceId: instanceId as InstanceId | undefined,
      });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/pull-requests/:repositoryId/:number",
    {
      schema: {
        summary: "One pull request, with what it introduces",
        params: pullRequestParams,
        response: { 200: pullRequestAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { number } = request.params;
      const repositoryId = request.params.repositoryId as RepositoryId;
      const pullRequest = await getPullRequestOverview(app.db, viewerOf(request).scope, repositoryId, number);
      if (!pullRequest) throw notFound("pull request");
      return { ...rowOf(pullRequest), ...(await readDetail(parts, pullRequest)) };
    },
  );
};

function rowOf(pullRequest: PullRequestOverview): PullRequestRow {
  return {
    repository: {
      id: pullRequest.repositoryId,
      name: pullRequest.repositoryName,
      project: pullRequest.projectName,
      organization: pullRequest.organizationName,
    },
    instanceId: pullRequest.instanceId,
    number: pullRequest.number,
    title: pullRequest.title,
    author: pullRequest.author,
    state: pullRequest.state,
    isDraft: pullRequest.isDraft,
    sourceBranch: branchName(pullRequest.sourceRef),
    targetBranch: branchName(pullRequest.targetRef),
    webUrl: pullRequest.webUrl,
    iteration: pullRequest.iteration ?? null,
    scan: pullRequest.scanId ? { id: pullRequest.scanId, outcome: pullRequest.scanOutcome ?? null } : null,
    status: pullRequest.postedState ?? null,
    findings: { open: pullRequest.findings.open, fixed: pullRequest.findings.fixed },
    updatedAt: toTime(pullRequest.updatedAt),
  };
}
