/** Ends a sync: the organization's own reasons replace its former ones, and the instance's state follows from all of them. */
import type { StateReason } from "#model/instance.ts";
import { findCredential, setCredentialHealth } from "#store/credentials.ts";
import { markOrganizationSynced } from "#store/organizations.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { replaceReasons } from "../instance-reasons.ts";
import type { SyncContext } from "./sync-context.ts";

const day = 24 * 60 * 60_000;

export async function settleInstance(
  app: App,
  { organization, instance }: SyncContext,
  reasons: readonly StateReason[],
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const credential = await findCredential(tx, organization.id);
    if (credential) await setCredentialHealth(tx, credential.id, "good");
    await markOrganizationSynced(tx, organization.id, app.now());
    const expiring = expiryReason(organization.name, credential?.expires, app.now());
    await replaceReasons(tx, {
      instanceId: instance.id,
      organization: organization.name,
      reasons: [...expiring, ...reasons],
    });
  });
}

function expiryReason(organization: string, expires: Date | undefined, now: Date): readonly StateReason[] {
  if (!expires) return [];
  const days = Math.ceil((expires.getTime() - now.getTime()) / day);
  if (days > 14) return [];
  const when =
    days <= 0 ? "should have expired by now" : days === 1 ? "expires within a day" : `expires in ${days} days`;
  return [{ code: "token-expires", message: `${organization}: the token ${when}. Give a new one with Edit instance.` }];
}
