/** When the settings of organizations were looked at, what that cost, how it came out day by day, and when it is due again. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { PostureCategory } from "#model/posture/posture-result.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { withinScope } from "../within-scope.ts";

export interface PostureCounts {
  readonly pass: number;
  readonly fail: number;
  readonly notEvaluated: number;
}

export interface PostureRun {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Of the rules. */
  readonly version: string;
  readonly calls: { readonly total: number; readonly byKey: Readonly<Record<string, number>> };
  readonly counts: PostureCounts;
  /** What could not be taken into account, as sentences. */
  readonly gaps: readonly string[];
}

const keptRuns = 100;
const keptDays = 400;

type Owner = Pick<OrganizationRow, "id" | "instanceId">;

/** Two looks at once would settle the same issues: a job that was thought dead may not be. Until the transaction ends. */
export async function lockPosture(tx: Db, id: OrganizationId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`posture ${id}`}, 0))`.execute(tx);
}

export async function insertPostureRun(tx: Db, { id, instanceId }: Owner, run: PostureRun): Promise<void> {
  await sql`
    insert into posture_runs (id, instance_id, organization_id, started_at, finished_at, version, calls, counts, gaps)
    values (${newId()}, ${instanceId}, ${id}, ${run.startedAt}, ${run.finishedAt}, ${run.version},
      ${json(run.calls)}::jsonb, ${json(run.counts)}::jsonb, ${json(run.gaps)}::jsonb)`.execute(tx);
  await sql`
    delete from posture_runs where id in (select id from posture_runs where organization_id = ${id}
      order by finished_at desc, id desc offset ${keptRuns})`.execute(tx);
}

export async function lastPostureRun(db: Db, id: OrganizationId): Promise<PostureRun | undefined> {
  const { rows } = await sql<PostureRun>`
    select started_at, finished_at, version, calls, counts, gaps from posture_runs
    where organization_id = ${id} order by finished_at desc, id desc limit 1`.execute(db);
  return rows[0];
}

/** Of the last look of each day. */
export async function savePostureDay(
  tx: Db,
  { id, instanceId }: Owner,
  counts: ReadonlyMap<PostureCategory, PostureCounts>,
  at: Date,
): Promise<void> {
  const day = at.toISOString().slice(0, 10);
  const rows = [...counts];
  await sql`delete from posture_days where organization_id = ${id}
    and (day = ${day}::date or day < ${day}::date - ${sql.lit(keptDays)})`.execute(tx);
  await sql`
    insert into posture_days (instance_id, organization_id, day, category, pass, fail, not_evaluated)
    select ${instanceId}, ${id}, ${day}::date, category, pass, fail, not_evaluated
    from unnest(${rows.map(([category]) => category)}::text[], ${rows.map(([, one]) => one.pass)}::integer[],
      ${rows.map(([, one]) => one.fail)}::integer[], ${rows.map(([, one]) => one.notEvaluated)}::integer[])
      as given (category, pass, fail, not_evaluated)`.execute(tx);
}

export interface PostureDay extends PostureCounts {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
}

/** The oldest first. */
export async function postureTrend(
  db: Db,
  scope: Scope,
  id: OrganizationId,
  { days, now }: { readonly days: number; readonly now: Date },
): Promise<readonly PostureDay[]> {
  const { rows } = await sql<PostureDay>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(pass)::int as pass, sum(fail)::int as fail,
      sum(not_evaluated)::int as not_evaluated
    from posture_days where ${withinScope(scope, "instance_id")} and organization_id = ${id}
      and day > (${now}::timestamptz at time zone 'UTC')::date - ${days}::int
    group by day order by day`.execute(db);
  return rows;
}

/** Those whose time has come, of instances that look at settings; a new one waits until it is listed and scanned. */
export async function listDuePosture(
  db: Db,
  { now, newFrom }: { readonly now: Date; readonly newFrom: Date },
): Promise<readonly { readonly id: OrganizationId; readonly instanceId: InstanceId }[]> {
  const { rows } = await sql<{ id: OrganizationId; instanceId: InstanceId }>`
    select o.id, o.instance_id from organizations o join instances i on i.id = o.instance_id
    left join posture_settings s on s.instance_id = i.id
    where i.state <> 'disabled' and coalesce(s.enabled, true)
      and (o.posture_due_at <= ${now} or (o.posture_due_at is null and i.created_at <= ${newFrom}))
    order by o.posture_due_at nulls first, o.id`.execute(db);
  return rows;
}

export async function setPostureDue(db: Db, id: OrganizationId, at: Date): Promise<void> {
  await db.updateTable("organizations").set({ postureDueAt: at }).where("id", "=", id).execute();
}

/** Something changed: sooner than it would have been, but not before `rest` has passed since the last look began. */
export async function bringPostureForward(
  db: Db,
  id: OrganizationId,
  { now, restMilliseconds }: { readonly now: Date; readonly restMilliseconds: number },
): Promise<void> {
  const rest = sql`${restMilliseconds}::float8 * interval '1 millisecond'`;
  await sql`
    update organizations o set posture_due_at = least(o.posture_due_at, greatest(${now}::timestamptz,
      (select max(started_at) + ${rest} from posture_runs r where r.organization_id = o.id)))
    where o.id = ${id} and o.posture_due_at is not null`.execute(db);
}
