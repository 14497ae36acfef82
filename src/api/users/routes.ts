/** People who may sign in; administrators add them. */
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { getInstance } from "#store/instances/instances.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { listAccess, setAccess } from "#store/people/instance-access.ts";
import { deleteUser, getUser, insertUser, listUsers, setRole, type User } from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { hashPassword } from "../passwords.ts";
import { conflict, invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type CreateUserBody,
  createdUserAnswer,
  createUserBody,
  type EditUserBody,
  editUserBody,
  usersAnswer,
} from "./contract.ts";

export const userRoutes: Routes = (server, parts) => {
  server.get(
    "/api/users",
    {
      schema: { summary: "People who may sign in", response: { 200: usersAnswer } },
      config: { permission: "administer" },
    },
    async () => {
      const [users, access] = await Promise.all([listUsers(parts.app.db), listAccess(parts.app.db)]);
      const rows = users.map(({ createdAt, ...user }) => ({
        ...user,
        instances: [...(access.get(user.id) ?? [])],
        createdAt: toTime(createdAt),
      }));
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

  server.put(
    "/api/users/:id",
    {
      schema: { summary: "Changes what a person may do and see", params: idParams, body: editUserBody },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      await editUser(parts, viewerOf(request), request.params.id as UserId, request.body);
      return reply.code(204).send();
    },
  );

  server.delete(
    "/api/users/:id",
    {
      schema: { summary: "Removes a person, who is signed out; their API tokens end", params: idParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      await removeUser(parts, viewerOf(request), request.params.id as UserId);
      return reply.code(204).send();
    },
  );
};

async function addUser({ app }: Parts, by: string, body: CreateUserBody): Promise<string> {
  const { name, password, role, instances = [] } = body;
  const passwordHash = await hashPassword(password);
  return inTransaction(app.db, async (tx) => {
    const user = await insertUser(tx, { name, passwordHash, role });
    if (!user) throw conflict("There is somebody with this name already.");
    await giveAccess(tx, user.id, instances as InstanceId[]);
    await insertAuditEvent(tx, { actor: by, action: "user-added", subject: name, data: { role, instances } });
    return user.id;
  });
}

async function giveAccess(tx: Db, user: UserId, instances: readonly InstanceId[]): Promise<void> {
  for (const id of instances) {
    if (!(await getInstance(tx, id))) throw invalid("#/instances", `there is no instance ${id}`);
  }
  await setAccess(tx, user, instances);
}

async function editUser({ app }: Parts, viewer: Viewer, id: UserId, body: EditUserBody): Promise<void> {
  const { role, instances } = body;
  await inTransaction(app.db, async (tx) => {
    const { name } = await somebodyElse(tx, viewer, id);
    await setRole(tx, id, role);
    await giveAccess(tx, id, role === "member" ? (instances as InstanceId[]) : []);
    await insertAuditEvent(tx, {
      ...{ actor: viewer.name, action: "user-rights-changed", subject: name },
      data: { role, instances },
    });
  });
}

async function removeUser({ app }: Parts, viewer: Viewer, id: UserId): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const { name } = await somebodyElse(tx, viewer, id);
    await deleteUser(tx, id);
    await insertAuditEvent(tx, { actor: viewer.name, action: "user-removed", subject: name });
  });
}

/** Nobody takes rights away from themselves: so there is always an administrator left. */
async function somebodyElse(tx: Db, viewer: Viewer, id: UserId): Promise<User> {
  const user = await getUser(tx, id);
  if (!user) throw notFound("person");
  if (user.id === viewer.id) throw conflict("This is you.", "Another administrator can change your rights.");
  return user;
}
