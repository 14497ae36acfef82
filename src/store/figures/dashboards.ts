/** Reads the figures of dashboards: sums of what `make-figures.ts` has counted, and how much of everything is looked at. */
import { type RawBuilder, sql } from "kysely";
import type { InstanceId, ProjectId } from "#model/ids.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Db } from "../database.ts";
import { withinScope } from "../within-scope.ts";
import { fixTimeSteps } from "./make-figures.ts";

export interface FigureFilter {
  readonly instanceId?: InstanceId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly tag?: string | undefined;
  /** Days, YYYY-MM-DD, both counted. */
  readonly from: string;
  readonly to: string;
}

export interface Stock {
  readonly severity: Severity;
  readonly silenced: number;
  readonly dismissed: number;
  readonly open: number;
  readonly urgent: number;
  readonly onTrack: number;
  readonly approaching: number;
  readonly overdue: number;
}

/** What was fixed in a range of days. */
export interface Flow {
  readonly scanner: ScannerName;
  readonly severity: Severity;
  readonly fixed: number;
  readonly inTime: number;
  readonly late: number;
  readonly hours: number;
  /** How many took how long, in the steps of `fixTimeSteps`. */
  readonly times: readonly number[];
}

export interface Week {
  readonly week: string;
  readonly opened: number;
  readonly fixed: number;
  readonly net: number;
}

export interface Top {
  readonly name: string;
  readonly title: string | null;
  readonly id: string | null;
  readonly open: number;
  readonly urgent: number;
  readonly overdue: number;
}

export interface Coverage {
  readonly repositories: number;
  readonly watched: number;
  readonly lookedAt: number;
  readonly gated: number;
  readonly pullRequests: number;
  readonly judged: number;
}

/** `f` is a table with instance and repository. */
function within(scope: Scope, { instanceId, projectId, tag }: FigureFilter): RawBuilder<unknown> {
  const parts = [sql`${withinScope(scope, "f.instance_id")}`];
  if (instanceId) parts.push(sql`f.instance_id = ${instanceId}`);
  if (projectId || tag) {
    const conditions = [
      projectId ? sql`r.project_id = ${projectId}` : sql`true`,
      tag ? sql`${tag} = any(r.tags)` : sql`true`,
    ];
    parts.push(sql`f.repository_id in (select r.id from repositories r where ${sql.join(conditions, sql` and `)})`);
  }
  return sql.join(parts, sql` and `);
}

/** Days of whole instances are added up already. */
function daysOf({ projectId, tag }: FigureFilter): RawBuilder<unknown> {
  return sql.table(projectId || tag ? "daily_figures" : "daily_totals");
}

