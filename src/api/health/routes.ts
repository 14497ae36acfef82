/** For load balancers (healthz: the process answers; readyz: the database does too) and for Prometheus. */
import type { Registry } from "prom-client";
import { countUsers } from "#store/people/users.ts";
import type { ApiServer, Parts } from "../api-server.ts";
import { healthAnswer } from "./contract.ts";

export function healthRoutes(server: ApiServer, { app }: Parts, registry: Registry): void {
  server.get(
    "/healthz",
    {
      schema: { summary: "Whether the process answers", response: { 200: healthAnswer } },
      config: { permission: "public" },
    },
    async () => ({ status: "ok" as const }),
  );

  server.get(
    "/readyz",
    {
      schema: { summary: "Whether the database answers too", response: { 200: healthAnswer, 503: healthAnswer } },
      config: { permission: "public" },
    },
    async (request, reply) => {
      try {
        await countUsers(app.db);
        return { status: "ok" as const };
      } catch (error) {
        request.log.warn({ err: error }, "not ready");
        return reply.code(503).send({ status: "unavailable" as const });
      }
    },
  );

  server.get(
    "/metrics",
    {
      schema: {
        summary: "Figures for Prometheus; for administrators and programs on this machine",
        produces: ["text/plain"],
      },
      config: { permission: "monitor" },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
