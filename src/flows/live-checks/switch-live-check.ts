/** Allows a provider to be asked about an instance's secrets, or forbids it again; who did it is on record. */
import type { InstanceId } from "#model/ids.ts";
import { findLiveProvider } from "#scan/secrets/live/find-live-check.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { disableLiveCheck, enableLiveCheck } from "#store/secrets/live-check-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToCheckSecrets } from "../jobs/ask.ts";

/** False if there is no such provider. */
export async function switchLiveCheck(
  app: Pick<App, "db" | "jobs" | "now">,
  wish: {
    readonly instanceId: InstanceId;
    readonly provider: string;
    readonly enabled: boolean;
    readonly by: string;
  },
): Promise<boolean> {
  const { instanceId, enabled, by } = wish;
  const provider = findLiveProvider(wish.provider);
  if (!provider) return false;
  const { id, title, host } = provider;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    const isChanged = enabled
      ? await enableLiveCheck(tx, { instanceId, provider: id, enabledBy: by, at })
      : await disableLiveCheck(tx, instanceId, id);
    if (!isChanged) return;
    const action = enabled ? "live-check-enabled" : "live-check-disabled";
    await insertAuditEvent(tx, { actor: by, action, subject: title, instanceId, data: { provider: id, host }, at });
    if (enabled) await askToCheckSecrets(app, tx, { instance: instanceId });
  });
  return true;
}
