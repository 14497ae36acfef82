/** New secrets for all hooks of an instance, because a person asks: the syncs that follow replace them one by one. */
import type { InstanceId } from "#model/ids.ts";
import { ageSubscriptionSecrets } from "#store/hooks/hook-subscriptions.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForSync } from "../jobs/ask.ts";

/** False if there is no such instance. */
export async function rotateSecrets(
  app: Pick<App, "db" | "jobs" | "now">,
  instanceId: InstanceId,
  by: string,
): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const instance = await getInstance(tx, instanceId);
    if (!instance) return false;
    await ageSubscriptionSecrets(tx, instanceId);
    for (const organization of await listOrganizations(tx, instanceId)) await askForSync(app, tx, organization);
    const event = { actor: by, subject: instance.name, instanceId, at: app.now() };
    await insertAuditEvent(tx, { ...event, action: "hook-secrets-rotated" });
    return true;
  });
}
