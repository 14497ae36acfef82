/** How an instance looks at settings: what its people decided, and the usual where they did not. */
import type { InstanceId } from "#model/ids.ts";
import { parsePostureSettings } from "#scan/posture/parse-posture-settings.ts";
import { defaultPostureSettings, type PostureSettings } from "#scan/posture/posture-settings.ts";
import type { Db } from "#store/database.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { bringPostureForward } from "#store/posture/posture-runs.ts";
import { findPostureSettings, savePostureSettings } from "#store/posture/posture-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";

export interface PostureChoice {
  readonly enabled: boolean;
  /** Calls of Azure DevOps' own pages, which nobody documents, are allowed. */
  readonly usesPortal: boolean;
  readonly settings: PostureSettings;
}

export type PostureChoiceMade = PostureChoice & { readonly changedBy?: string; readonly changedAt?: Date };

export const usualPostureSettings: PostureSettings = defaultPostureSettings;

export async function readPostureChoice(db: Db, instanceId: InstanceId): Promise<PostureChoiceMade> {
  const row = await findPostureSettings(db, instanceId);
  if (!row) return { enabled: true, usesPortal: false, settings: usualPostureSettings };
  const { enabled, usesPortal, changedBy, changedAt } = row;
  return { enabled, usesPortal, settings: parsePostureSettings(row.settings), changedBy, changedAt };
}

/** By another measure the same settings are otherwise: organizations are looked at again soon. */
export async function changePostureChoice(
  app: Pick<App, "db" | "now">,
  instance: { readonly id: InstanceId; readonly name: string },
  { by, ...choice }: PostureChoice & { readonly by: string },
): Promise<void> {
  const now = app.now();
  await inTransaction(app.db, async (tx) => {
    await savePostureSettings(tx, { instanceId: instance.id, ...choice, changedBy: by, changedAt: now });
    for (const { id } of await listOrganizations(tx, instance.id)) {
      await bringPostureForward(tx, id, { now, restMilliseconds: 0 });
    }
    await insertAuditEvent(tx, {
      ...{ actor: by, action: "posture-settings-changed", subject: instance.name, instanceId: instance.id, at: now },
      data: choice,
    });
  });
}
