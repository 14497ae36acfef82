/** First start: the holder of the printed address becomes the first administrator, once. */
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { takeSignInLink } from "#store/people/sign-in-links.ts";
import { countUsers, insertUser, type User } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import type { Parts, Routes } from "../api-server.ts";
import { hashBearerSecret } from "../bearer-secret.ts";
import { conflict, ProblemError } from "../problem-error.ts";
import { sessionAnswer } from "../session/contract.ts";
import { oneTimeLimit } from "../sign-in-limits.ts";
import { type FirstAdministratorBody, firstAdministratorBody } from "./contract.ts";

export const firstAdministratorRoutes: Routes = (server, parts) => {
  server.post(
    "/api/first-administrator",
    {
      schema: {
        summary: "Makes the first administrator with the one-time address that the server printed, and signs in",
        body: firstAdministratorBody,
        response: { 200: sessionAnswer },
      },
      config: { permission: "public" },
      bodyLimit: 16 * 1024,
      preHandler: oneTimeLimit(server),
    },
    async (request, reply) => {
      const user = await createFirstAdministrator(parts, request.body);
      const csrf = await parts.sessions.begin(request, reply, user.id);
      return {
        user: { id: user.id, name: user.name, role: user.role },
        csrf,
        firstStart: false,
        version: parts.version,
      };
    },
  );
};

async function createFirstAdministrator({ app, passwords }: Parts, body: FirstAdministratorBody): Promise<User> {
  if ((await countUsers(app.db)) > 0)
    throw conflict("There is an administrator already.", "Sign in with name and password.");
  const passwordHash = await passwords.hash(body.password);
  return inTransaction(app.db, async (tx) => {
    const link = await takeSignInLink(tx, hashBearerSecret(body.token), app.now());
    if (link?.purpose !== "first-administrator") {
      throw new ProblemError(403, "forbidden", "This one-time address is wrong, used or too old.", {
        detail: "Start the server again: it prints a new one as long as there is no administrator.",
      });
    }
    const user = await insertUser(tx, { name: body.name, passwordHash, role: "administrator" });
    if (!user) throw conflict("There is somebody with this name already.");
    await insertAuditEvent(tx, { actor: user.name, action: "administrator-created", subject: user.name });
    return user;
  });
}
