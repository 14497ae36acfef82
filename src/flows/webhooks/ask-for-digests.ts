/** The digest of a week: every Monday after six in the morning (UTC), also if the server was down at that time. */
import { digestOf } from "#store/figures/digest.ts";
import { insertDeliveries, webhooksTold } from "#store/webhooks/webhook-deliveries.ts";
import { listEnabledWebhooks } from "#store/webhooks/webhooks.ts";
import type { App } from "../app.ts";
import { askToDeliver } from "../jobs/ask.ts";
import { issueRows } from "./gather-deliveries.ts";

const day = 24 * 60 * 60_000;
const hourOfDigest = 6;

export async function askForDigests(app: Pick<App, "db" | "jobs" | "now" | "publicUrl">): Promise<void> {
  const now = app.now();
  const until = lastDigestTime(now);
  const since = new Date(until.getTime() - 7 * day);
  // One that was made since then waits for its first whole week.
  const due = (await listEnabledWebhooks(app.db)).filter(
    ({ events, createdAt }) => events.includes("digest") && createdAt < until,
  );
  if (due.length === 0) return;
  const key = `digest ${until.toISOString().slice(0, 10)}`;
  const told = await webhooksTold(
    app.db,
    due.map(({ id }) => id),
    key,
  );
  // The numbers of a week are counted once, not as often as somebody looks.
  const untold = due.filter(({ id }) => !told.has(id));
  for (const [instanceId, webhooks] of Map.groupBy(untold, (webhook) => webhook.instanceId)) {
    const { urgent, ...numbers } = await digestOf(app.db, instanceId, since, until);
    const content = {
      since: since.toISOString(),
      until: until.toISOString(),
      ...numbers,
      urgent: await issueRows(app, urgent),
    };
    for (const webhook of webhooks) {
      const added = await insertDeliveries(app.db, webhook, [{ event: "digest", key, content, at: until }], now);
      if (added.length > 0) await askToDeliver(app, app.db, webhook);
    }
  }
}

/** The last Monday at six that is over. */
export function lastDigestTime(now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hourOfDigest);
  const monday = midnight - ((now.getUTCDay() + 6) % 7) * day;
  return new Date(monday <= now.getTime() ? monday : monday - 7 * day);
}
