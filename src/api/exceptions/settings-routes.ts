/** What an instance asks of its exceptions. */
import type { ExceptionSettings } from "#model/exception.ts";
import type { InstanceId } from "#model/ids.ts";
import { findExceptionSettings, saveExceptionSettings } from "#store/exceptions/exception-settings.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { idParams } from "../shapes/id.ts";
import { type ExceptionSettingsBody, exceptionSettingsBody } from "./contract.ts";

export function settingsRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (id: InstanceId): Promise<ExceptionSettingsBody> => {
    const { approvalFrom = null, reviewers, ...settings } = await findExceptionSettings(app.db, id);
    return { ...settings, approvalFrom, reviewers: [...reviewers] };
  };

  server.get(
    "/api/instances/:id/exception-settings",
    {
      schema: {
        summary: "What an instance asks of its exceptions",
        params: idParams,
        response: { 200: exceptionSettingsBody },
      },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/exception-settings",
    {
      schema: {
        summary: "Changes what an instance asks of exceptions; those that are there stay as they are",
        params: idParams,
        body: exceptionSettingsBody,
        response: { 200: exceptionSettingsBody },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name: subject } = await instanceFor(parts, viewer, request.params.id);
      const { approvalFrom, ...others } = request.body;
      const settings: ExceptionSettings = { ...others, ...(approvalFrom !== null && { approvalFrom }) };
      const at = app.now();
      await inTransaction(app.db, async (tx) => {
        await saveExceptionSettings(tx, instanceId, settings, { changedBy: viewer.name, changedAt: at });
        const what = { actor: viewer.name, subject, instanceId, at };
        await insertAuditEvent(tx, { ...what, action: "exception-settings-changed", data: settings });
      });
      return read(instanceId);
    },
  );
}
