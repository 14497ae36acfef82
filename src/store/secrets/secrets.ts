/** Secrets across repositories: issues of one fingerprint in an instance are one secret. */
import { type RawBuilder, sql } from "kysely";
import type { Finding, LiveVerdict, Origin } from "#model/finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { RuleId } from "#model/rule.ts";
import type { Scope } from "#model/scope.ts";
import { type Severity, severities } from "#model/severity.ts";
import { containsText } from "../contains-text.ts";
import type { Db, IssueStateName } from "../database.ts";
import { otherBranches } from "../issues/other-branches.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";

export type SecretSort = "severity" | "first-seen" | "introduced" | "places" | "rule";

/** Some default branch holds it now; only other branches do; only commits do. */
export type SecretPlaceName = "head" | "branch" | "history";

export interface SecretFilter extends Page {
  /** In message, rule and mask, and in the path, the repository and the author of any of its places. */
  readonly search?: string | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly rule?: string | undefined;
  /** Any of these. */
  readonly rules?: readonly RuleId[] | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly fingerprint?: string | undefined;
  readonly state?: readonly IssueStateName[] | undefined;
  readonly place?: SecretPlaceName | undefined;
  readonly live?: LiveVerdict | "unchecked" | undefined;
  /** Default: severity, worst first. */
  readonly sort?: SecretSort | undefined;
  readonly descending?: boolean | undefined;
}

export interface SecretRow {
  readonly instanceId: InstanceId;
  readonly fingerprint: string;
  /** As its worst open issue has it, and where. */
  readonly finding: Finding;
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly projectName: string;
  readonly organizationName: string;
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly state: IssueStateName;
  readonly inHead: boolean;
  /** Short names of branches that hold it where no default branch does, as far as they were looked at. */
  readonly branches: readonly string[];
  readonly verdict: LiveVerdict | null;
  readonly reason: string | null;
  readonly checkedAt: Date | null;
  /** The verdict follows from its own end; nobody was asked. */
  readonly isByItself: boolean | null;
  readonly origin: Origin | null;
  readonly introducedAt: Date | null;
  readonly firstSeen: Date;
  /** Lines that hold it, and of files that hold it no more the last ones that did. */
  readonly places: number;
  readonly files: number;
  readonly repositories: number;
  readonly issueIds: readonly IssueId[];
}

type Fragment = RawBuilder<unknown>;

export interface SecretRows extends Rows<SecretRow> {
  /** Of these secrets, in the states that are asked for: one for each repository that holds one. */
  readonly issues: number;
}

/** Those of repositories that are no longer watched are left out. */
export async function listSecrets(db: Db, scope: Scope, filter: SecretFilter): Promise<SecretRows> {
  const secrets = secretsLike(scope, filter);
  const order = orderOf(filter);
  const [{ rows }, count] = await Promise.all([
    sql<SecretRow>`
      with secrets as (${secrets}), ordered as (
        select s.*, ${filter.sort === "places" ? sql`(select places from ${placesOf} n)` : sql`0`} as counted from secrets s),
      page as (select * from ordered s ${order} offset ${filter.offset} limit ${filter.limit})
      select s.instance_id, s.fingerprint, i.finding, i.rule, i.severity, s.state, s.in_head,
        array(select distinct ${branchesOf("s")} order by 1) as branches, s.verdict, s.reason, s.checked_at, s.is_by_itself,
        s.origin, s.introduced_at, s.first_seen, n.places, n.files, s.repositories, s.issue_ids,
        r.id as repository_id, r.name as repository_name, p.name as project_name, o.name as organization_name
      from page s
      join issues i on i.id = s.issue_ids[1]
      join repositories r on r.id = i.repository_id
      join projects p on p.id = r.project_id
      join organizations o on o.id = r.organization_id
      cross join lateral ${placesOf} n ${order}`.execute(db),
    sql<Counts>`
      with secrets as (${secrets})
      select count(*)::int as total, coalesce(sum(issues), 0)::int as issues from secrets`.execute(db),
  ]);
  return { rows, ...(count.rows[0] ?? { total: 0, issues: 0 }) };
}

type Counts = Pick<SecretRows, "total" | "issues">;

