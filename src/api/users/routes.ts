/** People who may sign in; administrators add them. */
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { getInstance } from "#store/instances/instances.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { listAccess, setAccess } from "#store/people/instance-access.ts";
import { deleteSessionsOf } from "#store/people/sessions.ts";
import {
  deleteUser,
  getUser,
  insertUser,
  listUsers,
  lockAdministrators,
  setRole,
  type User,
} from "#store/people/users.ts";
import { inTransaction } from "#store/transaction.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, invalid, notFound, ProblemError } from "../problem-error.ts";
import { replacePassword } from "../replace-password.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type CreateUserBody,
  createdUserAnswer,
  createUserBody,
  type EditUserBody,
  editUserBody,
  type SetPasswordBody,
  setPasswordBody,
  usersAnswer,
} from "./contract.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
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
    async (request, reply) => reply.code(201).send({ id: await addUser(parts, viewerOf(request), request.body) }),
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

  server.put(
    "/api/users/:id/password",
    {
      schema: {
        summary: "Gives a person a new password; they are signed out, their API tokens stay",
        params: idParams,
        body: setPasswordBody,
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      await setPassword(parts, viewerOf(request), request.params.id as UserId, request.body);
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

async function addUser({ app, passwords }: Parts, viewer: Viewer, body: CreateUserBody): Promise<string> {
  const { name, password, role, instances = [] } = body;
  const passwordHash = await passwords.hash(password);
  return inTransaction(app.db, async (tx) => {
    await demandAdministrator(tx, viewer);
    const user = await insertUser(tx, { name, passwordHash, role });
    if (!user) throw conflict("There is somebody with this name already.");
    await giveAccess(tx, user.id, instances as InstanceId[]);
    await insertAuditEvent(tx, {
      ...{ actor: viewer.name, action: "user-added", subject: name },
      data: { role, instances },
    });
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
    await notifyLive(tx, { is: "access-changed", userId: id });
  });
}

async function setPassword(
  { app, passwords }: Parts,
  viewer: Viewer,
  id: UserId,
  { password }: SetPasswordBody,
): Promise<void> {
  const passwordHash = await passwords.hash(password);
  await inTransaction(app.db, async (tx) => {
    const user = await somebodyElse(tx, viewer, id, "You change your own password in your menu.");
    await replacePassword(tx, user, { passwordHash, by: viewer.name });
  });
}

async function removeUser({ app }: Parts, viewer: Viewer, id: UserId): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const { name } = await somebodyElse(tx, viewer, id);
    await deleteUser(tx, id);
    await deleteSessionsOf(tx, id);
    await notifyLive(tx, { is: "access-changed", userId: id });
    await insertAuditEvent(tx, { actor: viewer.name, action: "user-removed", subject: name });
  });
}

/** Nobody takes rights away from themselves: so there is always an administrator left. */
async function somebodyElse(
  tx: Db,
  viewer: Viewer,
  id: UserId,
  ofYourself = "Another administrator can change your rights.",
): Promise<User> {
  await demandAdministrator(tx, viewer);
  const user = await getUser(tx, id);
  if (!user) throw notFound("person");
  if (user.id === viewer.id) throw conflict("This is you.", ofYourself);
  return user;
}

/** Asked again where it counts: somebody may have taken this right away since the request came in. */
async function demandAdministrator(tx: Db, viewer: Viewer): Promise<void> {
  if ((await lockAdministrators(tx)).includes(viewer.id)) return;
  throw new ProblemError(403, "forbidden", "You were an administrator until now, but no longer are.");
}
