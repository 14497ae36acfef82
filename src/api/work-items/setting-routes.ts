/** How an instance, or one of its projects, wants its work items; checked against the project's process. */
import { changeWorkItemSettings } from "#flows/work-items/change-settings.ts";
import { checkWorkItemSettings, readOfferedProcess } from "#flows/work-items/check-settings.ts";
import type { InstanceId, ProjectId } from "#model/ids.ts";
import { getWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import { listProjects } from "#store/instances/projects.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  checkAnswer,
  checkQuery,
  processAnswer,
  processQuery,
  settingsAnswer,
  settingsBody,
  settingsQuery,
  type WorkItemSettingsAnswer,
} from "./contract.ts";

export function workItemSettingRoutes(server: ApiServer, parts: Parts): void {
  readRoutes(server, parts);
  changeRoutes(server, parts);
  checkRoutes(server, parts);
}

const address = "/api/instances/:id/work-item-settings";
const of = { params: idParams, querystring: settingsQuery };

function readRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    address,
    {
      schema: { summary: "How work items are wanted", ...of, response: { 200: settingsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { instanceId, projectId } = await placeFor(parts, viewerOf(request), request.params.id, request.query);
      return shown(parts, instanceId, projectId);
    },
  );
}

function changeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.put(
    address,
    {
      schema: {
        summary: "Changes how work items are wanted; those that were refused are tried again",
        ...of,
        body: settingsBody,
        response: { 200: settingsAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const place = await placeFor(parts, viewer, request.params.id, request.query);
      await changeWorkItemSettings(app, place, request.body, viewer.name);
      return shown(parts, place.instanceId, place.projectId);
    },
  );

  server.delete(
    address,
    {
      schema: {
        summary: "Lets a project go with its instance again, or an instance with what is usual",
        ...of,
        response: { 200: settingsAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const place = await placeFor(parts, viewer, request.params.id, request.query);
      await changeWorkItemSettings(app, place, undefined, viewer.name);
      return shown(parts, place.instanceId, place.projectId);
    },
  );
}

function checkRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances/:id/work-item-settings/check",
    {
      schema: {
        summary: "Whether a project takes work items that are wanted like this; nothing is made",
        ...{ params: idParams, querystring: checkQuery, body: settingsBody },
        response: { 200: checkAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id: instanceId } = await instanceFor(parts, viewerOf(request), request.params.id);
      const projectId = request.query.projectId as ProjectId;
      const problems = await checkWorkItemSettings(app, { instanceId, projectId }, request.body);
      if (!problems) throw notFound("project");
      return { problems: [...problems] };
    },
  );

  server.get(
    "/api/instances/:id/work-item-process",
    {
      schema: {
        summary: "What a project's process has: types, and states and fields of one of them",
        ...{ params: idParams, querystring: processQuery },
        response: { 200: processAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id: instanceId } = await instanceFor(parts, viewerOf(request), request.params.id);
      const { projectId, type } = request.query;
      const offered = await readOfferedProcess(app, { instanceId, projectId: projectId as ProjectId, type });
      if (!offered) throw notFound("project");
      const { types, defaultType = null, states, fields, areas, iterations } = offered;
      return {
        ...{ types: types.map(({ name }) => name), defaultType, areas: [...areas], iterations: [...iterations] },
        states: states.map(({ name, category = null }) => ({ name, category })),
        fields: fields.map((field) => ({ ...field, allowedValues: [...field.allowedValues] })),
      };
    },
  );
}

async function placeFor(parts: Parts, viewer: Viewer, id: string, query: { readonly projectId?: string }) {
  const instance = await instanceFor(parts, viewer, id);
  if (query.projectId === undefined) return { instanceId: instance.id, name: instance.name };
  const projectId = query.projectId as ProjectId;
  const project = (await listProjects(parts.app.db, instance.id)).find((one) => one.id === projectId);
  if (!project) throw notFound("project");
  return { instanceId: instance.id, projectId, name: `${instance.name}: ${project.name}` };
}

async function shown(
  { app }: Parts,
  instanceId: InstanceId,
  projectId: ProjectId | undefined,
): Promise<WorkItemSettingsAnswer> {
  const {
    settings,
    isOfProject,
    changedBy = null,
    changedAt,
  } = await getWorkItemSettings(app.db, instanceId, projectId);
  const { fields, severities } = settings;
  return {
    ...settings,
    fields: { ...fields },
    severities: { ...severities },
    isOfProject,
    changedBy,
    changedAt: toTime(changedAt),
  };
}
