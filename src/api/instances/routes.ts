/** Instances: one connection to one vendor each. */
import { askForSync } from "#flows/ask.ts";
import { openDraft } from "#flows/connect-instance/connection-draft.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { requestForgetting } from "#flows/forget-instance.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { getInstanceOverview, listInstances } from "#store/instances.ts";
import { listOrganizations } from "#store/organizations.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound, ProblemError } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import type { Viewer } from "../viewer.ts";
import {
  createdInstanceAnswer,
  createInstanceBody,
  type EditInstanceBody,
  editInstanceBody,
  instanceAnswer,
  instanceRepositoriesAnswer,
  instancesAnswer,
  type TakesBody,
} from "./contract.ts";
import { readChoice } from "./read-choice.ts";
import { rowOf, subscriptionsOf } from "./row-of.ts";

export const instanceRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  writeRoutes(server, parts);
};

function readRoutes(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/instances",
    { schema: { summary: "Instances", response: { 200: instancesAnswer } }, config: { permission: "read" } },
    async (request) => {
      const instances = await listInstances(app.db, viewerOf(request).scope);
      return { rows: instances.map(rowOf), total: instances.length };
    },
  );

  server.get(
    "/api/instances/:id",
    {
      schema: { summary: "One instance, with its hooks", params: idParams, response: { 200: instanceAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const instance = await getInstanceOverview(app.db, viewerOf(request).scope, request.params.id as InstanceId);
      if (!instance) throw notFound("instance");
      return { ...rowOf(instance), subscriptions: await subscriptionsOf(app.db, instance.id) };
    },
  );

  server.get(
    "/api/instances/:id/repositories",
    {
      schema: {
        summary: "All repositories of an instance, to edit what it takes",
        params: idParams,
        response: { 200: instanceRepositoriesAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const instance = await getInstanceOverview(app.db, viewerOf(request).scope, request.params.id as InstanceId);
      if (!instance) throw notFound("instance");
      return readChoice(app.db, instance);
    },
  );
}

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
function writeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances",
    {
      schema: {
        summary: "Saves a checked connection",
        body: createInstanceBody,
        response: { 201: createdInstanceAnswer },
      },
      config: { permission: "administer" },
      bodyLimit: 4 * 1024 * 1024,
    },
    async (request, reply) => {
      const { draft, name, takes } = request.body;
      const created = await createInstance(app, { draft, name, takes: takesOf(takes), by: viewerOf(request).name });
      if (created.is === "problem") throw conflict(created.problem);
      return reply.code(201).send({ id: created.instance });
    },
  );

  server.patch(
    "/api/instances/:id",
    {
      schema: { summary: "Changes name, choice or token", params: idParams, body: editInstanceBody },
      config: { permission: "administer" },
      bodyLimit: 4 * 1024 * 1024,
    },
    async (request, reply) => {
      await edit(parts, request.params.id as InstanceId, request.body, viewerOf(request));
      return reply.code(204).send();
    },
  );

  server.delete(
    "/api/instances/:id",
    {
      schema: {
        summary: "Removes the hooks in Azure DevOps, erases the token, deletes all data of the instance",
        description: "The answer does not wait for it: the instance is `disabled` until it is gone.",
        params: idParams,
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const id = request.params.id as InstanceId;
      if (!(await requestForgetting(app, id, viewerOf(request).name))) throw notFound("instance");
      return reply.code(202).send();
    },
  );

  server.post(
    "/api/instances/:id/sync",
    {
      schema: { summary: "Compares with Azure DevOps now; the answer does not wait for it", params: idParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const instance = await getInstanceOverview(app.db, viewerOf(request).scope, request.params.id as InstanceId);
      if (!instance) throw notFound("instance");
      await inTransaction(app.db, async (tx) => {
        for (const organization of await listOrganizations(tx, instance.id)) await askForSync(app, tx, organization);
      });
      return reply.code(202).send();
    },
  );
}

async function edit({ app }: Parts, id: InstanceId, body: EditInstanceBody, viewer: Viewer): Promise<void> {
  const draft = body.draft === undefined ? undefined : await openDraft(app, body.draft);
  if (body.draft !== undefined && !draft?.token) {
    throw new ProblemError(404, "gone", "This connection was saved already, or begun more than half an hour ago.", {
      detail: "Give the token again.",
    });
  }
  const edited = await editInstance(app, id, {
    by: viewer.name,
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.takes === undefined ? {} : { takes: takesOf(body.takes) }),
    ...(draft?.token && { token: draft.token }),
    ...(draft?.summary.tokenExpires && { expires: new Date(draft.summary.tokenExpires) }),
  });
  if (edited.is === "not-found") throw notFound("instance");
  if (edited.is === "problem") throw conflict(edited.problem);
}

function takesOf(body: TakesBody): Takes {
  // The schema has checked the form of the ids; a list that names unknown repositories takes none of those.
  return body as Takes;
}
