/** Answers of rules on settings, page by page with the issue about each, and how many there are. */
import { type RawBuilder, sql } from "kysely";
import type { InstanceId, IssueId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Evidence, PostureAnswer, PostureCategory } from "#model/posture/posture-result.ts";
import type { RuleId } from "#model/rule.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import { containsText } from "../contains-text.ts";
import type { Db, IssueStateName } from "../database.ts";
import { inPortions, type Page, type Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import type { ResultSource } from "./posture-results.ts";
import { settingsBranch } from "./settings-places.ts";
import { settledResults } from "./settled-posture.ts";

export interface ResultCriteria {
  readonly organizationId?: OrganizationId;
  readonly instanceId?: InstanceId;
  /** In resource, rule and reason. */
  readonly search?: string | undefined;
  /** Rules that `search` means by other words than their ids. */
  readonly named?: readonly string[] | undefined;
  readonly category?: readonly PostureCategory[] | undefined;
  readonly answer?: readonly PostureAnswer["is"][] | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly rule?: string | undefined;
  /** The organization's own: what belongs to no project. */
  readonly projectId?: ProjectId | undefined;
  /** With a project: the pipeline, and its runs. */
  readonly definitionId?: number | undefined;
}

export type StoredResult = WithoutNulls<{
  fingerprint: string;
  source: ResultSource;
  rule: RuleId;
  category: PostureCategory;
  projectId: ProjectId | null;
  project: string | null;
  resourceKind: string;
  resourceId: string;
  resourceName: string;
  resourceUrl: string | null;
  answer: PostureAnswer["is"];
  severity: Severity | null;
  reason: string | null;
  because: string | null;
  fix: string | null;
  evidence: readonly Evidence[];
  since: Date;
  judgedAt: Date;
  issueId: IssueId | null;
  issueState: IssueStateName | null;
}>;

function conditionOf(scope: Scope, filter: ResultCriteria): RawBuilder<unknown> {
  const { organizationId, instanceId, search, named = [], category, answer, severity, rule, projectId } = filter;
  const { definitionId } = filter;
  const parts = [sql`${withinScope(scope, "r.instance_id")}`];
  if (organizationId) parts.push(sql`r.organization_id = ${organizationId}`);
  if (instanceId) parts.push(sql`r.instance_id = ${instanceId}`);
  if (search) {
    const like = containsText(search);
    const isNamed = sql`r.rule = any(${[...named]}::text[])`;
    parts.push(sql`(r.resource_name ilike ${like} or r.rule ilike ${like} or r.reason ilike ${like} or ${isNamed})`);
  }
  if (category?.length) parts.push(sql`r.category = any(${[...category]}::text[])`);
  if (answer?.length) parts.push(sql`r.answer = any(${[...answer]}::text[])`);
  if (severity?.length) parts.push(sql`r.severity = any(${[...severity]}::text[])`);
  if (rule) parts.push(sql`r.rule = ${rule}`);
  if (projectId)
    parts.push((projectId as string) === organizationId ? sql`r.project_id is null` : sql`r.project_id = ${projectId}`);
  if (definitionId !== undefined) parts.push(sql`r.definition_id = ${definitionId}`);
  return sql.join(parts, sql` and `);
}

/** Failures first, the worst before the others; then what was not evaluated, then what passes. */
export async function listResults(
  db: Db,
  scope: Scope,
  filter: ResultCriteria & Page & { readonly organizationId: OrganizationId },
): Promise<Rows<StoredResult>> {
  const condition = conditionOf(scope, filter);
  const order = sql`case r.answer when 'fail' then 0 when 'not-evaluated' then 1 else 2 end, r.severity_rank, r.rule,
    lower(r.resource_name), r.fingerprint`;
  const [rows, count] = await Promise.all([
    select(
      db,
      filter.organizationId,
      sql`${condition} order by ${order} offset ${filter.offset} limit ${filter.limit}`,
    ),
    sql<{ total: number }>`select count(*) as total from ${settledResults} r where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** All of them by rule, in an order that does not change: nobody is doubled or lost. */
export function allResults(
  db: Db,
  scope: Scope,
  filter: ResultCriteria & { readonly organizationId: OrganizationId },
  portion = 500,
): AsyncGenerator<StoredResult> {
  const key = sql`r.rule, r.source, r.fingerprint`;
  return inPortions(portion, (last) => {
    const behind = last ? sql`and (${key}) > (${last.rule}, ${last.source}, ${last.fingerprint})` : sql``;
    return select(
      db,
      filter.organizationId,
      sql`${conditionOf(scope, filter)} ${behind} order by ${key} limit ${portion}`,
    );
  });
}

async function select(
  db: Db,
  organizationId: OrganizationId,
  tail: RawBuilder<unknown>,
): Promise<readonly StoredResult[]> {
  // Settings that are as they were are not written again: they were judged when somebody looked last.
  const looked = sql`(select max(finished_at) from posture_runs where organization_id = ${organizationId})`;
  const { rows } = await sql<StoredResult>`
    select r.fingerprint, r.source, r.rule, r.category, r.project_id, p.name as project, r.resource_kind, r.resource_id,
      r.resource_name, r.resource_url, r.answer, r.severity, r.reason, r.because, r.fix, r.evidence, r.since,
      case when r.source = 'settings' then greatest(r.judged_at, ${looked}) else r.judged_at end as judged_at,
      i.id as issue_id, i.state as issue_state
    from ${settledResults} r
    left join projects p on p.id = r.project_id
    left join issues i on i.repository_id = coalesce(r.project_id, r.organization_id) and i.branch = ${settingsBranch}
      and i.fingerprint = r.fingerprint
    where ${tail}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

export interface ResultCount {
  readonly organizationId: OrganizationId;
  readonly rule: RuleId;
  readonly category: PostureCategory;
  readonly answer: PostureAnswer["is"];
  readonly severity: Severity | null;
  readonly count: number;
}

/** By rule, answer and severity; of one organization, or of all that may be seen. */
export async function countResults(db: Db, scope: Scope, filter: ResultCriteria = {}): Promise<readonly ResultCount[]> {
  const { rows } = await sql<ResultCount>`
    select r.organization_id, r.rule, r.category, r.answer, r.severity, count(*)::int as count from ${settledResults} r
    where ${conditionOf(scope, filter)}
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/** The issue that a rule has made about a resource, if any. */
export async function findSettingsIssue(
  db: Db,
  {
    organizationId,
    rule,
    resourceId,
  }: { readonly organizationId: OrganizationId; readonly rule: RuleId; readonly resourceId: string },
): Promise<{ readonly id: IssueId; readonly state: IssueStateName } | undefined> {
  const { rows } = await sql<{ id: IssueId; state: IssueStateName }>`
    select i.id, i.state from posture_results r
    join issues i on i.repository_id = coalesce(r.project_id, r.organization_id) and i.branch = ${settingsBranch}
      and i.fingerprint = r.fingerprint
    where r.organization_id = ${organizationId} and r.rule = ${rule} and r.resource_id = ${resourceId} limit 1`.execute(
    db,
  );
  return rows[0];
}
