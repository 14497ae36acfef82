/** Pipelines as they were understood last, with how many rules fail on each, and how many attack paths lead through it. */
import { type RawBuilder, sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { PipelineOverview, PipelineRun } from "#model/posture/pipeline-overview.ts";
import type { Scope } from "#model/scope.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { json, storable } from "../json.ts";
import { inPortions, type Page, type Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import { settledPaths, settledResults } from "./settled-posture.ts";

export interface NewPipeline {
  readonly projectId: ProjectId;
  readonly definitionId: number;
  readonly about: PipelineOverview;
  /** Absent: none is known; one that was known stays. */
  readonly lastRun?: PipelineRun | undefined;
}

type Owner = Pick<OrganizationRow, "id" | "instanceId">;

const batchSize = 500;

/** Those of these projects that are not among them are gone; other projects could not be read, and stay. */
export async function replacePipelines(
  tx: Db,
  { id, instanceId }: Owner,
  given: { readonly projects: readonly ProjectId[]; readonly pipelines: readonly NewPipeline[]; readonly at: Date },
): Promise<void> {
  const { projects, pipelines, at } = given;
  await sql`
    delete from pipelines where organization_id = ${id} and project_id = any(${[...projects]}::uuid[])
      and (project_id, definition_id) not in (select * from unnest(
        ${pipelines.map(({ projectId }) => projectId)}::uuid[],
        ${pipelines.map(({ definitionId }) => definitionId)}::integer[]))`.execute(tx);
  for (let start = 0; start < pipelines.length; start += batchSize) {
    const rows = pipelines.slice(start, start + batchSize);
    await sql`
      insert into pipelines as p (instance_id, organization_id, project_id, definition_id, name, about, last_run, last_run_at,
        search_text, judged_at)
      select ${instanceId}, ${id}, given.project_id, given.definition_id, given.name, given.about::jsonb,
        given.last_run::jsonb, given.last_run_at, given.search_text, ${at}
      from unnest(
        ${rows.map(({ projectId }) => projectId)}::uuid[], ${rows.map(({ definitionId }) => definitionId)}::integer[],
        ${rows.map(({ about }) => storable(about.name))}::text[], ${rows.map(({ about }) => json(about))}::text[],
        ${rows.map(({ lastRun }) => (lastRun ? json(lastRun) : null))}::text[],
        ${rows.map(({ lastRun }) => lastRun?.at ?? null)}::timestamptz[],
        ${rows.map(({ about }) => storable(`${about.name}\n${about.repository.name}`.toLowerCase()))}::text[]
      ) as given (project_id, definition_id, name, about, last_run, last_run_at, search_text)
      on conflict (project_id, definition_id) do update set name = excluded.name, about = excluded.about,
        last_run = coalesce(excluded.last_run, p.last_run), last_run_at = coalesce(excluded.last_run_at, p.last_run_at),
        search_text = excluded.search_text, judged_at = excluded.judged_at`.execute(tx);
  }
}

/** One that ended after the last look. An older one, told late, changes nothing. */
export async function setLastRun(
  tx: Db,
  { projectId, definitionId }: { readonly projectId: ProjectId; readonly definitionId: number },
  run: PipelineRun,
): Promise<void> {
  await sql`update pipelines set last_run = ${json(run)}::jsonb, last_run_at = ${run.at}
    where project_id = ${projectId} and definition_id = ${definitionId}
      and coalesce(last_run_at <= ${run.at}, true)`.execute(tx);
}

export type PipelineRow = WithoutNulls<{
  instanceId: InstanceId;
  organizationId: OrganizationId;
  organizationName: string;
  projectId: ProjectId;
  projectName: string;
  definitionId: number;
  about: PipelineOverview;
  lastRun: PipelineRun | null;
  judgedAt: Date;
  critical: number;
  high: number;
  medium: number;
  low: number;
  notEvaluated: number;
  attackPaths: number;
}>;

export type ExposureName = "pull-requests" | "forks" | "open-branches" | "webhooks" | "injections";

export interface PipelineCriteria {
  readonly search?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly organizationId?: OrganizationId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly definitionId?: number | undefined;
  readonly exposure?: readonly ExposureName[] | undefined;
  readonly kind?: PipelineOverview["kind"] | undefined;
}

export type PipelineSort = "risk" | "name" | "last-run";

const orders: Readonly<Record<PipelineSort, RawBuilder<unknown>>> = {
  risk: sql`coalesce(risk.critical, 0) desc, coalesce(risk.high, 0) desc, coalesce(risk.medium, 0) desc,
    coalesce(risk.low, 0) desc, `,
  name: sql``,
  "last-run": sql`p.last_run_at desc nulls last, `,
};

export async function listPipelines(
  db: Db,
  scope: Scope,
  { sort = "risk", offset, limit, ...filter }: PipelineCriteria & Page & { readonly sort?: PipelineSort | undefined },
): Promise<Rows<PipelineRow>> {
  const condition = conditionOf(scope, filter);
  const order = sql`${orders[sort]} lower(p.name), lower(j.name), p.definition_id`;
  const [rows, count] = await Promise.all([
    select(db, { scope, filter, tail: sql`${condition} order by ${order} offset ${offset} limit ${limit}` }),
    sql<{ total: number }>`select count(*) as total from pipelines p join projects j on j.id = p.project_id
      where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** All of them by project and number: what comes, goes or changes meanwhile moves nobody else. */
export function allPipelines(
  db: Db,
  scope: Scope,
  filter: PipelineCriteria,
  portion = 500,
): AsyncGenerator<PipelineRow> {
  const key = sql`p.project_id, p.definition_id`;
  return inPortions(portion, (last) => {
    const behind = last ? sql`and (${key}) > (${last.projectId}::uuid, ${last.definitionId}::integer)` : sql``;
    const tail = sql`${conditionOf(scope, filter)} ${behind} order by ${key} limit ${portion}`;
    return select(db, { scope, filter, tail });
  });
}

async function select(
  db: Db,
  {
    scope,
    filter,
    tail,
  }: { readonly scope: Scope; readonly filter: PipelineCriteria; readonly tail: RawBuilder<unknown> },
): Promise<readonly PipelineRow[]> {
  const { rows } = await sql<PipelineRow>`
    with risk as (
      select project_id, definition_id, count(*) filter (where severity = 'critical')::int as critical,
        count(*) filter (where severity = 'high')::int as high, count(*) filter (where severity = 'medium')::int as medium,
        count(*) filter (where severity = 'low')::int as low,
        count(*) filter (where answer = 'not-evaluated')::int as not_evaluated
      from ${settledResults} r
      where definition_id is not null and answer <> 'pass' and ${withinScope(scope, "instance_id")}
        ${filter.organizationId ? sql`and organization_id = ${filter.organizationId}` : sql``}
        ${filter.projectId ? sql`and project_id = ${filter.projectId}` : sql``}
      group by 1, 2)
    select p.instance_id, p.organization_id, o.name as organization_name, p.project_id, j.name as project_name,
      p.definition_id, p.about, p.last_run, p.judged_at, coalesce(risk.critical, 0) as critical,
      coalesce(risk.high, 0) as high, coalesce(risk.medium, 0) as medium, coalesce(risk.low, 0) as low,
      coalesce(risk.not_evaluated, 0) as not_evaluated,
      (select count(*)::int from ${settledPaths} a where a.organization_id = p.organization_id and a.gone_at is null
        and a.places @> array['pipeline:' || p.project_id || '/' || p.definition_id]) as attack_paths
    from pipelines p join organizations o on o.id = p.organization_id join projects j on j.id = p.project_id
    left join risk on risk.project_id = p.project_id and risk.definition_id = p.definition_id
    where ${tail}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

const exposureColumns: Readonly<Record<ExposureName, RawBuilder<unknown>>> = {
  "pull-requests": sql`p.about->'exposure'->'pullRequests'->>'is' = 'yes'`,
  forks: sql`p.about->'exposure'->'forks'->>'is' = 'yes'`,
  "open-branches": sql`p.about->'exposure'->'openBranches'->>'is' = 'yes'`,
  webhooks: sql`p.about->'exposure'->'webhooks'->>'is' = 'yes'`,
  injections: sql`jsonb_array_length(p.about->'exposure'->'injections') > 0`,
};

function conditionOf(scope: Scope, filter: PipelineCriteria): RawBuilder<unknown> {
  const { search, instanceId, organizationId, projectId, definitionId, exposure, kind } = filter;
  const parts = [sql`${withinScope(scope, "p.instance_id")}`];
  if (search) {
    const like = containsText(search.toLowerCase());
    parts.push(sql`(p.search_text like ${like} or lower(j.name) like ${like})`);
  }
  if (instanceId) parts.push(sql`p.instance_id = ${instanceId}`);
  if (organizationId) parts.push(sql`p.organization_id = ${organizationId}`);
  if (projectId) parts.push(sql`p.project_id = ${projectId}`);
  if (definitionId !== undefined) parts.push(sql`p.definition_id = ${definitionId}`);
  if (kind) parts.push(sql`p.about->>'kind' = ${kind}`);
  if (exposure?.length) {
    const any = exposure.map((name) => exposureColumns[name]);
    parts.push(sql`(${sql.join(any, sql` or `)})`);
  }
  return sql.join(parts, sql` and `);
}
