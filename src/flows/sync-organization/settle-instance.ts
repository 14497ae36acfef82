/** Ends a sync: the organization's own reasons replace its former ones, and the instance's state follows from all of them. */
import type { StateReason } from "#model/instance.ts";
import { bestCredential } from "#store/credentials.ts";
import { markOrganizationSynced } from "#store/organizations.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { replaceReasons } from "../instance-reasons.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";

const day = 24 * 60 * 60_000;

export async function settleInstance(
  app: App,
  { organization, instance }: SyncContext,
  reasons: readonly StateReason[],
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const credential = await bestCredential(tx, organization.id);
    await markOrganizationSynced(tx, organization.id, app.now());
    const expiring = expiryReason(app, { organization }, credential?.expires);
    await replaceReasons(tx, {
      instanceId: instance.id,
      organization: organization.name,
      reasons: [...expiring, ...reasons],
    });
  });
}

function expiryReason(
  app: App,
  context: Pick<SyncContext, "organization">,
  expires: Date | undefined,
): readonly StateReason[] {
  if (!expires) return [];
  const days = Math.ceil((expires.getTime() - app.now().getTime()) / day);
  if (days > 14) return [];
  const when =
    days <= 0 ? "should have expired by now" : days === 1 ? "expires within a day" : `expires in ${days} days`;
  const reason = syncReason(app, context, {
    code: "token-expires",
    level: "warning",
    cause: `The token ${when}.`,
    affects: "From then on nothing is scanned.",
    remedy: "Give a new one.",
    action: "renew-sign-in",
  });
  return [reason];
}
