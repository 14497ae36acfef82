/**
 * Counts what dashboards show, for one instance: what there is, anew each time; what happened, only of the days since the
 * last count. Running it twice changes nothing more.
 */
import { type RawBuilder, sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { inTransaction } from "../transaction.ts";

/** From this urgency on an issue counts as urgent. */
export const urgentFrom = 70;

/** Ends of the steps of times to fix, in hours; the last step has no end. */
export const fixTimeSteps = [
  1, 4, 12, 24, 48, 72, 120, 168, 240, 336, 504, 720, 1080, 1440, 2160, 2880, 4320, 6480, 8760,
] as const;

/** Days before the first count that are counted as well, and that are kept. */
const keptDays = 400;

export async function makeFigures(db: Db, instanceId: InstanceId, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Two at once would do the same twice, and wait for each other's rows.
    const lock = sql`select pg_advisory_xact_lock(hashtextextended(${`figures ${instanceId}`}, 0))`;
    await lock.execute(tx);
    const { rows } = await sql<{ at: Date }>`select at from figure_times where instance_id = ${instanceId}`.execute(tx);
    await countStock(tx, instanceId, now);
    await countTops(tx, instanceId, now);
    await countDays(tx, instanceId, { since: rows[0]?.at, now });
    await sql`
      insert into figure_times (instance_id, at, issues)
      select id, ${now}, (select count(*) from issues where instance_id = ${instanceId})
      from instances where id = ${instanceId}
      on conflict (instance_id) do update set at = excluded.at, issues = excluded.issues`.execute(tx);
  });
}

function openIf(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`count(*) filter (where state = 'open' and ${condition})`;
}

const isUrgent = sql`urgency >= ${sql.lit(urgentFrom)}`;

function isOverdue(now: Date): RawBuilder<unknown> {
  return sql`due_at <= ${now}`;
}

async function countStock(tx: Db, instanceId: InstanceId, now: Date): Promise<void> {
  await sql`delete from figures where instance_id = ${instanceId}`.execute(tx);
  await sql`
    insert into figures (instance_id, repository_id, scanner, severity, silenced, dismissed, open, urgent, on_track,
      approaching, overdue)
    select ${instanceId}::uuid, repository_id, scanner, severity,
      count(*) filter (where state = 'silenced'), count(*) filter (where state = 'dismissed'),
      ${openIf(sql`true`)}, ${openIf(isUrgent)}, ${openIf(sql`due_soon_at > ${now}`)},
      ${openIf(sql`due_soon_at <= ${now} and due_at > ${now}`)}, ${openIf(isOverdue(now))}
    from issues
    where instance_id = ${instanceId} and not archived and present and state in ('open', 'silenced', 'dismissed')
    group by repository_id, scanner, severity`.execute(tx);
}

async function countTops(tx: Db, instanceId: InstanceId, now: Date): Promise<void> {
  await sql`delete from top_figures where instance_id = ${instanceId}`.execute(tx);
  const counts = sql`${openIf(sql`true`)}, ${openIf(isUrgent)}, ${openIf(isOverdue(now))}`;
  const open = sql`instance_id = ${instanceId} and not archived and state = 'open'`;
  await sql`
    insert into top_figures (instance_id, repository_id, kind, name, title, open, urgent, overdue)
    select ${instanceId}::uuid, repository_id, 'rule', rule, max(finding->'imported'->>'title'), ${counts}
    from issues where ${open} group by repository_id, rule
    union all
    select ${instanceId}::uuid, repository_id, 'owner', owner, null, ${counts}
    from issues where ${open} and owner is not null group by repository_id, owner`.execute(tx);
}

