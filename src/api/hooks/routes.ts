/**
 * Where Azure DevOps delivers. Outside of everything that people's requests pass: no session, no rate limit, no JSON
 * parsing before the secret is proven, no line in the log for each delivery.
 */
import type { FastifyInstance } from "fastify";
import type { Counter } from "prom-client";
import type { App } from "#flows/app.ts";
import { createHookReceiver } from "#flows/service-hooks/receive-hook.ts";

const bodyLimit = 5 * 1024 * 1024;

const outcomes = { 200: "accepted", 401: "refused", 404: "unknown", 503: "unavailable" } as const;

/** Must be registered in a context of its own: it replaces the body parsers. */
export function hookRoutes(server: FastifyInstance, app: App, deliveries: Counter<"outcome">): void {
  const receiver = createHookReceiver(app);
  const nothing = Buffer.alloc(0);
  // The receiver logs by itself: no logger is made for each delivery.
  server.setChildLoggerFactory((logger) => logger);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) => done(null, body));

  server.post<{ Params: { key: string } }>(
    "/hooks/:key",
    {
      schema: { summary: "Receives a service-hook delivery of Azure DevOps (basic authentication)" },
      config: { permission: "public" },
      bodyLimit,
    },
    async (request, reply) => {
      const { status } = await receiver.receive({
        key: request.params.key,
        authorization: request.headers.authorization,
        body: Buffer.isBuffer(request.body) ? request.body : nothing,
      });
      deliveries.inc({ outcome: outcomes[status] });
      if (status === 401) reply.header("www-authenticate", 'Basic realm="sallyport"');
      if (status === 503) reply.header("retry-after", "5");
      return reply.code(status).send();
    },
  );
}
