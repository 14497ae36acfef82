/** What the calls of each organization were made for, by the hour: the health page shows where the budget goes. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { Purpose } from "#model/purpose.ts";
import type { Db, OrganizationPace } from "../database.ts";
import { json } from "../json.ts";

export interface SpendRow {
  readonly organizationId: OrganizationId;
  readonly purpose: Purpose;
  readonly calls: number;
  readonly refused: number;
  readonly failed: number;
  readonly delayedMilliseconds: number;
}

/** Adds to what the hour has already; an organization that is gone is passed over. */
export async function addSpend(db: Db, rows: readonly SpendRow[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into remote_spend (organization_id, hour, purpose, instance_id, calls, refused, failed, delayed_milliseconds)
    select o.id, date_trunc('hour', ${at}::timestamptz), given.purpose, o.instance_id, given.calls, given.refused,
      given.failed, given.delayed
    from unnest(
      ${rows.map((row) => row.organizationId)}::uuid[],
      ${rows.map((row) => row.purpose)}::text[],
      ${rows.map((row) => row.calls)}::bigint[],
      ${rows.map((row) => row.refused)}::bigint[],
      ${rows.map((row) => row.failed)}::bigint[],
      ${rows.map((row) => Math.round(row.delayedMilliseconds))}::bigint[]
    ) as given (id, purpose, calls, refused, failed, delayed)
    join organizations o using (id)
    order by o.id, given.purpose
    on conflict (organization_id, hour, purpose) do update set
      calls = remote_spend.calls + excluded.calls, refused = remote_spend.refused + excluded.refused,
      failed = remote_spend.failed + excluded.failed,
      delayed_milliseconds = remote_spend.delayed_milliseconds + excluded.delayed_milliseconds
  `.execute(db);
}

/** Summed over the hours since then, per organization and purpose. */
export async function listSpend(db: Db, instanceId: InstanceId, since: Date): Promise<readonly SpendRow[]> {
  const { rows } = await sql<SpendRow>`
    select organization_id, purpose, sum(calls)::bigint as calls, sum(refused)::bigint as refused,
      sum(failed)::bigint as failed, sum(delayed_milliseconds)::bigint as delayed_milliseconds
    from remote_spend where instance_id = ${instanceId} and hour >= ${since}
    group by organization_id, purpose order by organization_id, sum(calls) desc`.execute(db);
  return rows;
}

export async function setOrganizationPace(db: Db, id: OrganizationId, pace: OrganizationPace): Promise<void> {
  await db
    .updateTable("organizations")
    .set({ pace: json(pace) })
    .where("id", "=", id)
    .execute();
}

export async function deleteOldSpend(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("remoteSpend").where("hour", "<", before).execute();
}
