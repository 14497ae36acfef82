/** Who is signed in; signing in and out. */
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { countUsers, findUserByName } from "#store/people/users.ts";
import type { Routes } from "../api-server.ts";
import { verifyPassword } from "../passwords.ts";
import { ProblemError } from "../problem-error.ts";
import { signInLimits } from "../sign-in-limits.ts";
import { type Session, sessionAnswer, signInBody } from "./contract.ts";

export const sessionRoutes: Routes = (server, parts) => {
  const { app, sessions } = parts;

  server.get(
    "/api/session",
    {
      schema: { summary: "Who is signed in", response: { 200: sessionAnswer } },
      config: { permission: "public" },
    },
    async ({ viewer }): Promise<Session> => ({
      user: viewer && { id: viewer.id, name: viewer.name, role: viewer.role },
      csrf: viewer?.csrf ?? "",
      firstStart: viewer === null && (await countUsers(app.db)) === 0,
      version: parts.version,
    }),
  );

  server.post(
    "/api/session",
    {
      schema: { summary: "Signs in by name and password", body: signInBody, response: { 200: sessionAnswer } },
      config: { permission: "public" },
      bodyLimit: 16 * 1024,
      preHandler: signInLimits(server),
    },
    async (request, reply): Promise<Session> => {
      const { name, password } = request.body;
      const user = await findUserByName(app.db, name);
      if (!(await verifyPassword(password, user?.passwordHash)) || !user) {
        request.log.warn({ address: request.ip }, "sign-in refused");
        throw new ProblemError(401, "wrong-password", "Name or password is wrong.");
      }
      const csrf = await sessions.begin(request, reply, user.id);
      await insertAuditEvent(app.db, { actor: user.name, action: "signed-in", subject: user.name });
      return {
        user: { id: user.id, name: user.name, role: user.role },
        csrf,
        firstStart: false,
        version: parts.version,
      };
    },
  );

  server.delete(
    "/api/session",
    { schema: { summary: "Signs out" }, config: { permission: "read" } },
    async (request, reply) => {
      await sessions.end(request, reply);
      return reply.code(204).send();
    },
  );
};
