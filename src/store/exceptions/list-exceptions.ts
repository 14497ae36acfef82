/** The register as people read it: what they decided here, and what the code of default branches silences, which is computed. */
import { type RawBuilder, sql } from "kysely";
import type { Exception, ExceptionId, ExceptionSource, ExceptionStateName } from "#model/exception.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import { inPortions, type Page, type Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type StoredException, toException } from "./exceptions.ts";

export interface ExceptionFilter extends Page {
  readonly id?: ExceptionId | undefined;
  readonly state?: readonly ExceptionStateName[] | undefined;
  readonly source?: readonly (ExceptionSource | "code")[] | undefined;
  /** In force, and over before then. */
  readonly dueBefore?: Date | undefined;
  readonly author?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  /** Also those that hold in all repositories of its instance. */
  readonly repositoryId?: RepositoryId | undefined;
  readonly search?: string | undefined;
}

interface Place {
  readonly instanceName: string;
  readonly repositoryName?: string;
  readonly projectId?: ProjectId;
  readonly projectName?: string;
}

export type RegisterEntry = Place &
  (
    | { readonly is: "decided"; readonly exception: Exception; readonly issues: number; readonly pullRequests: number }
    | {
        readonly is: "code";
        readonly instanceId: InstanceId;
        readonly repositoryId: RepositoryId;
        readonly rule: string;
        readonly severity: Severity;
        readonly message: string;
        readonly path: string;
        readonly line: number | null;
        readonly skip: Skip;
        readonly since: Date;
      }
  );

type Fragment = RawBuilder<unknown>;

interface EntryRow extends StoredException {
  readonly instanceName: string;
  readonly repositoryName: string | null;
  readonly projectId: ProjectId | null;
  readonly projectName: string | null;
  readonly issues: number;
  readonly pullRequests: number;
  readonly skip: Skip | null;
  readonly line: number | null;
  /** Of this row alone, as long as it is there. */
  readonly key: string;
  /** More exact than a `Date` is. */
  readonly madeText: string;
}

/** Newest first; what ends soon comes first where that is asked for. */
export async function listExceptions(db: Db, scope: Scope, filter: ExceptionFilter): Promise<Rows<RegisterEntry>> {
  const all = entriesOf(scope, filter);
  const order = filter.dueBefore ? sql`order by until, id` : sql`order by made_at desc, id, path, line, key`;
  const page = sql`select * from entries ${order} offset ${filter.offset} limit ${filter.limit}`;
  const [rows, count] = await Promise.all([
    selectEntries(db, { all, page, order }),
    sql<{ total: number }>`with entries as (${all}) select count(*)::int as total from entries`.execute(db),
  ]);
  return { rows: rows.map(toEntry), total: count.rows[0]?.total ?? 0 };
}

/**
 * All of it, newest first, in an order of what does not change about it: what comes or goes meanwhile moves nobody else out
 * of sight.
 */
export async function* allExceptions(
  db: Db,
  scope: Scope,
  filter: Omit<ExceptionFilter, keyof Page>,
  portion = 500,
): AsyncGenerator<RegisterEntry> {
  const all = entriesOf(scope, filter);
  const order = sql`order by made_at desc, key`;
  const rows = inPortions<EntryRow>(portion, (last) => {
    const behind = last
      ? sql`where made_at <= ${last.madeText}::timestamptz and (made_at < ${last.madeText}::timestamptz or key > ${last.key})`
      : sql``;
    return selectEntries(db, { all, page: sql`select * from entries ${behind} ${order} limit ${portion}`, order });
  });
  for await (const row of rows) yield toEntry(row);
}

function entriesOf(scope: Scope, filter: Omit<ExceptionFilter, keyof Page>): Fragment {
  return sql`${decidedOnes(scope, filter)} union all ${codeOnes(scope, filter)}`;
}

