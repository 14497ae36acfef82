/** How an instance wants its fixes. Without a row they are as `defaultFixSettings` says. */
import { defaultFixSettings, type FixSettings } from "#model/fix.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface FixSettingsRow extends FixSettings {
  readonly changedBy?: string;
  readonly changedAt?: Date;
}

export async function getFixSettings(db: Db, instanceId: InstanceId): Promise<FixSettingsRow> {
  const row = await db.selectFrom("fixSettings").selectAll().where("instanceId", "=", instanceId).executeTakeFirst();
  if (!row) return defaultFixSettings;
  return { ...defaultFixSettings, ...row.content, changedBy: row.changedBy, changedAt: row.changedAt };
}

export async function saveFixSettings(
  db: Db,
  instanceId: InstanceId,
  change: { readonly settings: FixSettings; readonly by: string; readonly at: Date },
): Promise<void> {
  const row = { content: json(change.settings), changedBy: change.by, changedAt: change.at };
  await db
    .insertInto("fixSettings")
    .values({ instanceId, ...row })
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet(row))
    .execute();
}
