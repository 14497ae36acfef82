/** Attack paths: a list, one edge by edge with its cut, and all of them to take away. */
import { Readable } from "node:stream";
import { postureRule } from "#flows/posture/rule-words.ts";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { PathNode } from "#model/posture/attack-path.ts";
import {
  allAttackPaths,
  getAttackPath,
  listAttackPaths,
  type PathCriteria,
  type StoredPath,
} from "#store/posture/attack-paths.ts";
import { findSettingsIssue } from "#store/posture/list-posture-results.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { evidenceOf } from "../shapes/evidence.ts";
import { type Cell, mapRows, rowsAsCsv, rowsAsJson } from "../shapes/export-rows.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type AttackPathDetail,
  type AttackPathRow,
  type AttackPathsQuery,
  attackPathAnswer,
  attackPathParams,
  attackPathsAnswer,
  attackPathsExportQuery,
  attackPathsQuery,
  type PathNodeRow,
} from "./contract.ts";

export const attackPathRoutes: Routes = (server, parts) => {
  listRoutes(server, parts);
  exportRoutes(server, parts);
  detailRoutes(server, parts);
};

function listRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/attack-paths",
    {
      schema: {
        summary: "Attack paths, the worst first",
        ...{ querystring: attackPathsQuery, response: { 200: attackPathsAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { rows, total } = await pathsOf(parts, viewerOf(request), request.query);
      return { rows: rows.map((row) => rowOf(parts, row)), total };
    },
  );
}

async function pathsOf({ app }: Parts, { scope }: Viewer, { offset = 0, limit = 50, ...query }: AttackPathsQuery) {
  return listAttackPaths(app.db, scope, { ...criteriaOf(query), offset, limit });
}

function criteriaOf({
  instanceId,
  organizationId,
  projectId,
  ...filter
}: Omit<AttackPathsQuery, "offset" | "limit">): PathCriteria {
  return {
    ...filter,
    instanceId: instanceId as InstanceId | undefined,
    organizationId: organizationId as OrganizationId | undefined,
    projectId: projectId as ProjectId | undefined,
  };
}

function rowOf({ findRule }: Pick<Parts, "findRule">, stored: StoredPath): AttackPathRow {
  const { organizationId, organizationName, instanceId, path, firstSeen, seenAt, goneAt } = stored;
  const { id, rule, severity, certainty, entry, target, edges, alternatives, cut } = path;
  return {
    ...{ id, organizationId, organization: organizationName, instanceId, rule, severity, certainty, alternatives },
    title: findRule(rule)?.title ?? rule,
    ...{ entry: nodeOf(entry), target: nodeOf(target), steps: edges.length },
    cut: { changes: cut.changes.length, isComplete: cut.isComplete, first: cut.changes[0]?.what ?? null },
    ...{ firstSeen: toTime(firstSeen), seenAt: toTime(seenAt), goneAt: toTime(goneAt) },
  };
}

function nodeOf({ kind, id, name, projectId, url }: PathNode): PathNodeRow {
  return { kind, id, name, projectId: projectId ?? null, url: url ?? null };
}

const columns: Readonly<Record<string, (row: AttackPathDetail) => Cell>> = {
  id: ({ id }) => id,
  organization: ({ organization }) => organization,
  severity: ({ severity }) => severity,
  certainty: ({ certainty }) => certainty,
  title: ({ title }) => title,
  entry: ({ entry }) => entry.name,
  target: ({ target }) => target.name,
  edges: ({ edges }) => edges.map(({ says }) => says).join(" "),
  alternatives: ({ alternatives }) => alternatives,
  cut: ({ changes }) => changes.map(({ what }) => what).join(" "),
  cutIsComplete: ({ cut }) => cut.isComplete,
  firstSeen: ({ firstSeen }) => firstSeen,
  seenAt: ({ seenAt }) => seenAt,
  goneAt: ({ goneAt }) => goneAt,
};

function exportRoutes(server: ApiServer, parts: Parts): void {
  for (const [ending, type] of [["csv", "text/csv; charset=utf-8"] as const, ["json", "application/json"] as const]) {
    server.get(
      `/api/attack-paths.${ending}`,
      {
        schema: {
          summary: `Attack paths with their edges as ${ending.toUpperCase()}`,
          ...{ querystring: attackPathsExportQuery, produces: [type] },
        },
        config: { permission: "read" },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const all = allAttackPaths(parts.app.db, viewer.scope, criteriaOf(request.query));
        const rows = mapRows(all, (row) => detailOf(parts, row));
        return reply
          .type(type)
          .header("content-disposition", `attachment; filename="attack-paths.${ending}"`)
          .send(Readable.from(ending === "csv" ? rowsAsCsv(rows, columns) : rowsAsJson(rows)));
      },
    );
  }
}

function detailRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/organizations/:id/attack-paths/:path",
    {
      schema: {
        summary: "One attack path: every edge with what proves it, and the settings that end it",
        ...{ params: attackPathParams, response: { 200: attackPathAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const { id, path } = request.params;
      const found = await getAttackPath(app.db, scope, id as OrganizationId, path);
      if (!found) throw notFound("attack path");
      const { organizationId, path: about } = found;
      const issue = await findSettingsIssue(app.db, { organizationId, rule: about.rule, resourceId: about.id });
      return { ...detailOf(parts, found), issue: issue ?? null };
    },
  );
}

function detailOf(parts: Pick<Parts, "findRule">, stored: StoredPath): AttackPathDetail {
  const { rule, edges, cut } = stored.path;
  const words = postureRule(rule) ?? parts.findRule(rule);
  return {
    ...rowOf(parts, stored),
    ...{ why: words?.why ?? null, fix: words?.fix ?? null, issue: null },
    edges: edges.map(({ is, from, to, says, guards, certainty, evidence }) => ({
      ...{ is, from: nodeOf(from), to: nodeOf(to), says, guards: [...guards], certainty },
      evidence: evidence.map(evidenceOf),
    })),
    changes: cut.changes.map(({ edge, what, url, closes, of, sideEffects }) => ({
      ...{ edge, what, url: url ?? null, closes, of },
      sideEffects: { ...sideEffects, pipelines: [...sideEffects.pipelines] },
    })),
  };
}
