/** Ends a sync: what it found of the organization replaces what the one before found, and the instance's state follows. */
import type { StateReason } from "#model/instance.ts";
import { markOrganizationSynced } from "#store/organizations.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { replaceReasons } from "../instance-reasons.ts";
import type { SyncContext } from "./sync-context.ts";

export async function settleInstance(
  app: App,
  { organization }: SyncContext,
  reasons: readonly StateReason[],
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await markOrganizationSynced(tx, organization.id, app.now());
    await replaceReasons(app, tx, { organization, reasons });
  });
}
