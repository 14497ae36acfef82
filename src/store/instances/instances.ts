/** Connections to a vendor: the rows of Settings > Data Sources & Integrations. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { InstanceState, SignIn, StateReason, Takes } from "#model/instance.ts";
import type { Scope } from "#model/scope.ts";
import { everyFeature, type FeatureSwitches, type SignInMethod } from "#model/scopes.ts";
import type { Db, OrganizationPace } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { inTransaction } from "../transaction.ts";
import { withinScope } from "../within-scope.ts";

export interface InstanceRow {
  readonly id: InstanceId;
  readonly name: string;
  readonly vendor: "azure-devops";
  readonly takes: Takes;
  readonly features: FeatureSwitches;
  readonly state: InstanceState;
  readonly reasons: readonly StateReason[];
  /** Set while a person has paused it: its state is `disabled` then. */
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What the grid of instances shows. `signIn` is absent before the first credential is there. */
export interface InstanceOverview extends InstanceRow {
  readonly signIn?: SignIn;
  readonly credentials: { readonly good: number; readonly total: number };
  readonly organizations: readonly {
    readonly id: OrganizationId;
    readonly name: string;
    readonly tenantId?: string;
    readonly syncedAt?: string;
    readonly pace?: OrganizationPace;
  }[];
  readonly heads: HeadProof;
  readonly repositories: { readonly chosen: number; readonly total: number };
  readonly hooks: { readonly healthy: number; readonly total: number };
  /** Open issues. */
  readonly issues: number;
}

/** Whether every chosen repository's head was looked at, and scanned. */
export interface HeadProof {
  /** Heads that differ from what was last scanned, or are another branch's. */
  readonly unscanned: number;
  /** Chosen repositories whose head was never looked at. */
  readonly unchecked: number;
  /** ISO text of the oldest look; absent if there is none. */
  readonly oldestCheck?: string;
}

const columns = [
  "id",
  "name",
  "vendor",
  "takes",
  "features",
  "state",
  "reasons",
  "pausedAt",
  "pausedBy",
  "createdBy",
  "createdAt",
] as const;

export interface NewInstance {
  readonly name: string;
  readonly takes: Takes;
  readonly features?: FeatureSwitches | undefined;
  readonly createdBy: string;
}

/** It begins as `connecting`. */
export async function insertInstance(db: Db, instance: NewInstance): Promise<InstanceId> {
  const id = newId<InstanceId>();
  await db
    .insertInto("instances")
    .values({
      id,
      name: instance.name,
      createdBy: instance.createdBy,
      takes: json(instance.takes),
      features: json(instance.features ?? everyFeature),
      state: "connecting",
      reasons: json([]),
    })
    .execute();
  return id;
}

export async function updateInstance(
  db: Db,
  id: InstanceId,
  change: {
    readonly name?: string | undefined;
    readonly takes?: Takes | undefined;
    readonly features?: FeatureSwitches | undefined;
  },
): Promise<void> {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.takes === undefined ? {} : { takes: json(change.takes) }),
    ...(change.features === undefined ? {} : { features: json(change.features) }),
  };
  if (Object.keys(set).length === 0) return;
  await db.updateTable("instances").set(set).where("id", "=", id).execute();
}

/** Paused: nothing is scanned, posted or asked. Without `paused` it goes on as `connecting` until the next look. */
export async function setPaused(
  db: Db,
  id: InstanceId,
  paused: { readonly by: string; readonly at: Date } | undefined,
): Promise<void> {
  await db
    .updateTable("instances")
    .set({
      state: paused ? "disabled" : "connecting",
      pausedAt: paused?.at ?? null,
      pausedBy: paused?.by ?? null,
      ...(paused ? {} : { reasons: json([]) }),
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

/** Nobody else changes it until the transaction ends; what refers to it can be written. */
export async function lockInstance(tx: Db, id: InstanceId): Promise<InstanceRow | undefined> {
  return tx.selectFrom("instances").select(columns).where("id", "=", id).forNoKeyUpdate().executeTakeFirst();
}

export async function listInstances(db: Db, scope: Scope): Promise<readonly InstanceOverview[]> {
  const { rows } = await sql<InstanceRow & InstanceExtras>`
    select i.id, i.name, i.vendor, i.takes, i.features, i.state, i.reasons, i.paused_at, i.paused_by, i.created_by,
      i.created_at,
      (select jsonb_build_object('method', c.method, 'account', c.account_name, 'expires', c.expires,
          'tenant', s.tenant_id)
       from credentials c left join sign_ins s on s.id = c.sign_in_id
       where c.instance_id = i.id
       order by c.health = 'good' desc, c.created_at, c.id limit 1) as credential,
      (select jsonb_build_object('good', count(*) filter (where c.health = 'good'), 'total', count(*))
       from credentials c where c.instance_id = i.id) as credentials,
      (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', o.id, 'name', o.name,
          'tenantId', o.tenant_id, 'syncedAt', o.synced_at, 'pace', o.pace)) order by lower(o.name)), '[]')
       from organizations o where o.instance_id = i.id) as organizations,
      (select jsonb_strip_nulls(jsonb_build_object(
          'unscanned', count(*) filter (where r.head_commit is not null
            and (r.scanned_ref, r.scanned_commit) is distinct from (r.default_branch, r.head_commit)),
          'unchecked', count(*) filter (where r.head_checked_at is null), 'oldestCheck', min(r.head_checked_at)))
       from repositories r where r.instance_id = i.id and r.chosen and r.gone_at is null and not r.is_disabled
         and r.default_branch is not null) as heads,
      (select jsonb_build_object('chosen', count(*) filter (where r.chosen), 'total', count(*))
       from repositories r where r.instance_id = i.id and r.kind = 'code' and r.gone_at is null) as repositories,
      (select jsonb_build_object('healthy', count(*) filter (where h.status = 'enabled'), 'total', count(*))
       from hook_subscriptions h where h.instance_id = i.id) as hooks,
      (select count(*) from issues where instance_id = i.id and state = 'open' and not archived) as issues
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
    await tx.deleteFrom("surveys").where("instanceId", "=", id).execute();
    return deleted.numDeletedRows > 0n;
  });
}

interface InstanceExtras extends Omit<InstanceOverview, keyof InstanceRow | "signIn"> {
  readonly credential: {
    readonly method: SignInMethod;
    readonly account: string;
    readonly expires: string | null;
    readonly tenant: string | null;
  } | null;
}

function signInOf(credential: NonNullable<InstanceExtras["credential"]>): SignIn {
  const { method, account, expires, tenant } = credential;
  return {
    is: method,
    account,
    ...(tenant ? { tenant } : {}),
    ...(expires === null ? {} : { expires: new Date(expires) }),
  };
}
