/** By which measure an instance looks at settings, and whether it does. */
import { changePostureChoice, readPostureChoice, usualPostureSettings } from "#flows/posture/posture-settings.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Parts, Routes } from "../api-server.ts";
import { viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import {
  type PostureSettingsAnswer,
  type PostureSettingsBody,
  postureSettingsAnswer,
  postureSettingsBody,
} from "./contract.ts";

export const postureSettingsRoutes: Routes = (server, parts) => {
  const { app } = parts;
  server.get(
    "/api/instances/:id/posture-settings",
    {
      schema: {
        summary: "How an instance looks at settings",
        ...{ params: idParams, response: { 200: postureSettingsAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { id } = await instanceFor(parts, viewerOf(request), request.params.id);
      return answerOf(parts, id);
    },
  );

  server.put(
    "/api/instances/:id/posture-settings",
    {
      schema: {
        summary: "Changes how an instance looks at settings; its organizations are looked at again soon",
        ...{ params: idParams, body: postureSettingsBody, response: { 200: postureSettingsAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const instance = await instanceFor(parts, viewer, request.params.id);
      await changePostureChoice(app, instance, { ...request.body, by: viewer.name });
      return answerOf(parts, instance.id);
    },
  );
};

async function answerOf({ app }: Parts, id: InstanceId): Promise<PostureSettingsAnswer> {
  const { enabled, usesPortal, settings, changedBy, changedAt } = await readPostureChoice(app.db, id);
  return {
    ...{ enabled, usesPortal, settings: writable(settings), usual: writable(usualPostureSettings) },
    ...{ changedBy: changedBy ?? null, changedAt: toTime(changedAt) },
  };
}

type Measures = PostureSettingsBody["settings"];

function writable(settings: typeof usualPostureSettings): Measures {
  return structuredClone(settings) as Measures;
}
