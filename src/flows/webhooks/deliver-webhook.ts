/**
 * Tells one webhook what it has to be told: the oldest first, until one does not come through. That one is tried again for
 * about a day, and what comes after it waits a while.
 */
import type { Delivery, Webhook } from "#model/webhook.ts";
import { getInstance } from "#store/instances/instances.ts";
import { inTransaction } from "#store/transaction.ts";
import { nextDelivery, putOffDeliveries, recordAttempt } from "#store/webhooks/webhook-deliveries.ts";
import { getWebhook, markFailing, webhookSecret } from "#store/webhooks/webhooks.ts";
import type { App } from "../app.ts";
import { askToDeliver } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { gatherDeliveries } from "./gather-deliveries.ts";
import { headersOf } from "./sign-webhook.ts";

/** Minutes after each try; together 26 hours. */
const pauses = [1, 5, 15, 60, 120, 240, 480, 660];
const minute = 60_000;
const longestPutOff = 10 * minute;
const mostInOneJob = 100;

export async function deliverWebhook(app: App, job: JobData["deliver-webhook"], signal: AbortSignal): Promise<void> {
  const webhook = await getWebhook(app.db, { is: "everything" }, job.webhook);
  const instance = webhook && (await getInstance(app.db, webhook.instanceId));
  if (!webhook?.enabled || !instance || instance.state === "disabled") return;
  await gatherDeliveries(app, webhook);
  for (let count = 0; count < mostInOneJob; count += 1) {
    signal.throwIfAborted();
    const delivery = await nextDelivery(app.db, webhook.id, app.now());
    if (!delivery || !(await deliver(app, webhook, delivery, signal))) return;
  }
  await askToDeliver(app, app.db, webhook);
}

async function deliver(app: App, webhook: Webhook, delivery: Delivery, signal: AbortSignal): Promise<boolean> {
  const secret = await webhookSecret(app.db, app.keys, webhook.id);
  if (!secret) return false;
  const headers = headersOf(delivery, secret, app.now());
  const answer = await app.webhookSender.send({ address: webhook.address, headers, body: delivery.body }, signal);
  const at = app.now();
  const isThrough = answer.is === "answer" && answer.status >= 200 && answer.status < 300;
  const pause = pauses[delivery.tries];
  const nextTry = isThrough || pause === undefined ? null : new Date(at.getTime() + pause * minute);
  const attempt = {
    state: isThrough ? ("delivered" as const) : nextTry ? ("waiting" as const) : ("failed" as const),
    nextTry,
    lastStatus: answer.is === "answer" ? answer.status : null,
    lastAnswer: answer.is === "answer" ? answer.text : answer.reason,
    at,
  };
  await inTransaction(app.db, async (tx) => {
    await recordAttempt(tx, delivery.id, attempt);
    await markFailing(tx, webhook.id, isThrough ? undefined : at);
    if (isThrough) return;
    const putOff = Math.min((pause ?? 1) * minute, longestPutOff);
    await putOffDeliveries(tx, webhook.id, new Date(at.getTime() + putOff));
  });
  return isThrough;
}
