/** Repositories that Sallyport knows. */
import { askForRepositoryScan } from "#flows/jobs/ask.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listWatchedProjects } from "#store/instances/projects.ts";
import { getRepositoryOverview, listRepositories, type RepositoryOverview } from "#store/instances/repositories.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound } from "../problem-error.ts";
import { branchName } from "../shapes/branch-name.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import {
  projectsAnswer,
  projectsQuery,
  type RepositoryRow,
  repositoriesAnswer,
  repositoriesQuery,
  repositoryAnswer,
} from "./contract.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const repositoryRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/repositories",
    {
      schema: { summary: "Repositories", querystring: repositoriesQuery, response: { 200: repositoriesAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { instanceId, projectId, ...filter } = request.query;
      const { rows, total } = await listRepositories(app.db, viewerOf(request).scope, {
        ...filter,
        instanceId: instanceId as InstanceId | undefined,
        project: projectId as ProjectId | undefined,
      });
      const nameOf = await instanceNames(app.db, rows);
      return { rows: rows.map((row) => rowOf(row, nameOf)), total };
    },
  );

  server.get(
    "/api/projects",
    {
      schema: {
        summary: "Projects with repositories that are scanned, by name",
        querystring: projectsQuery,
        response: { 200: projectsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const instanceId = request.query.instanceId as InstanceId | undefined;
      return { projects: [...(await listWatchedProjects(app.db, viewerOf(request).scope, instanceId))] };
    },
  );

  server.get(
    "/api/repositories/:id",
    {
      schema: { summary: "One repository", params: idParams, response: { 200: repositoryAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const id = request.params.id as RepositoryId;
      const repository = await getRepositoryOverview(app.db, viewerOf(request).scope, id);
      if (!repository) throw notFound("repository");
      return rowOf(repository, await instanceNames(app.db, [repository]));
    },
  );

  server.post(
    "/api/repositories/:id/scan",
    {
      schema: { summary: "Scans its default branch now; the answer does not wait for it", params: idParams },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const repository = await getRepositoryOverview(app.db, viewer.scope, request.params.id as RepositoryId);
      if (!repository) throw notFound("repository");
      if (!repository.chosen) throw conflict("This repository is not scanned.", "Choose it in its instance first.");
      await inTransaction(app.db, async (tx) => {
        await askForRepositoryScan(app, tx, repository, { is: "person", name: viewer.name });
        await insertAuditEvent(tx, {
          actor: viewer.name,
          action: "scan-asked",
          subject: repository.name,
          instanceId: repository.instanceId,
        });
      });
      return reply.code(202).send();
    },
  );
};

async function instanceNames(
  db: Db,
  repositories: readonly RepositoryOverview[],
): Promise<ReadonlyMap<InstanceId, string>> {
  const ids = [...new Set(repositories.map(({ instanceId }) => instanceId))];
  const instances = await Promise.all(ids.map((id) => getInstance(db, id)));
  return new Map(instances.flatMap((instance) => (instance ? [[instance.id, instance.name] as const] : [])));
}

function rowOf(repository: RepositoryOverview, nameOf: ReadonlyMap<InstanceId, string>): RepositoryRow {
  const { openIssues, lastScan } = repository;
  return {
    id: repository.id,
    name: repository.name,
    kind: repository.kind,
    project: repository.projectName,
    projectId: repository.projectId,
    organization: repository.organizationName,
    instanceId: repository.instanceId,
    instance: nameOf.get(repository.instanceId) ?? "",
    defaultBranch: branchName(repository.defaultBranch),
    size: repository.size,
    isDisabled: repository.isDisabled,
    isFork: repository.isFork,
    isEmpty: repository.defaultBranch === undefined,
    chosen: repository.chosen,
    goneAt: toTime(repository.goneAt),
    webUrl: repository.webUrl,
    tags: [...repository.tags],
    openIssues: {
      critical: openIssues.critical,
      high: openIssues.high,
      medium: openIssues.medium,
      low: openIssues.low,
    },
    lastScan: lastScan
      ? {
          id: lastScan.id,
          startedAt: lastScan.started,
          finishedAt: lastScan.finished ?? null,
          outcome: lastScan.outcome ?? null,
        }
      : null,
  };
}
