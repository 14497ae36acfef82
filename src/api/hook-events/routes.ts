/** Deliveries that were received. */
import { listHookEvents } from "#store/hooks/hook-events.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { toTime } from "../shapes/time.ts";
import { hookEventsAnswer, hookEventsQuery } from "./contract.ts";

export const hookEventRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/hook-events",
    {
      schema: {
        summary: "Deliveries that were received, newest first",
        querystring: hookEventsQuery,
        response: { 200: hookEventsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { rows, total } = await listHookEvents(app.db, viewerOf(request).scope, request.query);
      return {
        rows: rows.map(({ id, instanceId, eventType, receivedAt, state, note }) => ({
          id,
          instanceId,
          eventType,
          receivedAt: toTime(receivedAt),
          state: state === "received" ? ("pending" as const) : state,
          note: note ?? null,
        })),
        total,
      };
    },
  );
};
