/** Posture of organizations: how it stands, what rules say in detail, what can be looked at, and by which measure. */
import { Readable } from "node:stream";
import { askForPosture } from "#flows/posture/ask-for-posture.ts";
import { postureRuleWords } from "#flows/posture/rule-words.ts";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { listPosture, listPostureProjects } from "#store/posture/list-posture.ts";
import { allResults, countResults, listResults, type ResultCount } from "#store/posture/list-posture-results.ts";
import { listFactStates } from "#store/posture/posture-facts.ts";
import { postureTrend } from "#store/posture/posture-runs.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound } from "../problem-error.ts";
import { type Cell, mapRows, rowsAsCsv, rowsAsJson } from "../shapes/export-rows.ts";
import type { Viewer } from "../viewer.ts";
import {
  capabilityAnswer,
  organizationParams,
  type Posture,
  postureAnswer,
  postureListAnswer,
  postureQuery,
  postureRuleAnswer,
  postureRuleParams,
  postureRulesAnswer,
  type ResultRow,
  type ResultsQuery,
  resultsAnswer,
  resultsExportQuery,
  resultsQuery,
} from "./contract.ts";
import { capabilityOf, factRows } from "./facts-of.ts";
import { organizationFor } from "./organization-for.ts";
import { countedOf, organizationRow, resultRowOf } from "./row-of.ts";
import { ruleRow, ruleRows, rulesNamed } from "./rule-rows.ts";
import { postureSettingsRoutes } from "./settings-routes.ts";

export const postureRoutes: Routes = (server, parts) => {
  overviewRoutes(server, parts);
  resultRoutes(server, parts);
  exportRoutes(server, parts);
  ruleRoutes(server, parts);
  capabilityRoutes(server, parts);
  refreshRoutes(server, parts);
  postureSettingsRoutes(server, parts);
};

function overviewRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/posture",
    {
      schema: { summary: "Organizations with how their posture stands", response: { 200: postureListAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const [rows, counts] = await Promise.all([listPosture(app.db, scope), countResults(app.db, scope)]);
      const byOrganization = Map.groupBy(counts, ({ organizationId }) => organizationId);
      return { rows: rows.map((row) => organizationRow(row, byOrganization.get(row.id) ?? [])) };
    },
  );

  server.get(
    "/api/organizations/:id/posture",
    {
      schema: {
        summary: "Posture of an organization by category, over time, and what is known of it",
        ...{ params: organizationParams, querystring: postureQuery, response: { 200: postureAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => postureOf(parts, viewerOf(request), request.params.id, request.query.days),
  );
}

async function postureOf(parts: Parts, viewer: Viewer, id: string, days: number): Promise<Posture> {
  const { db } = parts.app;
  const overview = await organizationFor(parts, viewer, id);
  const [counts, trend, states, projects] = await Promise.all([
    countResults(db, viewer.scope, { organizationId: overview.id }),
    postureTrend(db, viewer.scope, overview.id, { days, now: parts.app.now() }),
    listFactStates(db, viewer.scope, overview.id),
    listPostureProjects(db, overview.id),
  ]);
  return {
    ...organizationRow(overview, counts),
    categories: categoriesOf(counts),
    trend: [...trend],
    facts: factRows(states),
    projects: [...projects],
    gaps: [...(overview.lastRun?.gaps ?? [])],
  };
}

function categoriesOf(counts: readonly ResultCount[]): Posture["categories"] {
  const rules = Map.groupBy(postureRuleWords(), ({ category }) => category);
  const byCategory = Map.groupBy(counts, ({ category }) => category);
  const all = [...new Set([...rules.keys(), ...byCategory.keys()])];
  return all.map((category) => {
    const counted = countedOf(byCategory.get(category) ?? []);
    return { category, rules: rules.get(category)?.length ?? 0, ...counted };
  });
}

function resultRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/organizations/:id/posture/results",
    {
      schema: {
        summary: "Answers of rules: the worst failures first, then what was not evaluated, then what passes",
        ...{ params: organizationParams, querystring: resultsQuery, response: { 200: resultsAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id } = await organizationFor(parts, viewer, request.params.id);
      return resultsOf(parts, viewer, id, request.query);
    },
  );
}

async function resultsOf(
  { app, findRule }: Parts,
  { scope }: Viewer,
  organizationId: OrganizationId,
  { offset = 0, limit = 50, ...query }: ResultsQuery,
): Promise<{ rows: ResultRow[]; total: number }> {
  const page = { ...criteriaOf(organizationId, query), offset, limit };
  const { rows, total } = await listResults(app.db, scope, page);
  return { rows: rows.map((row) => resultRowOf(row, findRule)), total };
}

function criteriaOf(organizationId: OrganizationId, { projectId, ...filter }: Omit<ResultsQuery, "offset" | "limit">) {
  const named = rulesNamed(filter.search);
  return { ...filter, organizationId, named, projectId: projectId as ProjectId | undefined };
}

const columns: Readonly<Record<string, (row: ResultRow) => Cell>> = {
  rule: ({ rule }) => rule,
  title: ({ title }) => title,
  category: ({ category }) => category,
  project: ({ project }) => project?.name ?? null,
  resourceKind: ({ resource }) => resource.kind,
  resource: ({ resource }) => resource.name,
  resourceId: ({ resource }) => resource.id,
  url: ({ resource }) => resource.url,
  answer: ({ answer }) => answer,
  severity: ({ severity }) => severity,
  severityBecause: ({ severityBecause }) => severityBecause,
  reason: ({ reason }) => reason,
  fix: ({ fix }) => fix,
  evidence: ({ evidence }) => evidence.map(({ what }) => what).join("; "),
  since: ({ since }) => since,
  judgedAt: ({ judgedAt }) => judgedAt,
  source: ({ source }) => source,
  issue: ({ issue }) => issue?.id ?? null,
  issueState: ({ issue }) => issue?.state ?? null,
};

function exportRoutes(server: ApiServer, parts: Parts): void {
  for (const [ending, type] of [["csv", "text/csv; charset=utf-8"] as const, ["json", "application/json"] as const]) {
    server.get(
      `/api/organizations/:id/posture/results.${ending}`,
      {
        schema: {
          summary: `Answers of rules as ${ending.toUpperCase()}`,
          ...{ params: organizationParams, querystring: resultsExportQuery, produces: [type] },
        },
        config: { permission: "read" },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { id } = await organizationFor(parts, viewer, request.params.id);
        const all = allResults(parts.app.db, viewer.scope, criteriaOf(id, request.query));
        const rows = mapRows(all, (row) => resultRowOf(row, parts.findRule));
        return reply
          .type(type)
          .header("content-disposition", `attachment; filename="posture-${id}.${ending}"`)
          .send(Readable.from(ending === "csv" ? rowsAsCsv(rows, columns) : rowsAsJson(rows)));
      },
    );
  }
}

function ruleRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/organizations/:id/posture/rules",
    {
      schema: {
        summary: "All rules with how they are answered, those with the worst failures first",
        ...{ params: organizationParams, querystring: resultsExportQuery, response: { 200: postureRulesAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id } = await organizationFor(parts, viewer, request.params.id);
      const { projectId, ...filter } = request.query;
      const counts = await countResults(app.db, viewer.scope, {
        ...{ ...filter, organizationId: id, named: rulesNamed(filter.search) },
        projectId: projectId as ProjectId | undefined,
      });
      return { rows: ruleRows(counts, Object.keys(request.query).length > 0) };
    },
  );

  server.get(
    "/api/organizations/:id/posture/rules/:rule",
    {
      schema: {
        summary: "What a rule says, and its answers (by id or alias; the id's slash is url-encoded)",
        ...{ params: postureRuleParams, querystring: resultsQuery, response: { 200: postureRuleAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id } = await organizationFor(parts, viewer, request.params.id);
      const counts = await countResults(app.db, viewer.scope, { organizationId: id });
      const rule = ruleRow(request.params.rule, counts);
      if (!rule) throw notFound("rule");
      return { rule, results: await resultsOf(parts, viewer, id, { ...request.query, rule: rule.id }) };
    },
  );
}

function capabilityRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/organizations/:id/posture/capability",
    {
      schema: {
        summary: "Which rules the credential can feed: by fact, those that wait for it",
        ...{ params: organizationParams, response: { 200: capabilityAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id } = await organizationFor(parts, viewer, request.params.id);
      return capabilityOf(await listFactStates(parts.app.db, viewer.scope, id), postureRuleWords());
    },
  );
}

function refreshRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/organizations/:id/posture/refresh",
    {
      schema: { summary: "Looks at the settings now; the answer does not wait for it", params: organizationParams },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const organization = await organizationFor(parts, viewer, request.params.id);
      if (!organization.enabled) throw conflict("Looking at settings is switched off for this instance.");
      const instance = await getInstance(app.db, organization.instanceId);
      if (instance?.state === "disabled") throw conflict("This instance is paused, or being deleted.");
      await askForPosture(app, organization);
      await insertAuditEvent(app.db, {
        ...{ actor: viewer.name, action: "posture-asked", subject: organization.name },
        ...{ instanceId: organization.instanceId, at: app.now() },
      });
      return reply.code(202).send();
    },
  );
}
