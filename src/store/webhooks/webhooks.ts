/** Webhooks: where to, of what, and the sealed secret that signs. */
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Webhook, WebhookId } from "#model/webhook.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";
import type { Keys } from "../keys.ts";
import { newId } from "../new-id.ts";
import { open, seal } from "../sealing.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";

export interface WebhookWish {
  readonly name: string;
  readonly address: string;
  readonly events: Webhook["events"];
  readonly enabled: boolean;
  readonly changedBy: string;
  readonly changedAt: Date;
}

const columns = [
  "id",
  "instanceId",
  "name",
  "address",
  "events",
  "enabled",
  "failingSince",
  "lookedUntil",
  "changedBy",
  "changedAt",
  "createdAt",
] as const;

export async function insertWebhook(
  db: Db,
  keys: Keys,
  wish: WebhookWish & { readonly instanceId: InstanceId; readonly secret: string },
): Promise<WebhookId> {
  const id = newId<WebhookId>();
  const { secret, ...row } = wish;
  await db
    .insertInto("webhooks")
    .values({
      ...row,
      id,
      name: storable(row.name),
      secret: seal(keys, secret, id),
      lookedUntil: row.changedAt,
      createdAt: row.changedAt,
    })
    .execute();
  return id;
}

/** Another address begins without failures; switched on again, it is told what happens from then on. */
export async function changeWebhook(db: Db, before: Webhook, wish: WebhookWish): Promise<void> {
  const isFresh = wish.address !== before.address || (wish.enabled && !before.enabled);
  await db
    .updateTable("webhooks")
    .set({
      ...wish,
      name: storable(wish.name),
      ...(isFresh && { failingSince: null }),
      ...(wish.enabled && !before.enabled && { lookedUntil: wish.changedAt }),
    })
    .where("id", "=", before.id)
    .execute();
}

export async function setWebhookSecret(
  db: Db,
  keys: Keys,
  id: WebhookId,
  change: { readonly secret: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable("webhooks")
    .set({ secret: seal(keys, change.secret, id), changedBy: change.by, changedAt: change.at })
    .where("id", "=", id)
    .execute();
}

export async function webhookSecret(db: Db, keys: Keys, id: WebhookId): Promise<SecretValue | undefined> {
  const row = await db.selectFrom("webhooks").select("secret").where("id", "=", id).executeTakeFirst();
  return row && open(keys, row.secret, id);
}

export async function deleteWebhook(db: Db, id: WebhookId): Promise<void> {
  await db.deleteFrom("webhooks").where("id", "=", id).execute();
}

export async function getWebhook(db: Db, scope: Scope, id: WebhookId): Promise<Webhook | undefined> {
  const row = await db
    .selectFrom("webhooks")
    .select(columns)
    .where("id", "=", id)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
  return row && withoutNulls(row);
}

export async function listWebhooks(db: Db, instanceId: InstanceId): Promise<readonly Webhook[]> {
  const rows = await db
    .selectFrom("webhooks")
    .select(columns)
    .where("instanceId", "=", instanceId)
    .orderBy("id")
    .execute();
  return rows.map(withoutNulls);
}

/** Of all instances, for whoever looks what is to be told. */
export async function listEnabledWebhooks(db: Db): Promise<readonly Webhook[]> {
  const rows = await db.selectFrom("webhooks").select(columns).where("enabled", "=", true).orderBy("id").execute();
  return rows.map(withoutNulls);
}

export async function markLookedUntil(db: Db, id: WebhookId, until: Date): Promise<void> {
  await db.updateTable("webhooks").set({ lookedUntil: until }).where("id", "=", id).execute();
}

/** Undefined: a delivery came through. */
export async function markFailing(db: Db, id: WebhookId, since: Date | undefined): Promise<void> {
  const failingSince = since ? sql<Date>`coalesce(failing_since, ${since})` : null;
  await db.updateTable("webhooks").set({ failingSince }).where("id", "=", id).execute();
}
