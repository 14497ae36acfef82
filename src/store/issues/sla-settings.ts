/** In how many days an instance wants problems solved. */

import type { InstanceId } from "#model/ids.ts";
import { defaultSlaDays, type SlaDays } from "#model/sla.ts";
import type { Db } from "../database.ts";

export interface SlaSettings {
  readonly days: SlaDays;
  /** Absent: these are the usual ones. */
  readonly changedBy?: string;
  readonly changedAt?: Date;
}

export async function findSlaSettings(db: Db, instanceId: InstanceId): Promise<SlaSettings> {
  const row = await db.selectFrom("slaSettings").selectAll().where("instanceId", "=", instanceId).executeTakeFirst();
  if (!row) return { days: defaultSlaDays };
  const { criticalDays: critical, highDays: high, mediumDays: medium, lowDays: low, graceDays: grace } = row;
  return { days: { critical, high, medium, low, grace }, changedBy: row.changedBy, changedAt: row.changedAt };
}

export async function saveSlaSettings(
  db: Db,
  instanceId: InstanceId,
  { days, changedBy, changedAt }: Required<SlaSettings>,
): Promise<void> {
  const change = {
    ...{ criticalDays: days.critical, highDays: days.high, mediumDays: days.medium, lowDays: days.low },
    ...{ graceDays: days.grace, changedBy, changedAt },
  };
  await db
    .insertInto("slaSettings")
    .values({ instanceId, ...change })
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet(change))
    .execute();
}
