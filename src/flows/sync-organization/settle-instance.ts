/** Ends a sync: what it found of the organization replaces what the one before found, and the instance's state follows. */
import type { StateReason } from "#model/instance.ts";
import { markOrganizationSynced } from "#store/instances/organizations.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { replaceReasons } from "../instances/instance-reasons.ts";
import { askToKeepGates } from "../jobs/ask.ts";
import type { SyncContext } from "./sync-context.ts";

export async function settleInstance(
  app: App,
  { organization }: SyncContext,
  found: { readonly reasons: readonly StateReason[]; readonly started: Date },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    // As of its beginning: what happened since then may have come too late for it.
    await markOrganizationSynced(tx, organization.id, found.started);
    await replaceReasons(app, tx, { organization, reasons: found.reasons });
    await askToKeepGates(app, tx, organization);
  });
}