/** A day that is not over is counted again, and the one before: events are written a moment after they happened. */
async function countDays(
  tx: Db,
  instanceId: InstanceId,
  { since, now }: { readonly since: Date | undefined; readonly now: Date },
): Promise<void> {
  const from = since
    ? sql`(${since}::timestamptz at time zone 'UTC')::date - 1`
    : sql`(${now}::timestamptz at time zone 'UTC')::date - ${sql.lit(keptDays)}`;
  for (const table of ["daily_figures", "daily_totals"]) {
    await sql`delete from ${sql.table(table)} where instance_id = ${instanceId}
      and (day >= ${from} or day < (${now}::timestamptz at time zone 'UTC')::date - ${sql.lit(keptDays)})`.execute(tx);
  }
  const steps = sql`array[${sql.join(fixTimeSteps.map((hours) => sql.lit(hours)))}]::double precision[]`;
  const step = (position: number) =>
    sql`count(*) filter (where is_fix and width_bucket(hours, ${steps}) = ${sql.lit(position)})`;
  const times = sql.join([...fixTimeSteps, 0].map((_end, position) => step(position)));
  await sql`
    insert into daily_figures (instance_id, repository_id, day, scanner, severity, opened, fixed, net, in_time, late,
      hours, times)
    select ${instanceId}::uuid, repository_id, day, scanner, severity, count(*) filter (where net = 1),
      count(*) filter (where is_fix), sum(net), count(*) filter (where is_fix and due_at >= at),
      count(*) filter (where is_fix and due_at < at), coalesce(sum(hours) filter (where is_fix), 0), array[${times}]
    from (
      select i.repository_id, i.scanner, i.severity, i.due_at, e.at, (e.at at time zone 'UTC')::date as day,
        e.kind = 'fixed' and coalesce(e.data->>'was', 'open') = 'open' as is_fix,
        greatest(0, extract(epoch from e.at - least(e.at, coalesce(i.counts_from, i.first_seen))) / 3600)::float8 as hours,
        case
          when e.kind in ('re-graded', 'left-head', 'back-in-head') or e.kind like 'exception-%' then 0
          when e.kind in ('fixed', 'rule-off') then case when e.data->>'was' = 'silenced' then 0 else -1 end
          when e.kind = 'dismissed' then -1
          when e.kind = 'silenced' then case when e.data->>'was' = 'open' then -1 else 0 end
          when e.data->>'state' in ('fixed', 'silenced') then 0 else 1 end as net
      from issue_events e join issues i on i.id = e.issue_id and not i.archived
      where e.instance_id = ${instanceId} and e.at >= (${from})::timestamp at time zone 'UTC') changes
    group by repository_id, day, scanner, severity`.execute(tx);
  const sums = [...fixTimeSteps, 0].map((_end, position) => sql`sum(times[${sql.lit(position + 1)}])`);
  await sql`
    insert into daily_totals (instance_id, day, scanner, severity, opened, fixed, net, in_time, late, hours, times)
    select instance_id, day, scanner, severity, sum(opened), sum(fixed), sum(net), sum(in_time), sum(late), sum(hours),
      array[${sql.join(sums)}]
    from daily_figures where instance_id = ${instanceId} and day >= ${from}
    group by instance_id, day, scanner, severity`.execute(tx);
}

/** When each instance was counted, and how many issues it had then; `at` is absent if it never was. */
export async function listFigureTimes(
  db: Db,
): Promise<readonly { readonly instanceId: InstanceId; readonly at?: Date; readonly issues: number }[]> {
  const rows = await db
    .selectFrom("instances")
    .leftJoin("figureTimes", "figureTimes.instanceId", "instances.id")
    .select(["instances.id as instanceId", "figureTimes.at", "figureTimes.issues"])
    .execute();
  return rows.map(({ instanceId, at, issues }) => ({ instanceId, ...(at && { at }), issues: issues ?? 0 }));
}

/** Whether an instance has so many issues; counts no further. */
export async function hasMoreIssues(db: Db, instanceId: InstanceId, than: number): Promise<boolean> {
  const { rows } = await sql`select 1 from issues where instance_id = ${instanceId} offset ${than} limit 1`.execute(db);
  return rows.length > 0;
}
