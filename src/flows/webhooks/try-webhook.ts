import { randomUUID } from "node:crypto";
import type { DeliveryId, Webhook } from "#model/webhook.ts";
import { insertDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import type { App } from "../app.ts";
import { askToDeliver } from "../jobs/ask.ts";

/** A delivery that says hello, whatever the webhook listens to. */
export async function tryWebhook(
  app: Pick<App, "db" | "jobs" | "now">,
  webhook: Webhook,
  by: string,
): Promise<DeliveryId | undefined> {
  const now = app.now();
  const content = { webhook: webhook.name, by };
  const ping = { event: "ping", key: `ping ${randomUUID()}`, content, at: now } as const;
  const [id] = await insertDeliveries(app.db, webhook, [ping], now);
  await askToDeliver(app, app.db, webhook);
  return id;
}
