/** How work items are wanted from now on. Those that were refused before are tried again at once. */
import type { InstanceId, ProjectId } from "#model/ids.ts";
import type { WorkItemSettings } from "#model/work-item.ts";
import { saveWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import { forgetRefusals } from "#store/fixes/work-items.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToSyncWorkItems } from "../jobs/ask.ts";

export async function changeWorkItemSettings(
  app: Pick<App, "db" | "jobs" | "now">,
  of: { readonly instanceId: InstanceId; readonly projectId?: ProjectId | undefined; readonly name: string },
  /** Undefined: the project goes with its instance again. */
  settings: WorkItemSettings | undefined,
  by: string,
): Promise<void> {
  const { instanceId } = of;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    await saveWorkItemSettings(tx, of, { settings, by, at });
    const event = { subject: of.name, instanceId, data: settings ?? {}, actor: by, at };
    await insertAuditEvent(tx, { ...event, action: "work-item-settings-changed" });
    await forgetRefusals(tx, instanceId);
    for (const organization of await listOrganizations(tx, instanceId)) await askToSyncWorkItems(app, tx, organization);
  });
}
