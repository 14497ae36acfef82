/** Deliveries of Azure DevOps, each stored once (store-deliveries.ts): it delivers at least once. */
import { sql } from "kysely";
import type { HookEventId, InstanceId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, HookEventState } from "../database.ts";
import { json } from "../json.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type HookEventRow = WithoutNulls<{
  id: HookEventId;
  instanceId: InstanceId;
  subscriptionKey: string;
  eventId: string;
  eventType: string;
  receivedAt: Date;
  state: HookEventState;
  note: string | null;
  finishedAt: Date | null;
}>;

const columns = [
  "id",
  "instanceId",
  "subscriptionKey",
  "eventId",
  "eventType",
  "receivedAt",
  "state",
  "note",
  "finishedAt",
] as const;

export interface HookHealth {
  readonly total: number;
  readonly healthy: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Events whose handling failed for good. */
  readonly failedEvents: number;
  readonly lastDeliveryAt?: Date;
}

export async function getHookEvent(
  db: Db,
  id: HookEventId,
): Promise<(HookEventRow & { readonly body: unknown }) | undefined> {
  const row = await db
    .selectFrom("hookEvents")
    .select([...columns, "body"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && { ...withoutNulls(row), body: row.body };
}

export async function finishHookEvent(
  db: Db,
  id: HookEventId,
  state: Exclude<HookEventState, "received">,
  note?: string,
): Promise<void> {
  await db
    .updateTable("hookEvents")
    .set({ state, note: note ?? null, finishedAt: sql`now()` })
    .where("id", "=", id)
    .execute();
}

export async function keepHookBody(db: Db, id: HookEventId, body: unknown): Promise<void> {
  await db
    .updateTable("hookEvents")
    .set({ body: json(body) })
    .where("id", "=", id)
    .execute();
}

/** Newest first, without bodies. */
export async function listHookEvents(
  db: Db,
  scope: Scope,
  page: Page & { readonly instanceId?: InstanceId | undefined; readonly state?: HookEventState | undefined },
): Promise<Rows<HookEventRow>> {
  let query = db.selectFrom("hookEvents").where(withinScope(scope, "instanceId"));
  if (page.instanceId) query = query.where("instanceId", "=", page.instanceId);
  if (page.state) query = query.where("state", "=", page.state);
  const [rows, count] = await Promise.all([
    query
      .select(columns)
      .orderBy("receivedAt", "desc")
      .orderBy("id", "desc")
      .offset(page.offset)
      .limit(page.limit)
      .execute(),
    query.select(db.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(withoutNulls), total: count.total };
}

/** Bodies are kept to explain what happened; after a while nobody asks. */
export async function deleteOldHookEvents(db: Db, olderThan: Date): Promise<number> {
  const result = await db
    .deleteFrom("hookEvents")
    .where("receivedAt", "<", olderThan)
    .where("state", "<>", "received")
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function hookHealth(db: Db, scope: Scope): Promise<HookHealth> {
  const { rows } = await sql<{ [K in keyof HookHealth]-?: K extends "lastDeliveryAt" ? Date | null : HookHealth[K] }>`
    select count(*) as total, count(*) filter (where status = 'enabled') as healthy,
      coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(duplicate), 0)::bigint as duplicate,
      coalesce(sum(refused), 0)::bigint as refused, max(last_delivery_at) as last_delivery_at,
      (select count(*) from hook_events e where e.state = 'failed' and ${withinScope(scope, "e.instance_id")})
        as failed_events
    from hook_subscriptions s where ${withinScope(scope, "s.instance_id")}
  `.execute(db);
  return withoutNulls(rows[0]!) as HookHealth;
}