/** Each once, however many repositories have an open issue of it. */
export async function countOpenSecrets(db: Db, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct (i.instance_id, i.fingerprint))::int as count from issues i
    where ${withinScope(scope, "i.instance_id")} and i.scanner = 'secrets' and i.state = 'open' and not i.archived`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Rules by which some secret was found. */
export async function rulesOfSecrets(db: Db, scope: Scope): Promise<readonly RuleId[]> {
  const rows = await db
    .selectFrom("issues")
    .select("rule")
    .distinct()
    .where(withinScope(scope, "instanceId"))
    .where("scanner", "=", "secrets")
    .where("archived", "=", false)
    .execute();
  return rows.map(({ rule }) => rule);
}

function secretsLike(scope: Scope, filter: SecretFilter): Fragment {
  return sql`
    select g.*, c.verdict, c.reason, c.at as checked_at, c.is_by_itself, h.origin, h.introduced_at
    from (
      select i.instance_id, i.fingerprint, min(i.severity_rank) as severity_rank, min(i.rule) as rule,
        case when bool_or(i.state = 'open') then 'open' when bool_or(i.state = 'dismissed') then 'dismissed'
          when bool_or(i.state = 'silenced') then 'silenced' else 'fixed' end as state,
        bool_or(i.present and not i.only_in_history) as in_head, bool_or(i.only_in_history) as in_history,
        min(i.first_seen) as first_seen, count(distinct i.repository_id)::int as repositories,
        count(*) filter (where ${inStates(filter)}) as issues,
        array_agg(i.id order by i.state <> 'open', i.severity_rank, i.only_in_history, i.first_seen, i.id) as issue_ids
      from issues i
      where ${withinScope(scope, "i.instance_id")} and i.scanner = 'secrets' and not i.archived ${ofOne(filter)}
      group by i.instance_id, i.fingerprint
      having bool_or(${issueCondition(filter)})) g
    left join secret_checks c on c.instance_id = g.instance_id and c.fingerprint = g.fingerprint
    left join lateral (
      select finding->'origin' as origin, introduced_at from history_occurrences
      where instance_id = g.instance_id and fingerprint = g.fingerprint and introduced_at is not null
      order by introduced_at limit 1) h on true
    where ${secretCondition(filter)}`;
}

/** Conditions that hold for all issues of a secret alike; an index helps with them. */
function ofOne({ instanceId, fingerprint }: SecretFilter): Fragment {
  return sql`${instanceId === undefined ? sql`` : sql`and i.instance_id = ${instanceId}`}
    ${fingerprint === undefined ? sql`` : sql`and i.fingerprint = ${fingerprint}`}`;
}

/** Of some issue of a secret; the row tells of all of them. */
function issueCondition({ search, rule, rules, repositoryId }: SecretFilter): Fragment {
  const parts: Fragment[] = [sql`true`];
  if (search) parts.push(searchCondition(containsText(search)));
  if (rule) parts.push(sql`i.rule = ${rule}`);
  if (rules) parts.push(sql`i.rule = any(${[...rules]}::text[])`);
  if (repositoryId) parts.push(sql`i.repository_id = ${repositoryId}`);
  return sql.join(parts, sql` and `);
}

function inStates({ state }: SecretFilter): Fragment {
  return state?.length ? sql`i.state = any(${[...state]}::text[])` : sql`true`;
}

/** `pattern`: of an ILIKE. Each place counts, not only the one that the issue names. */
function searchCondition(pattern: string): Fragment {
  return sql`(i.search_text ilike ${pattern} or i.finding->>'masked' ilike ${pattern}
    or i.repository_id in (select id from repositories where name ilike ${pattern})
    or exists (select 1 from occurrences o where o.repository_id = i.repository_id and o.branch = i.branch
      and o.fingerprint = i.fingerprint and o.path ilike ${pattern})
    or exists (select 1 from history_occurrences h where h.repository_id = i.repository_id
      and h.fingerprint = i.fingerprint
      and (h.path ilike ${pattern} or h.finding->'origin'->>'author' ilike ${pattern})))`;
}

function secretCondition({ severity, state, place, live }: SecretFilter): Fragment {
  const parts: Fragment[] = [sql`true`];
  const ranks = severity?.map((one) => severities.indexOf(one)) ?? [];
  if (ranks.length > 0) parts.push(sql`g.severity_rank = any(${ranks}::smallint[])`);
  if (state?.length) parts.push(sql`g.state = any(${[...state]}::text[])`);
  if (place === "head") parts.push(sql`g.in_head`);
  if (place === "branch") parts.push(sql`exists (select ${branchesOf("g")})`);
  if (place === "history") parts.push(sql`g.in_history and not g.in_head and not exists (select ${branchesOf("g")})`);
  if (live === "unchecked") parts.push(sql`c.verdict is null`);
  else if (live) parts.push(sql`c.verdict = ${live}`);
  return sql.join(parts, sql` and `);
}

/** What to select for the branches that hold a secret which no default branch holds; `of`: the row with the secret. */
function branchesOf(of: "g" | "s"): Fragment {
  const row = (column: string) => sql.ref(`${of}.${column}`);
  return sql`held.short from history_occurrences h join repositories r on r.id = h.repository_id,
    jsonb_array_elements_text(${otherBranches(sql`h.finding`, sql`r.default_branch`)}) as held (short)
    where h.instance_id = ${row("instance_id")} and h.fingerprint = ${row("fingerprint")} and r.chosen
      and r.gone_at is null and not ${row("in_head")}`;
}

/** How many places of the secret `s` there are, as `listSecretPlaces` tells them, and in how many files. */
const placesOf = sql`(
  with today as (
    select distinct o.repository_id, o.path, coalesce(o.line, 0) as line from issues i
    join occurrences o on o.repository_id = i.repository_id and o.branch = i.branch and o.fingerprint = i.fingerprint
    where i.id = any(s.issue_ids)
  ), found as (
    select * from today
    union all
    select h.repository_id, h.path, h.line from history_occurrences h join repositories r on r.id = h.repository_id
    where h.instance_id = s.instance_id and h.fingerprint = s.fingerprint and r.chosen and r.gone_at is null
      and not exists (select 1 from today t where t.repository_id = h.repository_id and t.path = h.path)
  )
  select count(*)::int as places, count(distinct (repository_id, path))::int as files from found)`;

function orderOf({ sort = "severity", descending = false }: SecretFilter): Fragment {
  const way = descending ? sql`desc` : sql`asc`;
  const by: Record<SecretSort, Fragment> = {
    severity: sql`s.severity_rank ${way}, s.first_seen desc`,
    "first-seen": sql`s.first_seen ${way}`,
    introduced: sql`s.introduced_at ${way} nulls last`,
    places: sql`s.counted ${way}`,
    rule: sql`s.rule ${way}, s.severity_rank`,
  };
  return sql`order by ${by[sort]}, s.fingerprint, s.instance_id`;
}
