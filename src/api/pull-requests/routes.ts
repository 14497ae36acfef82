/** Pull requests, what they would bring in, and what was told to Azure DevOps about them. */
import { askForPullRequestScan } from "#flows/jobs/ask.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { Db } from "#store/database.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { getPolicySet } from "#store/policies/policy-sets.ts";
import {
  getPullRequestOverview,
  listPullRequests,
  type PullRequestOverview,
  type PullRequestVerdict,
} from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound } from "../problem-error.ts";
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
  readRoutes(server, parts);
  scanRoute(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
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
      const nameOf = await policyNames(app.db, rows);
      return { rows: rows.map((row) => rowOf(row, nameOf)), total };
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
      const nameOf = await policyNames(app.db, [pullRequest]);
      return { ...rowOf(pullRequest, nameOf), ...(await readDetail(parts, pullRequest)) };
    },
  );
}

function scanRoute(server: ApiServer, { app }: Parts): void {
  server.post(
    "/api/pull-requests/:repositoryId/:number/scan",
    {
      schema: {
        summary: "Scans its newest iteration again; the answer does not wait for it",
        params: pullRequestParams,
      },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const { name: actor, scope } = viewerOf(request);
      const repositoryId = request.params.repositoryId as RepositoryId;
      const pullRequest = await getPullRequestOverview(app.db, scope, repositoryId, request.params.number);
      if (!pullRequest) throw notFound("pull request");
      if (pullRequest.state !== "active") throw conflict("This pull request is not open any more.");
      const { instanceId, repositoryName, number } = pullRequest;
      await inTransaction(app.db, async (tx) => {
        await askForPullRequestScan(app, tx, pullRequest, { is: "person", name: actor });
        const subject = `${repositoryName} !${number}`;
        await insertAuditEvent(tx, { actor, action: "scan-asked", subject, instanceId });
      });
      return reply.code(202).send();
    },
  );
}

type NameOf = (verdict: Pick<PullRequestVerdict, "policiesVersion">, policy: string) => string;

/** Policies as they were called when they decided. */
async function policyNames(db: Db, pullRequests: readonly PullRequestOverview[]): Promise<NameOf> {
  const sets = new Map<string, readonly Policy[]>();
  for (const { instanceId, verdict } of pullRequests) {
    if (verdict === undefined || verdict.decidedBy.length === 0 || sets.has(verdict.policiesVersion)) continue;
    sets.set(verdict.policiesVersion, (await getPolicySet(db, instanceId, verdict.policiesVersion)) ?? []);
  }
  return ({ policiesVersion }, policy) => sets.get(policiesVersion)?.find(({ id }) => id === policy)?.name ?? policy;
}

function verdictOf(verdict: PullRequestVerdict | undefined, nameOf: NameOf): PullRequestRow["verdict"] {
  if (verdict === undefined) return null;
  const { id, iteration, outcome, decidedBy, at } = verdict;
  const named = decidedBy.map((policy) => ({ id: policy, name: nameOf(verdict, policy) }));
  return { id, iteration, outcome, decidedBy: named, at: toTime(new Date(at)) };
}

function rowOf(pullRequest: PullRequestOverview, nameOf: NameOf): PullRequestRow {
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
    verdict: verdictOf(pullRequest.verdict, nameOf),
    findings: { open: pullRequest.findings.open, fixed: pullRequest.findings.fixed },
    updatedAt: toTime(pullRequest.updatedAt),
  };
}
