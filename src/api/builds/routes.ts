/** Builds that Azure DevOps reported as completed. */
import { listBuilds, type BuildRow as StoredBuild } from "#store/hooks/builds.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { branchName } from "../shapes/branch-name.ts";
import { toTime } from "../shapes/time.ts";
import { type BuildRow, buildsAnswer, buildsQuery } from "./contract.ts";

export const buildRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/builds",
    {
      schema: { summary: "Completed builds, newest first", querystring: buildsQuery, response: { 200: buildsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { rows, total } = await listBuilds(app.db, viewerOf(request).scope, request.query);
      return { rows: rows.map(rowOf), total };
    },
  );
};

function rowOf(build: StoredBuild): BuildRow {
  return {
    buildId: build.buildId,
    number: build.number,
    organization: build.organizationName,
    project: build.projectName ?? "",
    definition: build.definition,
    result: build.result,
    branch: branchName(build.branch),
    commit: build.commit ?? null,
    repository:
      build.repositoryId && build.repositoryName ? { id: build.repositoryId, name: build.repositoryName } : null,
    requestedBy: build.requestedBy ?? null,
    scanId: build.scanId ?? null,
    finishedAt: toTime(build.finishedAt),
    webUrl: build.webUrl ?? null,
  };
}
