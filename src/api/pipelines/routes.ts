/** Pipelines of organizations: a list, one with its bill, results, runs and older bills, and all of it to take away. */
import { Readable } from "node:stream";
import { billFormats } from "#flows/posture/bill-formats.ts";
import { runAtAGlance } from "#flows/posture/overview-of-pipeline.ts";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import { listAttackPaths } from "#store/posture/attack-paths.ts";
import { listResults } from "#store/posture/list-posture-results.ts";
import { listBills } from "#store/posture/pipeline-bills.ts";
import {
  allPipelines,
  listPipelines,
  type PipelineCriteria,
  type PipelineRow as StoredPipeline,
} from "#store/posture/pipelines.ts";
import { listKnownRuns } from "#store/posture/posture-facts.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { resultRowOf } from "../posture/row-of.ts";
import { notFound } from "../problem-error.ts";
import { type Cell, mapRows, rowsAsCsv, rowsAsJson } from "../shapes/export-rows.ts";
import type { Viewer } from "../viewer.ts";
import {
  billAnswer,
  billParams,
  type PipelineDetail,
  type PipelineRow,
  type PipelinesQuery,
  pipelineAnswer,
  pipelineParams,
  pipelinesAnswer,
  pipelinesExportQuery,
  pipelinesQuery,
} from "./contract.ts";
import { billDetailOf, billsOf, pipelineRowOf, runOf } from "./row-of.ts";

export const pipelineRoutes: Routes = (server, parts) => {
  listRoutes(server, parts);
  exportRoutes(server, parts);
  detailRoutes(server, parts);
  billRoutes(server, parts);
};

/** More are found by their filters. */
const mostListed = 500;

function listRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/pipelines",
    {
      schema: {
        summary: "Pipelines, those with the worst risks first",
        ...{ querystring: pipelinesQuery, response: { 200: pipelinesAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => pipelinesOf(parts, viewerOf(request), request.query),
  );
}

async function pipelinesOf(
  { app }: Parts,
  { scope }: Viewer,
  { sort, offset = 0, limit = 50, ...query }: PipelinesQuery,
): Promise<{ rows: PipelineRow[]; total: number }> {
  const { rows, total } = await listPipelines(app.db, scope, { ...criteriaOf(query), sort, offset, limit });
  return { rows: rows.map(pipelineRowOf), total };
}

function criteriaOf({
  instanceId,
  organizationId,
  projectId,
  ...filter
}: Omit<PipelinesQuery, "sort" | "offset" | "limit">): PipelineCriteria {
  return {
    ...filter,
    instanceId: instanceId as InstanceId | undefined,
    organizationId: organizationId as OrganizationId | undefined,
    projectId: projectId as ProjectId | undefined,
  };
}

const columns: Readonly<Record<string, (row: PipelineRow) => Cell>> = {
  organization: ({ organization }) => organization,
  project: ({ project }) => project.name,
  definition: ({ definitionId }) => definitionId,
  name: ({ name }) => name,
  folder: ({ folder }) => folder,
  kind: ({ kind }) => kind,
  enabled: ({ isEnabled }) => isEnabled,
  repository: ({ repository }) => repository.name,
  path: ({ source }) => source?.path ?? null,
  commit: ({ source }) => source?.commit ?? null,
  starts: ({ starts }) => starts.join("; "),
  identity: ({ identity }) => identity.name,
  reach: ({ identity }) => identity.reach,
  pullRequests: ({ exposure }) => exposure.pullRequests.is,
  forks: ({ exposure }) => exposure.forks.is,
  openBranches: ({ exposure }) => exposure.openBranches.is,
  webhooks: ({ exposure }) => exposure.webhooks.is,
  injections: ({ exposure }) => exposure.injections.length,
  critical: ({ risks }) => risks.critical,
  high: ({ risks }) => risks.high,
  medium: ({ risks }) => risks.medium,
  low: ({ risks }) => risks.low,
  notEvaluated: ({ risks }) => risks.notEvaluated,
  attackPaths: ({ attackPaths }) => attackPaths,
  lastRun: ({ lastRun }) => lastRun?.at ?? null,
  lastResult: ({ lastRun }) => lastRun?.result ?? null,
  url: ({ url }) => url,
  judgedAt: ({ judgedAt }) => judgedAt,
};

function exportRoutes(server: ApiServer, parts: Parts): void {
  for (const [ending, type] of [["csv", "text/csv; charset=utf-8"] as const, ["json", "application/json"] as const]) {
    server.get(
      `/api/pipelines.${ending}`,
      {
        schema: {
          summary: `Pipelines as ${ending.toUpperCase()}`,
          ...{ querystring: pipelinesExportQuery, produces: [type] },
        },
        config: { permission: "read" },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const rows = mapRows(allPipelines(parts.app.db, viewer.scope, criteriaOf(request.query)), pipelineRowOf);
        return reply
          .type(type)
          .header("content-disposition", `attachment; filename="pipelines.${ending}"`)
          .send(Readable.from(ending === "csv" ? rowsAsCsv(rows, columns) : rowsAsJson(rows)));
      },
    );
  }
}

interface Named {
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  readonly definitionId: number;
}

function namedBy({ id, projectId, definitionId }: { id: string; projectId: string; definitionId: number }): Named {
  return { organizationId: id as OrganizationId, projectId: projectId as ProjectId, definitionId };
}

async function pipelineFor({ app }: Parts, { scope }: Viewer, named: Named): Promise<StoredPipeline> {
  const { rows } = await listPipelines(app.db, scope, { ...named, offset: 0, limit: 1 });
  if (!rows[0]) throw notFound("pipeline");
  return rows[0];
}

function detailRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/organizations/:id/pipelines/:projectId/:definitionId",
    {
      schema: {
        summary: "One pipeline: its bill of materials, what rules say of it and its runs, and what it was before",
        ...{ params: pipelineParams, response: { 200: pipelineAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => detailOf(parts, viewerOf(request), namedBy(request.params)),
  );
}

async function detailOf(parts: Parts, viewer: Viewer, named: Named): Promise<PipelineDetail> {
  const { app, findRule } = parts;
  const { scope } = viewer;
  const pipeline = await pipelineFor(parts, viewer, named);
  const page = { ...named, offset: 0, limit: mostListed };
  const [bills, results, runs, paths] = await Promise.all([
    listBills(app.db, scope, named),
    listResults(app.db, scope, page),
    listKnownRuns(app.db, scope, named),
    listAttackPaths(app.db, scope, page),
  ]);
  return {
    ...pipelineRowOf(pipeline),
    uses: pipeline.about.uses.map((one) => ({ ...one })),
    gaps: [...pipeline.about.gaps],
    ...billsOf(bills),
    results: results.rows.map((row) => resultRowOf(row, findRule)),
    runs: runs.map((run) => runOf(runAtAGlance(run))),
    paths: paths.rows.map(({ path: { id, rule, severity } }) => ({
      id,
      title: findRule(rule)?.title ?? rule,
      severity,
    })),
  };
}

function billRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const base = "/api/organizations/:id/pipelines/:projectId/:definitionId";
  server.get(
    `${base}/bills/:billId`,
    {
      schema: {
        summary: "A bill of materials, and how it differs from the one before it",
        ...{ params: billParams, response: { 200: billAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const bills = await listBills(app.db, viewerOf(request).scope, namedBy(request.params));
      const found = billDetailOf(bills, request.params.billId);
      if (!found) throw notFound("bill");
      return found;
    },
  );

  const formats = {
    json: ["The bill of materials as JSON", "application/json", billFormats.json],
    "cdx.json": [
      "The bill of materials as CycloneDX 1.6",
      "application/vnd.cyclonedx+json; version=1.6",
      billFormats.cyclonedx,
    ],
  } as const;
  for (const [ending, [summary, type, write]] of Object.entries(formats)) {
    server.get(
      `${base}/bill.${ending}`,
      { schema: { summary, params: pipelineParams, produces: [type] }, config: { permission: "read" } },
      async (request, reply) => {
        const named = namedBy(request.params);
        const [newest] = await listBills(app.db, viewerOf(request).scope, named);
        if (!newest) throw notFound("bill");
        const name = `pipeline-${named.definitionId}.${ending}`;
        return reply
          .type(type)
          .header("content-disposition", `attachment; filename="${name}"`)
          .send(write(newest.bill, { at: newest.seenAt, version: parts.version }));
      },
    );
  }
}
