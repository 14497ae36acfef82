/** Dashboards, and their parts as CSV. */
import { freshenFigures } from "#flows/figures/refresh-figures.ts";
import type { InstanceId, ProjectId } from "#model/ids.ts";
import type { FigureFilter } from "#store/figures/dashboards.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { invalid } from "../problem-error.ts";
import { type DashboardsQuery, dashboardsAnswer, dashboardsCsvQuery, dashboardsQuery } from "./contract.ts";
import { readDashboards } from "./read-dashboards.ts";
import { toCsv } from "./to-csv.ts";

export const dashboardRoutes: Routes = (server, parts) => {
  const { app } = parts;
  server.get(
    "/api/dashboards",
    {
      schema: {
        summary: "What became of what was found, how fast, and where nobody looks",
        querystring: dashboardsQuery,
        response: { 200: dashboardsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      await freshenFigures(app);
      return readDashboards(parts, viewerOf(request).scope, filterOf(request.query, app.now()));
    },
  );

  server.get(
    "/api/dashboards.csv",
    {
      schema: { summary: "One part of it as CSV", querystring: dashboardsCsvQuery, produces: ["text/csv"] },
      config: { permission: "read" },
    },
    async (request, reply) => {
      const { part, ...query } = request.query;
      await freshenFigures(app);
      const dashboards = await readDashboards(parts, viewerOf(request).scope, filterOf(query, app.now()));
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="${part}-${dashboards.from}-${dashboards.to}.csv"`)
        .send(toCsv(dashboards, part));
    },
  );
};

const day = 24 * 60 * 60_000;
const usualDays = 90;
/** Older days are not kept. */
const mostDays = 400;

function filterOf({ instanceId, projectId, tag, from, to }: DashboardsQuery, now: Date): FigureFilter {
  const last = to ?? dayOf(now);
  const first = from ?? dayOf(new Date(Date.parse(last) - (usualDays - 1) * day));
  const days = (Date.parse(last) - Date.parse(first)) / day;
  if (!(days >= 0)) throw invalid("#/from", "must not be after `to`");
  if (days > mostDays) throw invalid("#/from", `must be at most ${mostDays} days before \`to\``);
  return {
    instanceId: instanceId as InstanceId | undefined,
    projectId: projectId as ProjectId | undefined,
    ...{ tag, from: first, to: last },
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
