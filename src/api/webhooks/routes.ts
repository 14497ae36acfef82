/** Webhooks: made, changed, tried, deleted; their deliveries, and those that are sent again. */

import { randomBytes } from "node:crypto";
import { askToDeliver } from "#flows/jobs/ask.ts";
import { tryWebhook } from "#flows/webhooks/try-webhook.ts";
import type { AuditAction } from "#model/audit-action.ts";
import type { Delivery, DeliveryId, Webhook, WebhookId } from "#model/webhook.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { deliverAgain, getDelivery, listDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import {
  changeWebhook,
  deleteWebhook,
  getWebhook,
  insertWebhook,
  listWebhooks,
  setWebhookSecret,
} from "#store/webhooks/webhooks.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type DeliveryRow,
  deliveriesAnswer,
  deliveriesQuery,
  deliveryAnswer,
  newWebhookBody,
  secretBody,
  type WebhookRow,
  webhookAnswer,
  webhookBody,
  webhooksAnswer,
  withSecretAnswer,
} from "./contract.ts";

export const webhookRoutes: Routes = (server, parts) => {
  listRoutes(server, parts);
  makeRoutes(server, parts);
  changeRoutes(server, parts);
  secretRoutes(server, parts);
  deliveryRoutes(server, parts);
};

/** More are a mistake: every one of them is asked about everything that happens. */
const mostWebhooks = 50;

function listRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/instances/:id/webhooks",
    {
      schema: { summary: "The webhooks of an instance", params: idParams, response: { 200: webhooksAnswer } },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id } = await instanceFor(parts, viewerOf(request), request.params.id);
      return { rows: (await listWebhooks(app.db, id)).map(rowOf) };
    },
  );
}

function makeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances/:id/webhooks",
    {
      schema: {
        summary: "Makes a webhook; its secret is shown this once",
        ...{ params: idParams, body: newWebhookBody, response: { 201: withSecretAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { id: instanceId } = await instanceFor(parts, viewer, request.params.id);
      checkAddress(parts, request.body.address);
      if ((await listWebhooks(app.db, instanceId)).length >= mostWebhooks)
        throw conflict(`An instance has at most ${mostWebhooks} webhooks.`);
      const { secret = newSecret(), ...wish } = request.body;
      const changed = { changedBy: viewer.name, changedAt: app.now() };
      const webhook = await inTransaction(app.db, async (tx) => {
        const id = await insertWebhook(tx, app.keys, { ...wish, ...changed, instanceId, secret });
        const made = await getWebhook(tx, viewer.scope, id);
        if (!made) throw notFound("webhook");
        await audit(parts, tx, viewer, "webhook-created", made);
        return made;
      });
      return reply.code(201).send({ ...rowOf(webhook), secret });
    },
  );
}

function changeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.put(
    "/api/webhooks/:id",
    {
      schema: {
        summary: "Changes a webhook",
        params: idParams,
        body: webhookBody,
        response: { 200: webhookAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const before = await webhookFor(parts, viewer, request.params.id);
      checkAddress(parts, request.body.address);
      await inTransaction(app.db, async (tx) => {
        const changed = { changedBy: viewer.name, changedAt: app.now() };
        await changeWebhook(tx, before, { ...request.body, ...changed });
        await audit(parts, tx, viewer, "webhook-changed", { ...before, ...request.body });
      });
      return rowOf(await webhookFor(parts, viewer, request.params.id));
    },
  );

  server.delete(
    "/api/webhooks/:id",
    {
      schema: { summary: "Deletes a webhook and its log", params: idParams, response: { 200: webhookAnswer } },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const webhook = await webhookFor(parts, viewer, request.params.id);
      await inTransaction(app.db, async (tx) => {
        await deleteWebhook(tx, webhook.id);
        await audit(parts, tx, viewer, "webhook-deleted", webhook);
      });
      return rowOf(webhook);
    },
  );
}

function secretRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/webhooks/:id/secret",
    {
      schema: {
        summary: "Gives a webhook another secret, which is shown this once; the former signs nothing any more",
        params: idParams,
        body: secretBody,
        response: { 200: withSecretAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const webhook = await webhookFor(parts, viewer, request.params.id);
      const { secret = newSecret() } = request.body;
      await inTransaction(app.db, async (tx) => {
        await setWebhookSecret(tx, app.keys, webhook.id, { secret, by: viewer.name, at: app.now() });
        await audit(parts, tx, viewer, "webhook-secret-changed", webhook);
      });
      return { ...rowOf(await webhookFor(parts, viewer, request.params.id)), secret };
    },
  );
}

function deliveryRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/webhooks/:id/try",
    {
      schema: { summary: "Sends a ping", params: idParams, response: { 202: deliveryAnswer } },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const webhook = await webhookFor(parts, viewer, request.params.id);
      if (!webhook.enabled) throw conflict("This webhook is switched off.");
      const id = await tryWebhook(app, webhook, viewer.name);
      return reply.code(202).send(deliveryOf(await deliveryFor(parts, viewer, id ?? "")));
    },
  );

  server.get(
    "/api/webhooks/:id/deliveries",
    {
      schema: {
        summary: "What a webhook was told, the newest first",
        ...{ params: idParams, querystring: deliveriesQuery, response: { 200: deliveriesAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id } = await webhookFor(parts, viewerOf(request), request.params.id);
      const { rows, total } = await listDeliveries(app.db, id, request.query);
      return { rows: rows.map(deliveryOf), total };
    },
  );

  server.post(
    "/api/webhook-deliveries/:id/redeliver",
    {
      schema: { summary: "Sends a delivery again, as it was", params: idParams, response: { 202: deliveryAnswer } },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const delivery = await deliveryFor(parts, viewer, request.params.id);
      const webhook = await webhookFor(parts, viewer, delivery.webhookId);
      if (!webhook.enabled) throw conflict("This webhook is switched off.");
      await inTransaction(app.db, async (tx) => {
        await deliverAgain(tx, delivery.id, app.now());
        await askToDeliver(app, tx, webhook);
      });
      return reply.code(202).send(deliveryOf(await deliveryFor(parts, viewer, request.params.id)));
    },
  );
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function checkAddress({ app }: Parts, address: string): void {
  const refusal = app.webhookSender.refusal(address);
  if (refusal !== undefined) throw invalid("#/address", refusal);
}

async function audit({ app }: Parts, tx: Parts["app"]["db"], viewer: Viewer, action: AuditAction, webhook: Webhook) {
  const { instanceId, name, address, events, enabled } = webhook;
  const event = { actor: viewer.name, action, subject: name, instanceId, at: app.now() };
  // What follows the host may be a secret: chats sign in by their address.
  await insertAuditEvent(tx, { ...event, data: { host: new URL(address).host, events, enabled } });
}

async function webhookFor({ app }: Parts, { scope }: Viewer, id: string): Promise<Webhook> {
  const webhook = await getWebhook(app.db, scope, id as WebhookId);
  if (!webhook) throw notFound("webhook");
  return webhook;
}

async function deliveryFor({ app }: Parts, { scope }: Viewer, id: string): Promise<Delivery> {
  const delivery = await getDelivery(app.db, scope, id as DeliveryId);
  if (!delivery) throw notFound("delivery");
  return delivery;
}

function rowOf(webhook: Webhook): WebhookRow {
  const { id, instanceId, name, address, events, enabled, failingSince, changedBy, changedAt } = webhook;
  const times = { failingSince: toTime(failingSince), changedAt: toTime(changedAt) };
  return { id, instanceId, name, address, events: [...events], enabled, changedBy, ...times };
}

const shownBody = 4_000;

function deliveryOf(delivery: Delivery): DeliveryRow {
  const { id, webhookId, event, state, tries, lastStatus = null, lastAnswer = null, body } = delivery;
  return {
    ...{ id, webhookId, event, state, tries, lastStatus, lastAnswer, body: body.slice(0, shownBody) },
    ...{ nextTry: toTime(delivery.nextTry), createdAt: toTime(delivery.createdAt), triedAt: toTime(delivery.triedAt) },
  };
}
