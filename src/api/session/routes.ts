/** Who is signed in; signing in and out, and with what. */
import type { FastifyRequest } from "fastify";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { countUsers, findUserByName, lockPassword } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { invalid, ProblemError } from "../problem-error.ts";
import { replacePassword } from "../replace-password.ts";
import { ownPasswordLimit, signInLimits } from "../sign-in-limits.ts";
import { type ChangePasswordBody, changePasswordBody, type Session, sessionAnswer, signInBody } from "./contract.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
export const sessionRoutes: Routes = (server, parts) => {
  const { app, passwords, sessions } = parts;

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
      if (!(await passwords.verify(password, user?.passwordHash)) || !user) {
        throw refuseSignIn(request);
      }
      const csrf = await inTransaction(app.db, async (tx) => {
        // It may have been changed while it was compared: that ended the sessions of then, and this would be one more.
        if (!(await lockPassword(tx, user))) throw refuseSignIn(request);
        await insertAuditEvent(tx, { actor: user.name, action: "signed-in", subject: user.name });
        return sessions.begin(request, reply, user.id, tx);
      });
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

  server.put(
    "/api/session/password",
    {
      schema: {
        summary: "Changes your password; your other sessions end, your API tokens stay",
        body: changePasswordBody,
      },
      config: { permission: "read" },
      bodyLimit: 16 * 1024,
      preHandler: ownPasswordLimit(server),
    },
    async (request, reply) => {
      await changePassword(parts, request, request.body);
      return reply.code(204).send();
    },
  );
};

function refuseSignIn(request: FastifyRequest): ProblemError {
  request.log.warn({ address: request.ip }, "sign-in refused");
  return new ProblemError(401, "wrong-password", "Name or password is wrong.");
}

async function changePassword(
  { app, passwords, sessions }: Parts,
  request: FastifyRequest,
  { current, password }: ChangePasswordBody,
): Promise<void> {
  const { name } = viewerOf(request);
  const user = await findUserByName(app.db, name);
  if (!(await passwords.verify(current, user?.passwordHash)) || !user) {
    throw refuseChange(request);
  }
  const passwordHash = await passwords.hash(password);
  await inTransaction(app.db, async (tx) => {
    if (!(await lockPassword(tx, user))) throw refuseChange(request);
    await replacePassword(tx, user, { passwordHash, by: name, kept: sessions.idOf(request) });
  });
}

function refuseChange(request: FastifyRequest): ProblemError {
  request.log.warn({ address: request.ip }, "change of a password refused");
  return invalid("#/current", "is not your password");
}
