/** How an instance weighs urgency, as its people wrote it, and how far a change of that has come. */
import { sql } from "kysely";
import type { InstanceId, IssueId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface UrgencySettingsRow {
  readonly instanceId: InstanceId;
  /** YAML; checked before it is stored. */
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

const beforeAll = "00000000-0000-0000-0000-000000000000" as IssueId;

export async function saveUrgencySettings(db: Db, row: UrgencySettingsRow): Promise<void> {
  const change = { text: row.text, changedBy: row.changedBy, changedAt: row.changedAt, walkedTo: beforeAll };
  await db
    .insertInto("urgencySettings")
    .values({ instanceId: row.instanceId, ...change })
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet(change))
    .execute();
}

export async function findUrgencySettings(db: Db, instanceId: InstanceId): Promise<UrgencySettingsRow | undefined> {
  return db
    .selectFrom("urgencySettings")
    .select(["instanceId", "text", "changedBy", "changedAt"])
    .where("instanceId", "=", instanceId)
    .executeTakeFirst();
}

/** Takes the next issues that a change of weights has not come to; empty: it has come to all. Within a transaction. */
export async function nextToWalk(
  tx: Db,
  limit: number,
): Promise<{ readonly instanceId: InstanceId; readonly ids: readonly IssueId[] } | undefined> {
  const row = await tx
    .selectFrom("urgencySettings")
    .select(["instanceId", "walkedTo"])
    .where("walkedTo", "is not", null)
    .orderBy("instanceId")
    .forUpdate()
    .skipLocked()
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { instanceId, walkedTo } = row;
  const { rows } = await sql<{ id: IssueId }>`
    select id from issues where instance_id = ${instanceId} and id > ${walkedTo} and state <> 'fixed' and not archived
    order by id limit ${limit}`.execute(tx);
  const last = rows.length < limit ? null : rows.at(-1)!.id;
  await tx.updateTable("urgencySettings").set({ walkedTo: last }).where("instanceId", "=", instanceId).execute();
  return { instanceId, ids: rows.map(({ id }) => id) };
}
