/** Our side of a service-hook subscription. The key is the secret part of the address that Azure DevOps calls. */
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Db, SubscriptionStatus } from "./database.ts";
import { type WithoutNulls, withoutNulls } from "./without-nulls.ts";

export type HookSubscription = WithoutNulls<{
  key: string;
  instanceId: InstanceId;
  organizationId: OrganizationId;
  /** Absent for a subscription to the whole organization. */
  projectId: ProjectId | null;
  eventType: string;
  secretSealed: Buffer;
  secretMadeAt: Date;
  /** Still accepted until then. */
  previousSecretSealed: Buffer | null;
  previousSecretUntil: Date | null;
  remoteId: string | null;
  status: SubscriptionStatus;
  accepted: number;
  duplicate: number;
  refused: number;
  refusedSeen: number;
  lastDeliveryAt: Date | null;
  checkedAt: Date | null;
  createdAt: Date;
}>;

export interface NewHookSubscription {
  readonly key: string;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId?: ProjectId | undefined;
  readonly eventType: string;
  readonly secretSealed: Buffer;
}

/** One per organization, project and event type: gives back the row that is there, with its own key, if there is one. */
export async function insertSubscription(db: Db, subscription: NewHookSubscription): Promise<HookSubscription> {
  const row = await db
    .insertInto("hookSubscriptions")
    .values({ ...subscription, projectId: subscription.projectId ?? null })
    .onConflict((conflict) =>
      // Changes nothing, but makes RETURNING give the existing row.
      conflict.constraint("hook_subscriptions_wanted").doUpdateSet({ eventType: subscription.eventType }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return withoutNulls(row);
}

export async function setSubscriptionRemote(
  db: Db,
  key: string,
  remote: { readonly remoteId?: string | undefined; readonly status: SubscriptionStatus },
): Promise<void> {
  await db
    .updateTable("hookSubscriptions")
    .set({ status: remote.status, ...(remote.remoteId === undefined ? {} : { remoteId: remote.remoteId }) })
    .where("key", "=", key)
    .execute();
}

/** It was found in working order, or brought there: deliveries refused until now are dealt with. */
export async function markSubscriptionChecked(db: Db, key: string, at: Date): Promise<void> {
  await db
    .updateTable("hookSubscriptions")
    .set((row) => ({ checkedAt: at, refusedSeen: row.ref("refused") }))
    .where("key", "=", key)
    .execute();
}

/** A new secret; the former one is accepted until then, because Azure DevOps takes up the new one a little later. */
export async function replaceSubscriptionSecret(
  db: Db,
  key: string,
  secret: { readonly sealed: Buffer; readonly madeAt: Date; readonly previousUntil: Date },
): Promise<void> {
  await db
    .updateTable("hookSubscriptions")
    .set((row) => ({
      previousSecretSealed: row.ref("secretSealed"),
      previousSecretUntil: secret.previousUntil,
      secretSealed: secret.sealed,
      secretMadeAt: secret.madeAt,
    }))
    .where("key", "=", key)
    .execute();
}

export async function findSubscriptionByKey(db: Db, key: string): Promise<HookSubscription | undefined> {
  const row = await db.selectFrom("hookSubscriptions").selectAll().where("key", "=", key).executeTakeFirst();
  return row && withoutNulls(row);
}

export async function listSubscriptions(db: Db, instanceId: InstanceId): Promise<readonly HookSubscription[]> {
  const rows = await db
    .selectFrom("hookSubscriptions")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .orderBy("projectId")
    .orderBy("eventType")
    .execute();
  return rows.map(withoutNulls);
}

export async function deleteSubscription(db: Db, key: string): Promise<void> {
  await db.deleteFrom("hookSubscriptions").where("key", "=", key).execute();
}

export type DeliveryOutcome = "accepted" | "duplicate" | "refused";
