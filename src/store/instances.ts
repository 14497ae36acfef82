/** Connections to a vendor: the rows of Settings > Data Sources & Integrations. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { InstanceState, SignIn, StateReason, Takes } from "#model/instance.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "./database.ts";
import { json } from "./json.ts";
import { newId } from "./new-id.ts";
import { inTransaction } from "./transaction.ts";
import { withinScope } from "./within-scope.ts";

export interface InstanceRow {
  readonly id: InstanceId;
  readonly name: string;
  readonly vendor: "azure-devops";
  readonly takes: Takes;
  readonly state: InstanceState;
  readonly reasons: readonly StateReason[];
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What the grid of instances shows. `signIn` is absent before the first credential is there. */
export interface InstanceOverview extends InstanceRow {
  readonly signIn?: SignIn;
  readonly organizations: readonly { readonly id: OrganizationId; readonly name: string; readonly syncedAt?: string }[];
  readonly repositories: { readonly chosen: number; readonly total: number };
  readonly hooks: { readonly healthy: number; readonly total: number };
  /** Open issues. */
  readonly issues: number;
}

const columns = ["id", "name", "vendor", "takes", "state", "reasons", "createdBy", "createdAt"] as const;

export interface NewInstance {
  readonly name: string;
  readonly takes: Takes;
  readonly createdBy: string;
}

/** It begins as `connecting`. */
export async function insertInstance(db: Db, instance: NewInstance): Promise<InstanceId> {
  const id = newId<InstanceId>();
  await db
    .insertInto("instances")
    .values({ id, ...instance, takes: json(instance.takes), state: "connecting", reasons: json([]) })
    .execute();
  return id;
}

export async function updateInstance(
  db: Db,
  id: InstanceId,
  change: { readonly name?: string | undefined; readonly takes?: Takes | undefined },
): Promise<void> {
  if (change.name === undefined && change.takes === undefined) return;
  await db
    .updateTable("instances")
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.takes === undefined ? {} : { takes: json(change.takes) }),
    })
    .where("id", "=", id)
    .execute();
}

/** True if that changed anything. */
export async function setInstanceState(
  db: Db,
  id: InstanceId,
  state: InstanceState,
  reasons: readonly StateReason[],
): Promise<boolean> {
  const result = await db
    .updateTable("instances")
    .set({ state, reasons: json(reasons) })
    .where("id", "=", id)
    .where(sql<boolean>`(state, reasons) is distinct from (${state}, ${json(reasons)}::jsonb)`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function getInstance(db: Db, id: InstanceId): Promise<InstanceRow | undefined> {
  return db.selectFrom("instances").select(columns).where("id", "=", id).executeTakeFirst();
}

export async function listInstances(db: Db, scope: Scope): Promise<readonly InstanceOverview[]> {
  const { rows } = await sql<InstanceRow & InstanceExtras>`
    select i.id, i.name, i.vendor, i.takes, i.state, i.reasons, i.created_by, i.created_at,
      (select jsonb_build_object('account', c.account_name, 'expires', c.expires)
       from credentials c where c.instance_id = i.id order by c.expires nulls last, c.id limit 1) as credential,
      (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
          'id', o.id, 'name', o.name, 'syncedAt', o.synced_at)) order by lower(o.name)), '[]')
       from organizations o where o.instance_id = i.id) as organizations,
      (select jsonb_build_object('chosen', count(*) filter (where r.chosen), 'total', count(*))
       from repositories r where r.instance_id = i.id and r.gone_at is null) as repositories,
      (select jsonb_build_object('healthy', count(*) filter (where h.status = 'enabled'), 'total', count(*))
       from hook_subscriptions h where h.instance_id = i.id) as hooks,
      (select count(*) from issues where instance_id = i.id and state = 'open') as issues
    from instances i
    where ${withinScope(scope, "i.id")}
    order by lower(i.name), i.id
  `.execute(db);
  return rows.map(({ credential, ...row }) => ({ ...row, ...(credential ? { signIn: signInOf(credential) } : {}) }));
}

export async function getInstanceOverview(db: Db, scope: Scope, id: InstanceId): Promise<InstanceOverview | undefined> {
  const visible = scope.is === "everything" || scope.ids.includes(id);
  return visible ? (await listInstances(db, { is: "instances", ids: [id] }))[0] : undefined;
}

/** Deletes everything that belongs to it; audit events stay. False if there is none. */
export async function deleteInstance(db: Db, id: InstanceId): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const deleted = await tx.deleteFrom("instances").where("id", "=", id).executeTakeFirst();
    await tx.deleteFrom("blobResults").where("instanceId", "=", id).execute();
    return deleted.numDeletedRows > 0n;
  });
}

interface InstanceExtras extends Omit<InstanceOverview, keyof InstanceRow | "signIn"> {
  readonly credential: { readonly account: string; readonly expires: string | null } | null;
}

function signInOf(credential: NonNullable<InstanceExtras["credential"]>): SignIn {
  const { account, expires } = credential;
  return { is: "pat", account, ...(expires === null ? {} : { expires: new Date(expires) }) };
}
