/** Who did what. */
import { listAuditEvents } from "#store/people/audit-events.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { toTime } from "../shapes/time.ts";
import { auditAnswer, auditQuery } from "./contract.ts";

export const auditRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/audit",
    {
      schema: { summary: "Who did what, newest first", querystring: auditQuery, response: { 200: auditAnswer } },
      config: { permission: "administer" },
    },
    async (request) => {
      const { rows, total } = await listAuditEvents(app.db, viewerOf(request).scope, request.query);
      return {
        rows: rows.map(({ id, at, actor, action, subject, data }) => ({
          id,
          at: toTime(at),
          actor,
          action,
          subject,
          data: data as Record<string, unknown>,
        })),
        total,
      };
    },
  );
};
