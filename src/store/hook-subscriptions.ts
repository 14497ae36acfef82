/** Our side of a service-hook subscription. The key is the secret part of the address that Azure DevOps calls. */
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Db, SubscriptionStatus } from "./database.ts";
import { type WithoutNulls, withoutNulls } from "./without-nulls.ts";

export type HookSubscription = WithoutNulls<{
  key: string;
  instanceId: InstanceId;
  organizationId: OrganizationId;
  projectId: ProjectId;
  eventType: string;
  secretSealed: Buffer;
  remoteId: string | null;
  status: SubscriptionStatus;
  accepted: number;
  duplicate: number;
  refused: number;
  lastDeliveryAt: Date | null;
  createdAt: Date;
}>;

export interface NewHookSubscription {
  readonly key: string;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  readonly eventType: string;
  readonly secretSealed: Buffer;
}

/** One per instance, project and event type: gives back the row that is there, with its own key, if there is one. */
export async function insertSubscription(db: Db, subscription: NewHookSubscription): Promise<HookSubscription> {
  const row = await db
    .insertInto("hookSubscriptions")
    .values(subscription)
    .onConflict((conflict) =>
      // Changes nothing, but makes RETURNING give the existing row.
      conflict.columns(["instanceId", "projectId", "eventType"]).doUpdateSet({ eventType: subscription.eventType }),
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
