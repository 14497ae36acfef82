/** Which providers may be asked about an instance's secrets, and asking about one again. */
import { askAgain } from "#flows/live-checks/ask-again.ts";
import { type LiveCheckSwitch, liveCheckSwitches } from "#flows/live-checks/live-check-switches.ts";
import { switchLiveCheck } from "#flows/live-checks/switch-live-check.ts";
import type { InstanceId } from "#model/ids.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, invalid, notFound } from "../problem-error.ts";
import { secretParams } from "../secrets/contract.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import { type LiveCheckRow, type LiveChecks, liveCheckBody, liveChecksAnswer } from "./contract.ts";

export const liveCheckRoutes: Routes = (server, parts) => {
  settingRoutes(server, parts);
  askingRoutes(server, parts);
};

function settingRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (instanceId: InstanceId): Promise<LiveChecks> => ({
    rows: (await liveCheckSwitches(app.db, instanceId)).map(rowOf),
  });

  server.get(
    "/api/instances/:id/live-checks",
    {
      schema: {
        summary: "Providers that can be asked whether they take a secret, and which of them may be",
        params: idParams,
        response: { 200: liveChecksAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/live-checks",
    {
      schema: {
        summary: "Allows a provider to be asked about this instance's secrets, or forbids it again",
        params: idParams,
        body: liveCheckBody,
        response: { 200: liveChecksAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId } = await instanceFor(parts, viewer, request.params.id);
      const isKnown = await switchLiveCheck(app, { ...request.body, instanceId, by: viewer.name });
      if (!isKnown) throw invalid("#/provider", "There is no such provider.");
      return read(instanceId);
    },
  );
}

function askingRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/secrets/:instanceId/:fingerprint/check",
    {
      schema: { summary: "Asks the provider again whether it takes the secret", params: secretParams },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const { instanceId, fingerprint } = request.params;
      const instance = await instanceFor(parts, viewerOf(request), instanceId);
      if (instance.state === "disabled") throw conflict("This instance is paused, or being deleted.");
      const asked = await askAgain(app, { instance: instance.id, fingerprint });
      if (asked.is === "not-found") throw notFound("secret");
      if (asked.is === "nobody-to-ask") throw conflict("No provider can be asked about secrets of this kind.");
      if (asked.is === "not-allowed") {
        throw conflict(
          `Asking ${asked.provider} is not allowed.`,
          "An administrator can allow it under the instance's live checks.",
        );
      }
      return reply.code(202).send();
    },
  );
}

function rowOf({ setting, rules, ...words }: LiveCheckSwitch): LiveCheckRow {
  return {
    ...words,
    rules: [...rules],
    enabled: setting !== undefined,
    enabledBy: setting?.enabledBy ?? null,
    enabledAt: setting ? toTime(setting.at) : null,
  };
}
