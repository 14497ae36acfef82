/** Providers that an instance's administrators allow to be asked about its secrets. None is, until somebody says so. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface LiveCheckSetting {
  readonly instanceId: InstanceId;
  readonly provider: string;
  readonly enabledBy: string;
  readonly at: Date;
}

export async function listLiveCheckSettings(db: Db, instanceId: InstanceId): Promise<readonly LiveCheckSetting[]> {
  return db
    .selectFrom("liveCheckSettings")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .orderBy("provider")
    .execute();
}

export async function isLiveCheckEnabled(db: Db, instanceId: InstanceId, provider: string): Promise<boolean> {
  const row = await db
    .selectFrom("liveCheckSettings")
    .select("provider")
    .where("instanceId", "=", instanceId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return row !== undefined;
}

/** Instances for which some provider is allowed. */
export async function instancesWithLiveChecks(db: Db): Promise<readonly InstanceId[]> {
  const rows = await db.selectFrom("liveCheckSettings").select("instanceId").distinct().execute();
  return rows.map(({ instanceId }) => instanceId);
}

/** False if it is allowed already; then it stays whose it was. */
export async function enableLiveCheck(db: Db, setting: LiveCheckSetting): Promise<boolean> {
  const result = await db
    .insertInto("liveCheckSettings")
    .values(setting)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False if it was not allowed. */
export async function disableLiveCheck(db: Db, instanceId: InstanceId, provider: string): Promise<boolean> {
  const result = await db
    .deleteFrom("liveCheckSettings")
    .where("instanceId", "=", instanceId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
