/** Which providers may be asked about an instance's secrets, and asking about one again. */
import { askToCheckSecrets } from "#flows/ask.ts";
import { switchLiveCheck } from "#flows/live-checks/switch-live-check.ts";
import type { InstanceId } from "#model/ids.ts";
import { findLiveProvider, liveProviderOf } from "#scan/secrets/live/find-live-check.ts";
import type { LiveProvider } from "#scan/secrets/live/live-provider.ts";
import { liveProviders } from "#scan/secrets/live/providers.generated.ts";
import { isLiveCheckEnabled, type LiveCheckSetting, listLiveCheckSettings } from "#store/live-check-settings.ts";
import { rulesOfSecret } from "#store/secret-checks.ts";
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
  const read = async (instanceId: InstanceId): Promise<LiveChecks> => {
    const settings = new Map((await listLiveCheckSettings(app.db, instanceId)).map((one) => [one.provider, one]));
    return { rows: liveProviders.map((provider) => rowOf(provider, settings.get(provider.id))) };
  };

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
      const { provider: name, enabled } = request.body;
      const provider = findLiveProvider(name);
      if (!provider) throw invalid("/provider", "There is no such provider.");
      await switchLiveCheck(app, { instanceId, provider, enabled, by: viewer.name });
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
      const rules = await rulesOfSecret(app.db, instance.id, fingerprint);
      if (rules.length === 0) throw notFound("secret");
      const providers = rules.flatMap((rule) => liveProviderOf(rule) ?? []);
      if (providers.length === 0) throw conflict("No provider can be asked about secrets of this kind.");
      const allowed = await Promise.all(providers.map(({ id }) => isLiveCheckEnabled(app.db, instance.id, id)));
      if (!allowed.includes(true)) {
        throw conflict(
          `Asking ${providers[0]?.title ?? "this provider"} is not allowed.`,
          "An administrator can allow it under the instance's live checks.",
        );
      }
      await askToCheckSecrets(app, app.db, { instance: instance.id, fingerprint });
      return reply.code(202).send();
    },
  );
}

function rowOf({ id, title, host, trace, checks }: LiveProvider, setting: LiveCheckSetting | undefined): LiveCheckRow {
  return {
    ...{ provider: id, title, host, trace },
    request: [...new Set(checks.map(({ method = "GET", path }) => `${method} ${path.replace("{secret}", "…")}`))].join(
      ", ",
    ),
    rules: [...new Set(checks.flatMap(({ rules }) => rules))],
    enabled: setting !== undefined,
    enabledBy: setting?.enabledBy ?? null,
    enabledAt: setting ? toTime(setting.at) : null,
  };
}
