/** Attack paths of organizations: those that are there now, and those that are gone, with when. */
import { type RawBuilder, sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { AttackPath, PathCertainty } from "#model/posture/attack-path.ts";
import { pipelinePlace, placesOfPath } from "#model/posture/path-places.ts";
import type { Scope } from "#model/scope.ts";
import { type Severity, severities } from "#model/severity.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";
import { json, storable } from "../json.ts";
import { inPortions, type Page, type Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import { settledPaths } from "./settled-posture.ts";

const batchSize = 500;

/** What is there no more is gone since now; what comes back begins anew. */
export async function replaceAttackPaths(
  tx: Db,
  { id, instanceId }: Pick<OrganizationRow, "id" | "instanceId">,
  given: {
    readonly paths: readonly AttackPath[];
    /** Not found, and not gone for all that. */
    readonly keep?: ReadonlySet<string>;
    readonly at: Date;
  },
): Promise<void> {
  const { paths, keep = new Set(), at } = given;
  await sql`update attack_paths set gone_at = ${at} where organization_id = ${id} and gone_at is null
    and id <> all(${[...paths.map((path) => path.id), ...keep]}::text[])`.execute(tx);
  for (let start = 0; start < paths.length; start += batchSize) {
    const rows = paths.slice(start, start + batchSize);
    await sql`
      insert into attack_paths as a (instance_id, organization_id, id, rule, severity, severity_rank, certainty, path,
        places, search_text, first_seen, seen_at)
      select ${instanceId}, ${id}, given.id, given.rule, given.severity, given.severity_rank, given.certainty,
        given.path::jsonb, array(select jsonb_array_elements_text(given.places::jsonb)), given.search_text, ${at}::timestamptz, ${at}::timestamptz
      from unnest(${rows.map((path) => path.id)}::text[], ${rows.map(({ rule }) => rule)}::text[],
        ${rows.map(({ severity }) => severity)}::text[],
        ${rows.map(({ severity }) => severities.indexOf(severity))}::smallint[],
        ${rows.map(({ certainty }) => certainty)}::text[], ${rows.map((path) => json(path))}::text[],
        ${rows.map((path) => json(placesOfPath(path)))}::text[], ${rows.map(searchTextOf)}::text[])
        as given (id, rule, severity, severity_rank, certainty, path, places, search_text)
      on conflict (organization_id, id) do update set rule = excluded.rule, severity = excluded.severity,
        severity_rank = excluded.severity_rank, certainty = excluded.certainty, path = excluded.path,
        places = excluded.places, search_text = excluded.search_text, seen_at = excluded.seen_at, gone_at = null,
        first_seen = case when a.gone_at is null then a.first_seen else excluded.first_seen end`.execute(tx);
  }
}

function searchTextOf({ rule, entry, target, edges }: AttackPath): string {
  const names = [entry, target, ...edges.flatMap(({ from, to }) => [from, to])].map(({ name }) => name);
  return storable([rule, ...new Set(names)].join("\n").toLowerCase());
}

export type StoredPath = WithoutNulls<{
  organizationId: OrganizationId;
  organizationName: string;
  instanceId: InstanceId;
  path: AttackPath;
  firstSeen: Date;
  seenAt: Date;
  goneAt: Date | null;
}>;

export interface PathCriteria {
  readonly search?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly organizationId?: OrganizationId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly certainty?: readonly PathCertainty[] | undefined;
  readonly state?: "open" | "gone" | undefined;
  /** Leads through this pipeline of the project. */
  readonly definitionId?: number | undefined;
}

/** The worst first, of equals the oldest. */
export async function listAttackPaths(db: Db, scope: Scope, filter: PathCriteria & Page): Promise<Rows<StoredPath>> {
  const condition = conditionOf(scope, filter);
  const [page, count] = await Promise.all([
    select(
      db,
      sql`${condition} order by a.severity_rank, a.first_seen, a.id offset ${filter.offset} limit ${filter.limit}`,
    ),
    sql<{ total: number }>`select count(*) as total from ${settledPaths} a where ${condition}`.execute(db),
  ]);
  return { rows: page, total: count.rows[0]?.total ?? 0 };
}

/** All of them by id: what comes, goes or changes meanwhile moves nobody else. */
export function allAttackPaths(db: Db, scope: Scope, filter: PathCriteria, portion = 500): AsyncGenerator<StoredPath> {
  const key = sql`a.organization_id, a.id`;
  return inPortions(portion, (last) => {
    const behind = last ? sql`and (${key}) > (${last.organizationId}::uuid, ${last.path.id})` : sql``;
    return select(db, sql`${conditionOf(scope, filter)} ${behind} order by ${key} limit ${portion}`);
  });
}

export async function getAttackPath(
  db: Db,
  scope: Scope,
  organizationId: OrganizationId,
  id: string,
): Promise<StoredPath | undefined> {
  const [row] = await select(
    db,
    sql`${withinScope(scope, "a.instance_id")} and a.organization_id = ${organizationId} and a.id = ${id}`,
  );
  return row;
}

/** All that are there now, whatever people decided about their rules. */
export async function openAttackPaths(
  db: Db,
  organizationId: OrganizationId,
): Promise<readonly { readonly path: AttackPath; readonly seenAt: Date }[]> {
  const { rows } = await sql<{ path: AttackPath; seenAt: Date }>`
    select path, seen_at from attack_paths where organization_id = ${organizationId} and gone_at is null
    order by severity_rank, first_seen, id`.execute(db);
  return rows;
}

async function select(db: Db, rest: RawBuilder<unknown>): Promise<readonly StoredPath[]> {
  const { rows } = await sql<StoredPath>`
    select a.organization_id, o.name as organization_name, a.instance_id, a.path, a.first_seen, a.seen_at, a.gone_at
    from ${settledPaths} a join organizations o on o.id = a.organization_id where ${rest}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

function conditionOf(scope: Scope, filter: PathCriteria): RawBuilder<unknown> {
  const { search, instanceId, organizationId, projectId, severity, certainty, state = "open", definitionId } = filter;
  const parts = [
    sql`${withinScope(scope, "a.instance_id")}`,
    state === "open" ? sql`a.gone_at is null` : sql`a.gone_at is not null`,
  ];
  if (search) parts.push(sql`a.search_text like ${containsText(search.toLowerCase())}`);
  if (instanceId) parts.push(sql`a.instance_id = ${instanceId}`);
  if (organizationId) parts.push(sql`a.organization_id = ${organizationId}`);
  if (severity?.length) parts.push(sql`a.severity = any(${[...severity]}::text[])`);
  if (certainty?.length) parts.push(sql`a.certainty = any(${[...certainty]}::text[])`);
  if (projectId && definitionId !== undefined)
    parts.push(sql`a.places @> ${[pipelinePlace(projectId, definitionId)]}::text[]`);
  else if (projectId) parts.push(sql`(${throughProject("from", projectId)} or ${throughProject("to", projectId)})`);
  return sql.join(parts, sql` and `);
}

function throughProject(side: "from" | "to", projectId: ProjectId): RawBuilder<unknown> {
  return sql`a.path @> ${json({ edges: [{ [side]: { projectId } }] })}::jsonb`;
}
