/** The first page's figures. */
import { hookHealth } from "#store/hooks/hook-events.ts";
import { listInstances } from "#store/instances/instances.ts";
import { countIssues } from "#store/issues/issue-counts.ts";
import { issueTrend } from "#store/issues/issues.ts";
import { countScans } from "#store/scans/scans.ts";
import { countOpenSecrets } from "#store/secrets/secrets.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { toTime } from "../shapes/time.ts";
import { type Overview, overviewAnswer } from "./contract.ts";

const day = 24 * 60 * 60_000;

export const overviewRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/overview",
    {
      schema: { summary: "What is connected, open, scanned and delivered", response: { 200: overviewAnswer } },
      config: { permission: "read" },
    },
    async (request): Promise<Overview> => {
      const { scope } = viewerOf(request);
      const now = app.now();
      const [instances, openIssues, openSecrets, trend, scans, hooks] = await Promise.all([
        listInstances(app.db, scope),
        countIssues(app.db, scope),
        countOpenSecrets(app.db, scope),
        issueTrend(app.db, scope, 30, now),
        countScans(app.db, scope, new Date(now.getTime() - day)),
        hookHealth(app.db, scope),
      ]);
      const states = Map.groupBy(instances, ({ state }) => state);
      return {
        instances: [...states].map(([state, { length }]) => ({ state, count: length })),
        repositories: {
          chosen: instances.reduce((sum, { repositories }) => sum + repositories.chosen, 0),
          total: instances.reduce((sum, { repositories }) => sum + repositories.total, 0),
        },
        openIssues: openIssues.map(({ scanner, severity, count }) => ({ scanner, severity, count })),
        openSecrets,
        trend: trend.map(({ day, open, opened, fixed }) => ({ day, open, opened, fixed })),
        scans: { ...scans },
        hooks: {
          healthy: hooks.healthy,
          total: hooks.total,
          accepted: hooks.accepted,
          duplicates: hooks.duplicate,
          refused: hooks.refused,
          failedEvents: hooks.failedEvents,
          lastDeliveryAt: toTime(hooks.lastDeliveryAt),
        },
      };
    },
  );
};
