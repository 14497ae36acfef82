/** Our side of a service-hook subscription. The key is the secret part of the address that Azure DevOps calls. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Db, SubscriptionStatus } from "../database.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

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

/** They were found in working order, or brought there: deliveries refused until then are dealt with. */
export async function markSubscriptionsChecked(
  db: Db,
  rows: readonly Pick<HookSubscription, "key" | "refused">[],
  at: Date,
): Promise<void> {
  await sql`update hook_subscriptions h set checked_at = ${at}, refused_seen = given.refused
    from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ refused }) => refused)}::bigint[])
      as given (key, refused)
    where h.key = given.key`.execute(db);
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

/** Azure DevOps did not take the new secret: the former one stays, and both are accepted as before. */
export async function takeBackSubscriptionSecret(db: Db, key: string, madeAt: Date): Promise<void> {
  await db
    .updateTable("hookSubscriptions")
    .set((row) => ({
      secretSealed: row.ref("previousSecretSealed").$notNull(),
      previousSecretSealed: row.ref("secretSealed"),
      secretMadeAt: madeAt,
    }))
    .where("key", "=", key)
    .where("previousSecretSealed", "is not", null)
    .execute();
}

/** All secrets of the instance count as old: the next sync replaces them. */
export async function ageSubscriptionSecrets(db: Db, instanceId: InstanceId): Promise<void> {
  await db
    .updateTable("hookSubscriptions")
    .set({ secretMadeAt: new Date(0) })
    .where("instanceId", "=", instanceId)
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

/** Projects with a watched repository of which not all four events are told of, as far as is known. */
export async function listUnheardProjects(db: Db, organizationId: OrganizationId): Promise<readonly ProjectId[]> {
  const { rows } = await sql<{ id: ProjectId }>`
    select distinct r.project_id as id from repositories r
    where r.organization_id = ${organizationId} and r.chosen and r.gone_at is null and not r.is_disabled
      and r.default_branch is not null
      and (select count(*) from hook_subscriptions h
        where h.organization_id = r.organization_id and h.project_id = r.project_id and h.status = 'enabled'
          and h.event_type in ('git.push', 'git.pullrequest.created', 'git.pullrequest.updated',
            'git.pullrequest.merged')) < 4
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

export async function deleteSubscription(db: Db, key: string): Promise<void> {
  await db.deleteFrom("hookSubscriptions").where("key", "=", key).execute();
}

export type DeliveryOutcome = "accepted" | "duplicate" | "refused";
