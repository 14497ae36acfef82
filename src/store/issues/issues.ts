/** Issues: what people see and act on. `apply-branch-findings.ts` makes and fixes them, `dismiss-issue.ts` is for people. */
import { sql } from "kysely";
import type { Finding, LiveVerdict, Origin } from "#model/finding.ts";
import type { InstanceId, IssueId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { DismissReason, Issue, IssueState } from "#model/issue.ts";
import type { Novelty } from "#model/policy.ts";
import type { RuleId } from "#model/rule.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import type { DueDates } from "#model/sla.ts";
import type { OwnerSource, UrgencyPoint } from "#model/urgency.ts";
import type { Db, IssueStateName } from "../database.ts";
import { withinScope } from "../within-scope.ts";
import { listHistoryOccurrences } from "./history-occurrences.ts";
import { type IssueEvent, listIssueEvents } from "./issue-events.ts";
import { listOccurrences, type Occurrence } from "./occurrences.ts";

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
  readonly urgency: number;
  readonly novelty: Novelty;
  readonly owner?: string;
  readonly ownerFrom?: OwnerSource;
  /** Of an open one. */
  readonly due?: DueDates;
  /** Of a secret: what its provider said last. */
  readonly live?: LiveVerdict;
  readonly fixAvailable: boolean;
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
  /** What its urgency is the sum of. */
  readonly urgencyPoints: readonly UrgencyPoint[];
  readonly occurrences: readonly Occurrence[];
  readonly events: readonly IssueEvent[];
}

type Fragment = ReturnType<typeof sql>;

/** In the order of the ids; what is not there is left out. */
export async function issuesById(db: Db, ids: readonly IssueId[]): Promise<readonly IssueRow[]> {
  if (ids.length === 0) return [];
  const rows = await selectIssues(db, sql`i.id = any(${[...ids]}::uuid[])`, sql``);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).map(toIssueRow);
}

export async function getIssue(db: Db, scope: Scope, id: IssueId): Promise<IssueDetail | undefined> {
  const [row] = await selectIssues(db, sql`${withinScope(scope, "i.instance_id")} and i.id = ${id}`, sql``);
  if (!row) return undefined;
  const [occurrences, history, events, points] = await Promise.all([
    listOccurrences(db, row.repositoryId, row.branch, row.fingerprint),
    row.scanner === "secrets" ? listHistoryOccurrences(db, row.repositoryId, row.fingerprint) : [],
    listIssueEvents(db, id),
    db.selectFrom("issues").select("urgencyPoints").where("id", "=", id).executeTakeFirst(),
  ]);
  const origin = history.find(({ finding }) => finding.origin)?.finding.origin;
  const isRead = row.scannedCommit !== null && row.scannedRef === row.branch && !row.onlyInHistory;
  return {
    ...toIssueRow(row),
    repositoryWebUrl: row.repositoryWebUrl,
    ...(isRead && row.scannedCommit !== null ? { scannedCommit: row.scannedCommit } : {}),
    ...(origin && { origin: { ...origin, inHead: !row.onlyInHistory } }),
    urgencyPoints: points?.urgencyPoints ?? [],
    occurrences,
    events,
  };
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
      ((select coalesce(sum(count), 0) from issue_counts
        where ${withinScope(scope, "instance_id")} and kind = 'severity' and state = 'open')
        - coalesce(sum(net) over (order by day desc rows between unbounded preceding and 1 preceding), 0))::bigint as open
    from calendar left join changes using (day) order by day
  `.execute(db);
  return rows;
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
  readonly urgency: number;
  readonly novelty: Novelty;
  readonly owner: string | null;
  readonly ownerFrom: OwnerSource | null;
  readonly dueSoonAt: Date | null;
  readonly dueAt: Date | null;
  readonly live: LiveVerdict | null;
  readonly fixAvailable: boolean;
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
      i.dismiss_reason, i.dismiss_comment, i.only_in_history, i.urgency,
      i.novelty, i.owner, i.owner_from, i.due_soon_at, i.due_at, i.live, i.fix_available, r.name as repository_name, r.web_url as repository_web_url, r.scanned_ref,
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
  const { dismissReason: _reason, dismissComment: _comment, skip: _skip, line, ...others } = more;
  const { owner, ownerFrom, dueSoonAt, dueAt, live, ...plain } = others;
  return {
    ...plain,
    ...(line !== null && { line }),
    ...(owner !== null && { owner }),
    ...(ownerFrom !== null && { ownerFrom }),
    ...(row.state === "open" && dueSoonAt !== null && dueAt !== null && { due: { dueSoonAt, dueAt } }),
    ...(live !== null && { live }),
    state: toState(row),
  };
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
