/** Instances: one connection to one vendor each. What can be done to a running one is in action-routes.ts. */
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { previewInstance } from "#flows/connect-instance/preview-choice.ts";
import { requestForgetting } from "#flows/instances/forget-instance.ts";
import { roomReason, withReason } from "#flows/instances/room-reason.ts";
import { failedReason } from "#flows/jobs/failed-jobs.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import { listInstances } from "#store/instances/instances.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { draftGone } from "../connections/routes.ts";
import { conflict, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { previewOf } from "../shapes/preview-of.ts";
import { previewAnswer, previewBody } from "../shapes/takes.ts";
import type { Viewer } from "../viewer.ts";
import { actionRoutes } from "./action-routes.ts";
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
import { instanceFor } from "./instance-for.ts";
import { readChoice } from "./read-choice.ts";
import { detailOf, rowOf } from "./row-of.ts";

/** A list of tens of thousands of repositories is a large body. */
const choiceLimit = 4 * 1024 * 1024;

export const instanceRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  writeRoutes(server, parts);
  actionRoutes(server, parts);
};

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/instances",
    { schema: { summary: "Instances", response: { 200: instancesAnswer } }, config: { permission: "read" } },
    async (request) => {
      const viewer = viewerOf(request);
      const instances = await listInstances(app.db, viewer.scope);
      const all = await Promise.all(instances.map((one) => withTrouble(app, one)));
      return { rows: all.map((one) => rowOf(one, viewer)), total: all.length };
    },
  );

  server.get(
    "/api/instances/:id",
    {
      schema: { summary: "One instance, with its hooks", params: idParams, response: { 200: instanceAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const instance = await instanceFor(parts, viewer, request.params.id);
      return detailOf(app.db, await withTrouble(app, instance), viewer);
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
    async (request) => readChoice(app.db, await instanceFor(parts, viewerOf(request), request.params.id)),
  );

  server.post(
    "/api/instances/:id/preview",
    {
      schema: {
        summary: "Says what another choice would cover, and what it would give up",
        params: idParams,
        body: previewBody,
        response: { 200: previewAnswer },
      },
      config: { permission: "administer" },
      bodyLimit: choiceLimit,
    },
    async (request) => {
      const instance = await instanceFor(parts, viewerOf(request), request.params.id);
      return previewOf(await previewInstance(app, instance.id, takesOf(request.body.takes)));
    },
  );
}

/** With what no sync tells, as it is at this moment. */
async function withTrouble(app: Parts["app"], instance: InstanceOverview): Promise<InstanceOverview> {
  const failed = await failedReason(app, instance.id);
  return withReason(withReason(instance, failed), await roomReason(app));
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
      bodyLimit: choiceLimit,
    },
    async (request, reply) => {
      const { takes, ...body } = request.body;
      const created = await createInstance(app, { ...body, takes: takesOf(takes), by: viewerOf(request).name });
      if (created.is === "problem") throw conflict(created.problem);
      return reply.code(201).send({ id: created.instance });
    },
  );

  server.patch(
    "/api/instances/:id",
    {
      schema: {
        summary: "Changes name, choice or switches; adds credentials",
        params: idParams,
        body: editInstanceBody,
      },
      config: { permission: "administer" },
      bodyLimit: choiceLimit,
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
        summary: "Removes the hooks in Azure DevOps, erases the credentials, deletes all data of the instance",
        description:
          "The answer does not wait for it: the instance is `disabled` until it is gone, then has a receipt.",
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
}

async function edit({ app }: Parts, id: InstanceId, body: EditInstanceBody, viewer: Viewer): Promise<void> {
  const { takes, ...change } = body;
  const edited = await editInstance(app, id, {
    ...change,
    ...(takes && { takes: takesOf(takes) }),
    by: viewer.name,
  });
  if (edited.is === "not-found") throw notFound("instance");
  if (edited.is === "draft-gone") throw draftGone();
  if (edited.is === "problem") throw conflict(edited.problem);
}

function takesOf(body: TakesBody): Takes {
  // The schema has checked the form of the ids; a list that names unknown repositories takes none of those.
  return body as Takes;
}