/** The oldest of the counts that are summed up. */
export async function figuresAsOf(db: Db, scope: Scope, { instanceId }: FigureFilter): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from figure_times f
    where ${withinScope(scope, "f.instance_id")} and ${instanceId ? sql`f.instance_id = ${instanceId}` : sql`true`}`.execute(
    db,
  );
  return rows[0]?.at ?? undefined;
}

export async function sumStock(db: Db, scope: Scope, filter: FigureFilter): Promise<readonly Stock[]> {
  const { rows } = await sql<Stock>`
    select severity, sum(silenced)::int as silenced, sum(dismissed)::int as dismissed, sum(open)::int as open,
      sum(urgent)::int as urgent, sum(on_track)::int as on_track, sum(approaching)::int as approaching,
      sum(overdue)::int as overdue
    from figures f where ${within(scope, filter)} group by severity`.execute(db);
  return rows;
}

export async function sumFlow(db: Db, scope: Scope, filter: FigureFilter): Promise<readonly Flow[]> {
  const times = [...fixTimeSteps, 0].map((_end, position) => sql`sum(times[${sql.lit(position + 1)}])::int`);
  const { rows } = await sql<Flow>`
    select scanner, severity, sum(fixed)::int as fixed, sum(in_time)::int as in_time, sum(late)::int as late,
      sum(hours)::float8 as hours, array[${sql.join(times)}] as times
    from ${daysOf(filter)} f
    where ${within(scope, filter)} and fixed > 0 and day between ${filter.from}::date and ${filter.to}::date
    group by scanner, severity`.execute(db);
  return rows;
}

/** Weeks from Monday on, oldest first; `after`: what changed since the last of the days. */
export async function sumWeeks(
  db: Db,
  scope: Scope,
  filter: FigureFilter,
): Promise<{ readonly weeks: readonly Week[]; readonly after: number }> {
  const { rows } = await sql<Week>`
    with days as (
      select date_trunc('week', day)::date as week, sum(opened) as opened, sum(fixed) as fixed, sum(net) as net
      from ${daysOf(filter)} f
      where ${within(scope, filter)} and day between date_trunc('week', ${filter.from}::date)::date and ${filter.to}::date
      group by 1)
    select to_char(week, 'YYYY-MM-DD') as week, coalesce(opened, 0)::int as opened, coalesce(fixed, 0)::int as fixed,
      coalesce(net, 0)::int as net
    from (select generate_series(date_trunc('week', ${filter.from}::date), ${filter.to}::date, '7 days')::date as week) w
    left join days using (week) order by week`.execute(db);
  const { rows: later } = await sql<{ net: number }>`
    select coalesce(sum(net), 0)::int as net from ${daysOf(filter)} f
    where ${within(scope, filter)} and day > ${filter.to}::date`.execute(db);
  return { weeks: rows, after: later[0]?.net ?? 0 };
}

const mostTops = 10;

export async function listTops(
  db: Db,
  scope: Scope,
  { kind, ...filter }: FigureFilter & { readonly kind: "rule" | "owner" },
): Promise<readonly Top[]> {
  const { rows } = await sql<Top>`
    select name, max(title) as title, null as id, sum(open)::int as open, sum(urgent)::int as urgent,
      sum(overdue)::int as overdue
    from top_figures f where ${within(scope, filter)} and kind = ${kind}
    group by name order by open desc, name limit ${mostTops}`.execute(db);
  return rows;
}

export async function listTopRepositories(db: Db, scope: Scope, filter: FigureFilter): Promise<readonly Top[]> {
  const { rows } = await sql<Top>`
    select r.name, p.name || '/' || r.name as title, r.id, t.open, t.urgent, t.overdue
    from (
      select repository_id, sum(open)::int as open, sum(urgent)::int as urgent, sum(overdue)::int as overdue
      from figures f where ${within(scope, filter)} group by repository_id
      having sum(open) > 0 order by 2 desc, 1 limit ${mostTops}) t
    join repositories r on r.id = t.repository_id join projects p on p.id = r.project_id
    order by t.open desc, title`.execute(db);
  return rows;
}

const lookedAtDays = 7;

export async function readCoverage(db: Db, scope: Scope, filter: FigureFilter, now: Date): Promise<Coverage> {
  const since = new Date(now.getTime() - lookedAtDays * 24 * 60 * 60_000);
  const { rows } = await sql<Omit<Coverage, "pullRequests" | "judged">>`
    select count(*)::int as repositories, count(*) filter (where chosen)::int as watched,
      count(*) filter (where chosen and head_checked_at >= ${since})::int as looked_at,
      count(*) filter (where chosen and exists (select 1 from gates g
        where g.repository_id = f.id and g.ref = f.default_branch and g.state = 'effective'))::int as gated
    from (select *, id as repository_id from repositories where kind = 'code' and gone_at is null) f
    where ${within(scope, filter)}`.execute(db);
  const { rows: requests } = await sql<Pick<Coverage, "pullRequests" | "judged">>`
    select count(*)::int as pull_requests, count(*) filter (where exists (select 1 from verdicts v
      where v.repository_id = f.repository_id and v.number = f.number))::int as judged
    from pull_requests f
    where ${within(scope, filter)} and updated_at >= ${filter.from}::date::timestamp at time zone 'UTC'
      and updated_at < (${filter.to}::date + 1)::timestamp at time zone 'UTC'`.execute(db);
  const none = { repositories: 0, watched: 0, lookedAt: 0, gated: 0 };
  return { ...none, ...rows[0], ...(requests[0] ?? { pullRequests: 0, judged: 0 }) };
}
