/** API tokens of the signed-in person. */
import { deleteApiToken, insertApiToken, listApiTokens } from "#store/people/api-tokens.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { hashBearerSecret, newBearerSecret } from "../bearer-secret.ts";
import { invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import { createdTokenAnswer, createTokenBody, tokensAnswer } from "./contract.ts";

export const tokenRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/tokens",
    { schema: { summary: "Your API tokens", response: { 200: tokensAnswer } }, config: { permission: "read" } },
    async (request) => {
      const tokens = await listApiTokens(app.db, viewerOf(request).id);
      const rows = tokens.map(({ id, name, createdAt, expires }) => ({
        id,
        name,
        createdAt: toTime(createdAt),
        expires: toTime(expires),
      }));
      return { rows, total: rows.length };
    },
  );

  server.post(
    "/api/tokens",
    {
      schema: { summary: "Makes an API token", body: createTokenBody, response: { 201: createdTokenAnswer } },
      config: { permission: "read" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { name } = request.body;
      const expires = request.body.expires === undefined ? undefined : new Date(request.body.expires);
      if (expires && expires <= app.now()) throw invalid("#/expires", "must be in the future");
      const token = newBearerSecret("spt_");
      const { id } = await insertApiToken(app.db, { userId: viewer.id, name, hash: hashBearerSecret(token), expires });
      await insertAuditEvent(app.db, { actor: viewer.name, action: "token-made", subject: name });
      return reply.code(201).send({ id, token });
    },
  );

  server.delete(
    "/api/tokens/:id",
    { schema: { summary: "Revokes one of your API tokens", params: idParams }, config: { permission: "read" } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { id } = request.params;
      if (!(await deleteApiToken(app.db, viewer.id, id))) throw notFound("token");
      await insertAuditEvent(app.db, { actor: viewer.name, action: "token-revoked", subject: id });
      return reply.code(204).send();
    },
  );
};
