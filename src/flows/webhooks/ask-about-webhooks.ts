import { webhooksWithDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import { hasNews } from "#store/webhooks/webhook-news.ts";
import { listEnabledWebhooks } from "#store/webhooks/webhooks.ts";
import type { App } from "../app.ts";
import { askToDeliver } from "../jobs/ask.ts";
import { newsSince } from "./gather-deliveries.ts";

/** Wherever something happened, or something waits whose time has come. */
export async function askAboutWebhooks(app: Pick<App, "db" | "jobs" | "now">): Promise<void> {
  const webhooks = await listEnabledWebhooks(app.db);
  if (webhooks.length === 0) return;
  const waiting = await webhooksWithDeliveries(app.db, app.now());
  for (const webhook of webhooks) {
    const isDue = waiting.has(webhook.id) || (await hasNews(app.db, webhook.instanceId, newsSince(webhook)));
    if (isDue) await askToDeliver(app, app.db, webhook);
  }
}
