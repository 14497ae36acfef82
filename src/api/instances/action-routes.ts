/** What people do with a running instance: look again, stop, try its hooks, take a credential away. None of the answers waits for it. */

import { removeCredential } from "#flows/connect-instance/remove-credential.ts";
import { pauseInstance, resumeInstance } from "#flows/instances/pause-instance.ts";
import { rotateSecrets } from "#flows/instances/rotate-secrets.ts";
import { askForCredentialCheck, askForSync } from "#flows/jobs/ask.ts";
import { tryFailedAgain } from "#flows/jobs/failed-jobs.ts";
import { startValidation } from "#flows/validate-hooks/start-validation.ts";
import type { AuditAction } from "#model/audit-action.ts";
import type { CredentialId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { latestValidation } from "#store/hooks/hook-validations.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { credentialParams, startedValidationAnswer, validationAnswer } from "./contract.ts";
import { instanceFor } from "./instance-for.ts";
import { validationOf } from "./row-of.ts";

export const actionRoutes: Routes = (server, parts) => {
  askingRoutes(server, parts);
  pauseRoutes(server, parts);
  validationRoutes(server, parts);
  credentialRoutes(server, parts);
};

function askingRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const asking = (
    [path, action]: readonly [string, AuditAction],
    summary: string,
    ask: (tx: Db, instance: InstanceOverview) => Promise<void>,
  ) =>
    server.post(
      `/api/instances/:id/${path}`,
      { schema: { summary, params: idParams }, config: { permission: "administer" } },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const instance = await instanceFor(parts, viewer, request.params.id);
        if (instance.state === "disabled") throw conflict("This instance is paused, or being deleted.");
        const { id: instanceId, name: subject } = instance;
        await inTransaction(app.db, async (tx) => {
          await ask(tx, instance);
          await insertAuditEvent(tx, { actor: viewer.name, action, subject, instanceId, at: app.now() });
        });
        return reply.code(202).send();
      },
    );

  asking(["sync", "sync-asked"], "Compares with Azure DevOps now", async (tx, { id }) => {
    for (const organization of await listOrganizations(tx, id)) await askForSync(app, tx, organization);
  });
  asking(["try-again", "retry-asked"], "Has everything tried once more that was given up", async (tx, { id }) => {
    await tryFailedAgain(app, tx, id);
  });
  asking(["check", "credential-check-asked"], "Looks what each credential may do now", async (tx, { id }) => {
    for (const credential of await listCredentials(tx, id)) await askForCredentialCheck(app, tx, credential);
  });
}

// oxlint-disable-next-line max-lines-per-function -- a list of routes, each short
function pauseRoutes(server: ApiServer, { app }: Parts): void {
  server.post(
    "/api/instances/:id/pause",
    {
      schema: { summary: "Stops everything for an instance until it is resumed", params: idParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const { id } = await instanceFor({ app }, viewerOf(request), request.params.id);
      const isPaused = await pauseInstance(app, id, viewerOf(request).name);
      if (!isPaused) throw conflict("This instance is paused already, or being deleted.");
      return reply.code(204).send();
    },
  );

  server.post(
    "/api/instances/:id/resume",
    {
      schema: { summary: "Goes on, and catches up with what happened meanwhile", params: idParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const { id, reasons } = await instanceFor({ app }, viewerOf(request), request.params.id);
      const isDeleted = reasons.some(({ code }) => code === "deleting");
      const isResumed = !isDeleted && (await resumeInstance(app, id, viewerOf(request).name));
      if (!isResumed) throw conflict("This instance is not paused, or being deleted.");
      return reply.code(204).send();
    },
  );

  server.post(
    "/api/instances/:id/rotate-secrets",
    {
      schema: { summary: "Gives every hook a new secret", params: idParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const { id } = await instanceFor({ app }, viewerOf(request), request.params.id);
      await rotateSecrets(app, id, viewerOf(request).name);
      return reply.code(202).send();
    },
  );
}

function validationRoutes(server: ApiServer, { app }: Parts): void {
  server.post(
    "/api/instances/:id/validations",
    {
      schema: {
        summary: "Lets Azure DevOps send a test notification through every hook",
        params: idParams,
        response: { 202: startedValidationAnswer },
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const instance = await instanceFor({ app }, viewerOf(request), request.params.id);
      if (instance.state === "disabled") throw conflict("This instance is paused, or being deleted.");
      const id = await startValidation(app, instance.id, viewerOf(request).name);
      if (id === undefined) throw notFound("instance");
      return reply.code(202).send({ id });
    },
  );

  server.get(
    "/api/instances/:id/validations/latest",
    {
      schema: {
        summary: "The last try of all hooks, result by result as they come",
        params: idParams,
        response: { 200: validationAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id } = await instanceFor({ app }, viewerOf(request), request.params.id);
      const validation = await latestValidation(app.db, id);
      if (!validation) throw notFound("validation");
      return validationOf(validation);
    },
  );
}

function credentialRoutes(server: ApiServer, { app }: Parts): void {
  server.delete(
    "/api/instances/:id/credentials/:credential",
    {
      schema: {
        summary: "Takes a credential away; the last one of an organization stays",
        params: credentialParams,
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { id } = await instanceFor({ app }, viewer, request.params.id);
      const credential = request.params.credential as CredentialId;
      const removed = await removeCredential(app, { instance: id, credential, by: viewer.name });
      if (removed.is === "not-found") throw notFound("credential");
      if (removed.is === "last") {
        throw conflict(
          "This is the only credential of its organization.",
          "Add another one first, or delete the instance.",
        );
      }
      return reply.code(204).send();
    },
  );
}
