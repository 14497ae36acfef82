/** Issues: what people see and act on. `apply-branch-findings.ts` makes and fixes them, `dismiss-issue.ts` is for people. */
import { sql } from "kysely";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Finding, Origin } from "#model/finding.ts";
import type { InstanceId, IssueId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { DismissReason, Issue, IssueState } from "#model/issue.ts";
import type { RuleId } from "#model/rule.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import { containsText } from "./contains-text.ts";
import type { Db, IssueStateName } from "./database.ts";
import { listHistoryOccurrences } from "./history-occurrences.ts";
import { type IssueEvent, listIssueEvents } from "./issue-events.ts";
import { listOccurrences, type Occurrence } from "./occurrences.ts";
import type { Page, Rows } from "./page.ts";
import { withinScope } from "./within-scope.ts";

export interface IssueRow extends Issue {
  readonly rule: RuleId;
  readonly scanner: ScannerName;
  readonly severity: Severity;
  readonly message: string;
  /** Of the first occurrence; the resource's name where there is no file. */
  readonly path: string;
  readonly line?: number;
  readonly repositoryName: string;
  /** A secret that the branch does not hold now. */
  readonly onlyInHistory: boolean;
  readonly projectId: ProjectId;
  readonly projectName: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
}

export interface IssueDetail extends IssueRow {
  readonly repositoryWebUrl: string;
  /** The commit that the occurrences were last seen in, if its branch is the one scanned last and holds the issue. */
  readonly scannedCommit?: string;
  /** How a secret came into the repository, once its history was read. */
  readonly origin?: Origin;
  readonly occurrences: readonly Occurrence[];
  readonly events: readonly IssueEvent[];
}

export type IssueSort = "severity" | "first-seen" | "last-seen" | "repository" | "rule" | "path";

export interface IssueFilter extends Page {
  /** In path, message, rule and package. */
  readonly search?: string | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly scanner?: readonly ScannerName[] | undefined;
  readonly state?: readonly IssueStateName[] | undefined;
  /** What the resource is written in; a plan of Terraform counts as Terraform. */
  readonly framework?: readonly string[] | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly rule?: string | undefined;
  /** About a package, by its name as the ecosystem writes it. */
  readonly ecosystem?: Ecosystem | undefined;
  readonly package?: string | undefined;
  /** Those of repositories that are no longer watched, instead of the others. */
  readonly archived?: boolean | undefined;
  /** Default: severity, worst first. */
  readonly sort?: IssueSort | undefined;
  /** Turns the order round. */
  readonly descending?: boolean | undefined;
}

type Fragment = ReturnType<typeof sql>;

export async function listIssues(db: Db, scope: Scope, filter: IssueFilter): Promise<Rows<IssueRow>> {
  const condition = issueCondition(scope, filter);
  const tail = sql`${issueOrder(filter)} offset ${filter.offset} limit ${filter.limit}`;
  const [rows, count] = await Promise.all([
    selectIssues(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from issues i ${
      filter.projectId ? sql`join repositories r on r.id = i.repository_id` : sql``
    } where ${condition}`.execute(db),
  ]);
  return { rows: rows.map(toIssueRow), total: count.rows[0]?.total ?? 0 };
}

export async function getIssue(db: Db, scope: Scope, id: IssueId): Promise<IssueDetail | undefined> {
  const [row] = await selectIssues(db, sql`${withinScope(scope, "i.instance_id")} and i.id = ${id}`, sql``);
  if (!row) return undefined;
  const [occurrences, history, events] = await Promise.all([
    listOccurrences(db, row.repositoryId, row.branch, row.fingerprint),
    row.scanner === "secrets" ? listHistoryOccurrences(db, row.repositoryId, row.fingerprint) : [],
    listIssueEvents(db, id),
  ]);
  const origin = history.find(({ finding }) => finding.origin)?.finding.origin;
  const isRead = row.scannedCommit !== null && row.scannedRef === row.branch && !row.onlyInHistory;
  return {
    ...toIssueRow(row),
    repositoryWebUrl: row.repositoryWebUrl,
    ...(isRead && row.scannedCommit !== null ? { scannedCommit: row.scannedCommit } : {}),
    ...(origin && { origin: { ...origin, inHead: !row.onlyInHistory } }),
    occurrences,
    events,
  };
}

/** Open issues by severity and scanner; pairs without any are left out. */
export async function countIssues(
  db: Db,
  scope: Scope,
): Promise<readonly { readonly severity: Severity; readonly scanner: ScannerName; readonly count: number }[]> {
  return db
    .selectFrom("issues")
    .select(["severity", "scanner", db.fn.countAll<number>().as("count")])
    .where(withinScope(scope, "instanceId"))
    .where("state", "=", "open")
    .where("archived", "=", false)
    .groupBy(["severity", "scanner"])
    .execute();
}

export interface TrendDay {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly opened: number;
  readonly fixed: number;
  readonly dismissed: number;
  /** Open issues at the end of the day. */
  readonly open: number;
}

/** The last `days` days, oldest first, today included. */
export async function issueTrend(db: Db, scope: Scope, days: number, now = new Date()): Promise<readonly TrendDay[]> {
  const { rows } = await sql<TrendDay>`
    with changes as (
      select (at at time zone 'UTC')::date as day,
        count(*) filter (where delta = 1) as opened,
        count(*) filter (where delta = -1 and kind in ('fixed', 'rule-off')) as fixed,
        count(*) filter (where kind = 'dismissed') as dismissed, sum(delta) as net
      from (select at, kind, case
          when kind in ('re-graded', 'left-head', 'back-in-head') or kind like 'exception-%' then 0
          when kind in ('fixed', 'rule-off') then case when data->>'was' = 'silenced' then 0 else -1 end
          when kind = 'dismissed' then -1
          when kind = 'silenced' then case when data->>'was' = 'open' then -1 else 0 end
          when data->>'state' in ('fixed', 'silenced') then 0 else 1 end as delta
        from issue_events join issues i on i.id = issue_id and not i.archived
        where ${withinScope(scope, "issue_events.instance_id")}
          and at >= date_trunc('day', ${now}::timestamptz at time zone 'UTC') at time zone 'UTC' - ${days} * interval '1 day') e
      group by 1
    ), calendar as (
      select (${now}::timestamptz at time zone 'UTC')::date - back as day from generate_series(0, ${days}::int - 1) back
    )
    select to_char(day, 'YYYY-MM-DD') as day, coalesce(opened, 0) as opened, coalesce(fixed, 0) as fixed,
      coalesce(dismissed, 0) as dismissed,
      ((select count(*) from issues where ${withinScope(scope, "instance_id")} and state = 'open' and not archived)
        - coalesce(sum(net) over (order by day desc rows between unbounded preceding and 1 preceding), 0))::bigint as open
    from calendar left join changes using (day) order by day
  `.execute(db);
  return rows;
}

function issueCondition(scope: Scope, filter: IssueFilter): Fragment {
  const parts: Fragment[] = [withinScope(scope, "i.instance_id"), sql`i.archived = ${filter.archived ?? false}`];
  if (filter.search) parts.push(sql`i.search_text like ${containsText(filter.search.toLowerCase())}`);
  if (filter.severity?.length) parts.push(sql`i.severity = any(${[...filter.severity]}::text[])`);
  if (filter.scanner?.length) parts.push(sql`i.scanner = any(${[...filter.scanner]}::text[])`);
  if (filter.state?.length) parts.push(sql`i.state = any(${[...filter.state]}::text[])`);
  if (filter.framework?.length) parts.push(sql`${frameworkOfIssue} = any(${[...filter.framework]}::text[])`);
  if (filter.repositoryId) parts.push(sql`i.repository_id = ${filter.repositoryId}`);
  if (filter.instanceId) parts.push(sql`i.instance_id = ${filter.instanceId}`);
  if (filter.projectId) parts.push(sql`r.project_id = ${filter.projectId}`);
  if (filter.rule) parts.push(sql`i.rule = ${filter.rule}`);
  if (filter.ecosystem) parts.push(sql`i.finding->'package'->>'ecosystem' = ${filter.ecosystem}`);
  if (filter.package) parts.push(sql`lower(i.finding->'package'->>'name') = ${filter.package.toLowerCase()}`);
  return sql.join(parts, sql` and `);
}

const frameworkOfIssue = sql`regexp_replace(i.finding->'resource'->>'language', '-plan$', '')`;

function issueOrder(filter: IssueFilter): Fragment {
  const way = filter.descending ? sql`desc` : sql`asc`;
  const orders: Record<IssueSort, Fragment> = {
    // With the index issues_worst: newest first within a severity.
    severity: filter.descending
      ? sql`i.severity_rank desc, i.last_seen asc`
      : sql`i.severity_rank asc, i.last_seen desc`,
    "first-seen": sql`i.first_seen ${way}`,
    "last-seen": sql`i.last_seen ${way}`,
    repository: sql`lower(r.name) ${way}, i.severity_rank`,
    rule: sql`i.rule ${way}, i.severity_rank`,
    path: sql`i.path ${way}, i.line ${way}`,
  };
  return sql`order by ${orders[filter.sort ?? "severity"]}, i.id ${filter.sort === undefined || filter.sort === "severity" ? sql`` : way}`;
}

interface SelectedIssue {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly scanner: ScannerName;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
  readonly finding: Finding;
  readonly state: IssueStateName;
  readonly skip: Skip | null;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly fixedAt: Date | null;
  readonly dismissedBy: string | null;
  readonly dismissedUntil: Date | null;
  readonly dismissReason: DismissReason | null;
  readonly dismissComment: string | null;
  readonly onlyInHistory: boolean;
  readonly repositoryName: string;
  readonly repositoryWebUrl: string;
  readonly scannedRef: string | null;
  readonly scannedCommit: string | null;
  readonly projectId: ProjectId;
  readonly projectName: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
}

async function selectIssues(db: Db, condition: Fragment, tail: Fragment): Promise<readonly SelectedIssue[]> {
  const { rows } = await sql<SelectedIssue>`
    select i.id, i.instance_id, i.repository_id, i.branch, i.fingerprint, i.rule, i.scanner, i.severity, i.message,
      i.path, i.line, i.finding, i.state, i.skip, i.first_seen, i.last_seen, i.fixed_at, i.dismissed_by, i.dismissed_until,
      i.dismiss_reason, i.dismiss_comment, i.only_in_history, r.name as repository_name, r.web_url as repository_web_url, r.scanned_ref,
      r.scanned_commit, r.project_id, p.name as project_name, r.organization_id, o.name as organization_name
    from issues i
    join repositories r on r.id = i.repository_id
    join projects p on p.id = r.project_id
    join organizations o on o.id = r.organization_id
    where ${condition} ${tail}
  `.execute(db);
  return rows;
}

function toIssueRow(row: SelectedIssue): IssueRow {
  const { repositoryWebUrl: _url, scannedRef: _ref, scannedCommit: _commit, fingerprint: _print, ...rest } = row;
  const { state: _state, fixedAt: _at, dismissedBy: _by, dismissedUntil: _until, ...more } = rest;
  const { dismissReason: _reason, dismissComment: _comment, skip: _skip, line, ...plain } = more;
  return { ...plain, ...(line === null ? {} : { line }), state: toState(row) };
}

function toState(row: SelectedIssue): IssueState {
  switch (row.state) {
    case "open":
      return { is: "open" };
    case "fixed":
      return { is: "fixed", at: row.fixedAt ?? row.lastSeen };
    case "silenced":
      return { is: "silenced", ...(row.skip ?? { reason: "" }) };
    case "dismissed":
      return {
        is: "dismissed",
        by: row.dismissedBy ?? "",
        reason: row.dismissReason ?? "false-positive",
        ...(row.dismissedUntil === null ? {} : { until: row.dismissedUntil }),
        ...(row.dismissComment === null ? {} : { comment: row.dismissComment }),
      };
  }
}
