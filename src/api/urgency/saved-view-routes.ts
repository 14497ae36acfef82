/** Filters of the list of issues under a name: one's own, and those that others share. */

import type { InstanceId } from "#model/ids.ts";
import type { SavedQuery } from "#store/database.ts";
import {
  deleteSavedView,
  insertSavedView,
  listSavedViews,
  type SavedView as StoredView,
} from "#store/people/saved-views.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import type { Viewer } from "../viewer.ts";
import { type SavedView, savedViewBody, savedViewsAnswer } from "./contract.ts";

const mostViews = 200;

export function savedViewRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (viewer: Viewer) => {
    const views = await listSavedViews(app.db, viewer.scope, viewer.id);
    return { rows: views.map((view) => viewOf(view, viewer)) };
  };

  server.get(
    "/api/issue-views",
    {
      schema: { summary: "Saved views of the list of issues", response: { 200: savedViewsAnswer } },
      config: { permission: "read" },
    },
    async (request) => read(viewerOf(request)),
  );

  server.post(
    "/api/issue-views",
    {
      schema: {
        summary: "Saves a view, for oneself or for everybody",
        body: savedViewBody,
        response: { 201: savedViewsAnswer },
      },
      config: { permission: "read" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { name, query, shared, instanceId: asked } = request.body;
      const instanceId: InstanceId | null = asked === null ? null : (await instanceFor(parts, viewer, asked)).id;
      const { rows } = await read(viewer);
      if (rows.filter(({ isMine }) => isMine).length >= mostViews) {
        throw conflict(`You have ${mostViews} views; delete one first.`);
      }
      const view = { name, query: query as SavedQuery, shared, instanceId, userId: viewer.id, createdAt: app.now() };
      await insertSavedView(app.db, view);
      return reply.status(201).send(await read(viewer));
    },
  );

  server.delete(
    "/api/issue-views/:id",
    {
      schema: { summary: "Deletes a view of one's own", params: idParams, response: { 200: savedViewsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      if (!(await deleteSavedView(app.db, request.params.id, viewer.id))) throw notFound("view of yours");
      return read(viewer);
    },
  );
}

function viewOf({ id, name, query, shared, instanceId, userId, userName }: StoredView, viewer: Viewer): SavedView {
  const lists = Object.fromEntries(Object.entries(query).map(([key, values]) => [key, [...values]]));
  return { ...{ id, name, query: lists, shared, instanceId }, by: userName, isMine: userId === viewer.id };
}