async function selectEntries(
  db: Db,
  { all, page, order }: { readonly all: Fragment; readonly page: Fragment; readonly order: Fragment },
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
      with entries as (${all}),
      page as (${page})
      select e.*, n.name as instance_name, r.name as repository_name, p.id as project_id, p.name as project_name,
        (select count(*)::int from issues i where i.exception_id = e.id and i.state = 'dismissed') as issues,
        (select count(distinct (f.repository_id, f.number))::int from pull_request_findings f
          where f.exception_id = e.id and f.state = 'dismissed') as pull_requests
      from page e
      join instances n on n.id = e.instance_id
      left join repositories r on r.id = e.repository_id
      left join projects p on p.id = r.project_id
      ${order}`.execute(db);
  return rows;
}

function decidedOnes(scope: Scope, filter: Omit<ExceptionFilter, keyof Page>): Fragment {
  const { id, state, source, dueBefore, author, instanceId, repositoryId, search } = filter;
  const parts: Fragment[] = [withinScope(scope, "x.instance_id")];
  if (id) parts.push(sql`x.id = ${id}`);
  if (state?.length) parts.push(sql`x.state = any(${[...state]}::text[])`);
  if (source?.length) parts.push(sql`x.source = any(${[...source]}::text[])`);
  if (dueBefore) parts.push(sql`x.state = 'active' and x.until <= ${dueBefore}`);
  if (author) parts.push(sql`lower(x.author) = ${author.toLowerCase()}`);
  if (instanceId) parts.push(sql`x.instance_id = ${instanceId}`);
  if (repositoryId) parts.push(ofRepository(repositoryId));
  if (search) {
    const words = sql`concat_ws(' ', x.comment, x.author, x.about->>'rule', x.about->>'message', x.about->>'path',
      x.anchor->>'package', x.anchor->>'advisory')`;
    parts.push(sql`${words} ilike ${containsText(search)}`);
  }
  return sql`
    select x.id, x.instance_id, x.repository_id, x.anchor, x.about, x.reason, x.comment, x.justification, x.author, x.author_account,
      x.made_at, x.until, x.approver, x.source, x.said_at, x.state, x.ended_by, x.ended_at,
      null::jsonb as skip, x.about->>'path' as path, null::integer as line, x.id::text collate "C" as key,
      x.made_at::text as made_text
    from exceptions x where ${sql.join(parts, sql` and `)}`;
}

function ofRepository(repositoryId: RepositoryId): Fragment {
  return sql`(x.repository_id = ${repositoryId} or x.repository_id is null
    and x.instance_id = (select instance_id from repositories where id = ${repositoryId}))`;
}

/** One for each place; who wrote it and when is not known, only since when the problem is. */
function codeOnes(scope: Scope, filter: Omit<ExceptionFilter, keyof Page>): Fragment {
  const { id, state, source, dueBefore, author, instanceId, repositoryId, search } = filter;
  const isAsked =
    !id &&
    !dueBefore &&
    !author &&
    (!state?.length || state.includes("active")) &&
    (!source?.length || source.includes("code"));
  const parts: Fragment[] = [sql`${isAsked}`, withinScope(scope, "o.instance_id"), sql`o.skip is not null`];
  if (instanceId) parts.push(sql`o.instance_id = ${instanceId}`);
  if (repositoryId) parts.push(sql`o.repository_id = ${repositoryId}`);
  if (search) {
    const words = sql`concat_ws(' ', o.skip->>'reason', o.finding->>'rule', o.finding->>'message', o.path)`;
    parts.push(sql`${words} ilike ${containsText(search)}`);
  }
  return sql`
    select null::uuid, o.instance_id, o.repository_id, null::jsonb,
      jsonb_build_object('rule', i.rule, 'severity', i.severity, 'message', i.message, 'path', o.path),
      null, coalesce(o.skip->>'reason', ''), null, null, null, i.first_seen, null::timestamptz, null, 'code', null, 'active', null,
      null::timestamptz, o.skip, o.path, o.line,
      concat_ws(' ', o.repository_id, o.fingerprint, o.ordinal, o.branch, o.path) collate "C", i.first_seen::text
    from occurrences o
    join issues i on i.repository_id = o.repository_id and i.branch = o.branch and i.fingerprint = o.fingerprint
      and not i.archived and i.present
    where ${sql.join(parts, sql` and `)}`;
}

function toEntry(row: EntryRow): RegisterEntry {
  const { instanceName, repositoryName, projectId, projectName, issues, pullRequests } = row;
  const place: Place = {
    instanceName,
    ...(repositoryName !== null && { repositoryName }),
    ...(projectId !== null && { projectId }),
    ...(projectName !== null && { projectName }),
  };
  if (row.skip === null || row.repositoryId === null) {
    return { is: "decided", ...place, exception: toException(row), issues, pullRequests };
  }
  const { rule, severity, message, path = "" } = row.about;
  const found = { rule, severity, message, path, line: row.line, skip: row.skip, since: row.madeAt };
  return { is: "code", ...place, instanceId: row.instanceId, repositoryId: row.repositoryId, ...found };
}
