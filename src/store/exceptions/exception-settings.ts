/** What an instance asks of its exceptions; without a row, the usual. */
import { type ExceptionSettings, usualExceptionSettings } from "#model/exception.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";

export async function findExceptionSettings(db: Db, instanceId: InstanceId): Promise<ExceptionSettings> {
  const row = await db
    .selectFrom("exceptionSettings")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .executeTakeFirst();
  if (!row) return usualExceptionSettings;
  const { expiryRequired, longestDays, approvalFrom, reviewers, authorsMay } = row;
  return { expiryRequired, longestDays, reviewers, authorsMay, ...(approvalFrom !== null && { approvalFrom }) };
}

export async function saveExceptionSettings(
  db: Db,
  instanceId: InstanceId,
  settings: ExceptionSettings,
  by: { readonly changedBy: string; readonly changedAt: Date },
): Promise<void> {
  const { expiryRequired, longestDays, approvalFrom, reviewers, authorsMay } = settings;
  const change = {
    ...{ expiryRequired, longestDays, approvalFrom: approvalFrom ?? null, authorsMay },
    ...{ reviewers: reviewers.map(storable), ...by },
  };
  await db
    .insertInto("exceptionSettings")
    .values({ instanceId, ...change })
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet(change))
    .execute();
}
