/** People who may sign in; administrators add them. */
import type { InstanceId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import { insertUser, listUsers } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { hashPassword } from "../passwords.ts";
import { conflict, invalid } from "../problem-error.ts";
import { toTime } from "../shapes/time.ts";
import { type CreateUserBody, createdUserAnswer, createUserBody, usersAnswer } from "./contract.ts";

export const userRoutes: Routes = (server, parts) => {
  server.get(
    "/api/users",
    {
      schema: { summary: "People who may sign in", response: { 200: usersAnswer } },
      config: { permission: "administer" },
    },
    async () => {
      const users = await listUsers(parts.app.db);
      const rows = users.map(({ id, name, role, createdAt }) => ({ id, name, role, createdAt: toTime(createdAt) }));
      return { rows, total: rows.length };
    },
  );

  server.post(
    "/api/users",
    {
      schema: { summary: "Adds a person", body: createUserBody, response: { 201: createdUserAnswer } },
      config: { permission: "administer" },
    },
    async (request, reply) => reply.code(201).send({ id: await addUser(parts, viewerOf(request).name, request.body) }),
  );
};

async function addUser({ app }: Parts, by: string, body: CreateUserBody): Promise<string> {
  const { name, password, role, instances = [] } = body;
  const passwordHash = await hashPassword(password);
  return inTransaction(app.db, async (tx) => {
    const user = await insertUser(tx, { name, passwordHash, role });
    if (!user) throw conflict("There is somebody with this name already.");
    for (const id of instances as InstanceId[]) {
      if (!(await getInstance(tx, id))) throw invalid("#/instances", `there is no instance ${id}`);
      await grantAccess(tx, user.id, id);
    }
    await insertAuditEvent(tx, { actor: by, action: "user-added", subject: name, data: { role, instances } });
    return user.id;
  });
}
