/** The log of what webhooks were told: each thing once, tried until it is through or too old. */
import { sql } from "kysely";
import type { Scope } from "#model/scope.ts";
import type { DeliveredEvent, Delivery, DeliveryId, DeliveryState, Webhook, WebhookId } from "#model/webhook.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";

export interface NewDelivery {
  readonly event: DeliveredEvent;
  /** Of what it tells: the same is told once. */
  readonly key: string;
  /** JSON, without what is known only when it is stored. */
  readonly content: Readonly<Record<string, unknown>>;
  /** When what it tells of happened. */
  readonly at: Date;
}

const columns = [
  "id",
  "webhookId",
  "instanceId",
  "event",
  "body",
  "state",
  "tries",
  "nextTry",
  "lastStatus",
  "lastAnswer",
  "createdAt",
  "triedAt",
] as const;

/** Ids of those that are new. */
export async function insertDeliveries(
  db: Db,
  webhook: Pick<Webhook, "id" | "instanceId">,
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<readonly DeliveryId[]> {
  const ids: DeliveryId[] = [];
  for (let start = 0; start < deliveries.length; start += atOnce) {
    const rows = await db
      .insertInto("webhookDeliveries")
      .values(deliveries.slice(start, start + atOnce).map((delivery) => rowOf(webhook, delivery, now)))
      .onConflict((conflict) => conflict.columns(["webhookId", "key"]).doNothing())
      .returning("id")
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

/** Those of the webhooks that were told it already. */
export async function webhooksTold(
  db: Db,
  webhooks: readonly WebhookId[],
  key: string,
): Promise<ReadonlySet<WebhookId>> {
  const rows = await db
    .selectFrom("webhookDeliveries")
    .select("webhookId")
    .where("webhookId", "in", webhooks)
    .where("key", "=", storable(key))
    .execute();
  return new Set(rows.map(({ webhookId }) => webhookId));
}

/** A statement holds 65,535 values. */
const atOnce = 1_000;

function rowOf(
  { id: webhookId, instanceId }: Pick<Webhook, "id" | "instanceId">,
  { event, key, content, at }: NewDelivery,
  now: Date,
) {
  const id = newId<DeliveryId>();
  const body = JSON.stringify({ id, event, at: at.toISOString(), instance: instanceId, ...content });
  const waiting = { state: "waiting", nextTry: now, createdAt: now } as const;
  return { id, webhookId, instanceId, event, key: storable(key), body: storable(body), ...waiting };
}

/** The oldest first. */
export async function nextDelivery(db: Db, webhookId: WebhookId, now: Date): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom("webhookDeliveries")
    .select(columns)
    .where("webhookId", "=", webhookId)
    .where("state", "=", "waiting")
    .where("nextTry", "<=", now)
    .orderBy("id")
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** Those of whom something waits whose time has come. */
export async function webhooksWithDeliveries(db: Db, now: Date): Promise<ReadonlySet<WebhookId>> {
  const rows = await db
    .selectFrom("webhookDeliveries")
    .select("webhookId")
    .distinct()
    .where("state", "=", "waiting")
    .where("nextTry", "<=", now)
    .execute();
  return new Set(rows.map(({ webhookId }) => webhookId));
}

export interface Attempt {
  readonly state: DeliveryState;
  readonly nextTry: Date | null;
  readonly lastStatus: number | null;
  readonly lastAnswer: string;
  readonly at: Date;
}

export async function recordAttempt(db: Db, id: DeliveryId, attempt: Attempt): Promise<void> {
  const { at: triedAt, lastAnswer, ...row } = attempt;
  await db
    .updateTable("webhookDeliveries")
    .set({ ...row, triedAt, lastAnswer: storable(lastAnswer), tries: sql`tries + 1` })
    .where("id", "=", id)
    .execute();
}

/** What waits while its address does not answer waits until it is asked again. */
export async function putOffDeliveries(db: Db, webhookId: WebhookId, until: Date): Promise<void> {
  await db
    .updateTable("webhookDeliveries")
    .set({ nextTry: until })
    .where("webhookId", "=", webhookId)
    .where("state", "=", "waiting")
    .where("nextTry", "<", until)
    .execute();
}

/** As it was, with the id that it had: who got it already can tell. */
export async function deliverAgain(db: Db, id: DeliveryId, now: Date): Promise<void> {
  await db
    .updateTable("webhookDeliveries")
    .set({ state: "waiting", nextTry: now, tries: 0 })
    .where("id", "=", id)
    .execute();
}

export async function getDelivery(db: Db, scope: Scope, id: DeliveryId): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom("webhookDeliveries")
    .select(columns)
    .where("id", "=", id)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** The newest first. */
export async function listDeliveries(db: Db, webhookId: WebhookId, page: Page): Promise<Rows<Delivery>> {
  const of = db.selectFrom("webhookDeliveries").where("webhookId", "=", webhookId);
  const [rows, count] = await Promise.all([
    of.select(columns).orderBy("id", "desc").offset(page.offset).limit(page.limit).execute(),
    of.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(withoutNulls), total: count.total };
}

/** What is over and older goes; what waits stays. */
export async function clearDeliveries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("webhookDeliveries").where("state", "<>", "waiting").where("createdAt", "<", before).execute();
}
