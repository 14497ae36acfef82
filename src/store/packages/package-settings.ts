/** How an instance judges packages, as its people wrote it. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface PackageSettingsRow {
  readonly instanceId: InstanceId;
  /** YAML; checked before it is stored. */
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export async function savePackageSettings(db: Db, row: PackageSettingsRow): Promise<void> {
  const { text, changedBy, changedAt } = row;
  await db
    .insertInto("packageSettings")
    .values(row)
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet({ text, changedBy, changedAt }))
    .execute();
}

export async function findPackageSettings(db: Db, instanceId: InstanceId): Promise<PackageSettingsRow | undefined> {
  return db.selectFrom("packageSettings").selectAll().where("instanceId", "=", instanceId).executeTakeFirst();
}
