/** Repositories of connected organizations, by Azure DevOps' GUID, which survives renames. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { narrow, nothingNarrowed } from "#model/narrowing.ts";
import type { RemoteRepository, Repository, RepositoryKind } from "#model/repository.ts";
import type { ScanOutcome } from "#model/scan.ts";
import type { Scope } from "#model/scope.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import type { Page, Rows } from "../page.ts";
import { inTransaction } from "../transaction.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export interface RepositoryChanges {
  /** New, or back after it was gone. */
  readonly added: readonly RepositoryId[];
  readonly gone: readonly RepositoryId[];
}

export type RepositoryOverview = Repository & {
  readonly organizationName: string;
  readonly projectName: string;
  /** For policies. */
  readonly tags: readonly string[];
  /** Open issues on its branches, by severity. */
  readonly openIssues: {
    readonly critical: number;
    readonly high: number;
    readonly medium: number;
    readonly low: number;
    readonly total: number;
  };
  readonly lastScan?: WithoutNulls<{
    id: string;
    started: string;
    finished: string | null;
    outcome: ScanOutcome | null;
  }>;
};

export interface RepositoryFilter extends Page {
  readonly search?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly project?: ProjectId | undefined;
  readonly chosen?: boolean | undefined;
  readonly tag?: string | undefined;
  /** Default: code. */
  readonly kind?: RepositoryKind | "all" | undefined;
  /** Default: name. `issues` and `scanned` put the highest and the newest first. */
  readonly sort?: "name" | "issues" | "scanned" | undefined;
}

/**
 * Makes the table say what the remote lists of one organization. A repository that is missing from `rows` gets
 * `goneAt`. Projects must be there already. New rows are not chosen yet: `setChosen` decides.
 */
export async function upsertRepositories(
  db: Db,
  organizationId: OrganizationId,
  rows: readonly RemoteRepository[],
  now: Date,
): Promise<RepositoryChanges> {
  return inTransaction(db, async (tx) => {
    await sql`select 1 from organizations where id = ${organizationId} for update`.execute(tx);
    const before = await sql<{ id: RepositoryId; here: boolean }>`
      select id, gone_at is null as here from repositories
      where organization_id = ${organizationId} and kind = 'code'`.execute(tx);
    const here = new Set(before.rows.filter((row) => row.here).map((row) => row.id));
    const listed = new Set(rows.map((row) => row.id));
    await writeRepositories(tx, organizationId, rows, now);
    const gone = [...here].filter((id) => !listed.has(id));
    if (gone.length > 0) {
      await sql`update repositories set gone_at = ${now} where id = any(${gone}::uuid[])`.execute(tx);
    }
    return { added: [...listed].filter((id) => !here.has(id)), gone };
  });
}

async function writeRepositories(
  tx: Db,
  organizationId: OrganizationId,
  rows: readonly RemoteRepository[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into repositories (id, instance_id, organization_id, project_id, name, default_branch, size, remote_url,
      web_url, is_disabled, is_fork, added_at)
    select distinct on (given.id) given.id, o.instance_id, o.id, given.project_id, given.name, given.default_branch,
      given.size, given.remote_url, given.web_url, given.is_disabled, given.is_fork, ${now}
    from organizations o, unnest(
      ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.projectId)}::uuid[],
      ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.defaultBranch ?? null)}::text[],
      ${rows.map((row) => row.size)}::bigint[],
      ${rows.map((row) => row.remoteUrl)}::text[],
      ${rows.map((row) => row.webUrl)}::text[],
      ${rows.map((row) => row.isDisabled)}::boolean[],
      ${rows.map((row) => row.isFork)}::boolean[]
    ) as given (id, project_id, name, default_branch, size, remote_url, web_url, is_disabled, is_fork)
    where o.id = ${organizationId}
    on conflict (id) do update set
      instance_id = excluded.instance_id, organization_id = excluded.organization_id,
      project_id = excluded.project_id, name = excluded.name, default_branch = excluded.default_branch,
      size = excluded.size, remote_url = excluded.remote_url, web_url = excluded.web_url,
      is_disabled = excluded.is_disabled, is_fork = excluded.is_fork, gone_at = null
  `.execute(tx);
}

/**
 * Makes `chosen` of all repositories say what the instance takes. `existing` keeps what was chosen before and chooses
 * everything there is only where `choosing` says so: in an organization that is listed for the first time, or everywhere
 * when a person has just decided so.
 */
export async function setChosen(
  db: Db,
  instanceId: InstanceId,
  takes: Takes,
  options: { readonly choosing?: OrganizationId | "everywhere" | undefined } = {},
): Promise<void> {
  if (takes.is === "list") return choose(db, instanceId, takes.repositories);
  const { choosing } = options;
  if (takes.is === "existing" && choosing === undefined) return;
  const all = await listToNarrow(db, instanceId);
  const concerned =
    takes.is === "existing" && choosing !== "everywhere"
      ? all.filter(({ organizationId }) => organizationId === choosing)
      : all;
  const leavesOut = narrow(takes.narrowing ?? nothingNarrowed);
  const taken = new Set(concerned.filter((row) => leavesOut(row) === undefined).map(({ id }) => id));
  const others = all.filter((row) => row.chosen && !concerned.includes(row)).map(({ id }) => id);
  await choose(db, instanceId, [...taken, ...others]);
}

async function choose(db: Db, instanceId: InstanceId, ids: readonly RepositoryId[]): Promise<void> {
  await sql`update repositories set chosen = not chosen
    where instance_id = ${instanceId} and kind = 'code' and chosen <> (id = any(${[...ids]}::uuid[]))`.execute(db);
}

interface ToNarrow {
  readonly id: RepositoryId;
  readonly organizationId: OrganizationId;
  readonly project: string;
  readonly name: string;
  readonly isFork: boolean;
  readonly isDisabled: boolean;
  readonly isEmpty: boolean;
  readonly chosen: boolean;
}

async function listToNarrow(db: Db, instanceId: InstanceId): Promise<readonly ToNarrow[]> {
  const { rows } = await sql<ToNarrow>`
    select r.id, r.organization_id, p.name as project, r.name, r.is_fork, r.is_disabled,
      r.default_branch is null as is_empty, r.chosen
    from repositories r join projects p on p.id = r.project_id
    where r.instance_id = ${instanceId} and r.kind = 'code' and (r.gone_at is null or r.chosen)`.execute(db);
  return rows;
}

export interface ChoosableRow extends Omit<ToNarrow, "organizationId"> {
  readonly projectId: ProjectId;
  readonly organization: string;
  readonly size: number;
}

/** Everything that the remote lists, to choose from; one light query, for there may be thousands. */
export async function listChoosable(db: Db, instanceId: InstanceId): Promise<readonly ChoosableRow[]> {
  const { rows } = await sql<ChoosableRow>`
    select r.id, r.project_id, p.name as project, o.name as organization, r.name, r.is_fork, r.is_disabled,
      r.default_branch is null as is_empty, r.chosen, r.size
    from repositories r join projects p on p.id = r.project_id join organizations o on o.id = r.organization_id
    where r.instance_id = ${instanceId} and r.kind = 'code' and r.gone_at is null
    order by lower(o.name), lower(p.name), lower(r.name)`.execute(db);
  return rows;
}

export async function getRepository(db: Db, id: RepositoryId): Promise<Repository | undefined> {
  const row = await db.selectFrom("repositories").selectAll().where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

/** What the instance's choice covers and the remote still lists; also disabled and empty ones. */
export async function listChosenRepositories(db: Db, instanceId: InstanceId): Promise<readonly Repository[]> {
  const rows = await db
    .selectFrom("repositories")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .where("chosen", "=", true)
    .where("goneAt", "is", null)
    .orderBy("name")
    .execute();
  return rows.map(withoutNulls);
}

/** What the choice covers and the remote has stopped listing since then, the last first. */
export async function listVanished(
  db: Db,
  organizationId: OrganizationId,
  since: Date,
): Promise<readonly { readonly project: string; readonly name: string }[]> {
  return db
    .selectFrom("repositories as r")
    .innerJoin("projects as p", "p.id", "r.projectId")
    .select(["p.name as project", "r.name"])
    .where("r.organizationId", "=", organizationId)
    .where("r.chosen", "=", true)
    .where("r.goneAt", ">", since)
    .orderBy("r.goneAt", "desc")
    .orderBy("r.name")
    .execute();
}

/** All that the instance has ever had, gone ones included: what is kept outside the database is named after them. */
export async function listRepositoryIds(db: Db, instanceId: InstanceId): Promise<readonly RepositoryId[]> {
  const rows = await db
    .selectFrom("repositories")
    .select("id")
    .where("instanceId", "=", instanceId)
    .where("kind", "=", "code")
    .execute();
  return rows.map(({ id }) => id);
}

/** The commit was the branch's head at `at`: a proof that nothing was missed until then, unless somebody looked later. */
export async function setScannedCommit(
  db: Db,
  id: RepositoryId,
  scanned: { readonly ref: string; readonly commit: string; readonly scannersVersion: string; readonly at: Date },
): Promise<void> {
  const { ref, commit, scannersVersion, at } = scanned;
  await sql`update repositories set scanned_ref = ${ref}, scanned_commit = ${commit},
      scanners_version = ${scannersVersion}, head_checked_at = greatest(head_checked_at, ${at}),
      head_commit = case when head_checked_at > ${at} then head_commit else ${commit} end
    where id = ${id}`.execute(db);
}

export async function getRepositoryOverview(
  db: Db,
  scope: Scope,
  id: RepositoryId,
): Promise<RepositoryOverview | undefined> {
  const { rows } = await selectOverviews(db, sql`${withinScope(scope, "r.instance_id")} and r.id = ${id}`, sql``);
  return rows[0];
}

/** Gone repositories are not listed. */
export async function listRepositories(
  db: Db,
  scope: Scope,
  filter: RepositoryFilter,
): Promise<Rows<RepositoryOverview>> {
  const order = {
    name: sql`lower(r.name)`,
    issues: sql`issues.total desc`,
    scanned: sql`scan.started desc nulls last`,
  };
  const condition = sql`${withinScope(scope, "r.instance_id")} and r.gone_at is null
    ${filter.kind === "all" ? sql`` : sql`and r.kind = ${filter.kind ?? "code"}`}
    ${filter.search ? sql`and (r.name ilike ${containsText(filter.search)} or p.name ilike ${containsText(filter.search)})` : sql``}
    ${filter.instanceId ? sql`and r.instance_id = ${filter.instanceId}` : sql``}
    ${filter.project ? sql`and r.project_id = ${filter.project}` : sql``}
    ${filter.tag === undefined ? sql`` : sql`and ${filter.tag} = any(r.tags)`}
    ${filter.chosen === undefined ? sql`` : sql`and r.chosen = ${filter.chosen}`}`;
  const tail = sql`order by ${order[filter.sort ?? "name"]}, lower(p.name), r.id offset ${filter.offset} limit ${filter.limit}`;
  const [page, count] = await Promise.all([
    selectOverviews(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from repositories r join projects p on p.id = r.project_id
      where ${condition}`.execute(db),
  ]);
  return { rows: page.rows, total: count.rows[0]?.total ?? 0 };
}

async function selectOverviews(
  db: Db,
  condition: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<{ readonly rows: readonly RepositoryOverview[] }> {
  const { rows } = await sql<RepositoryOverview>`
    select r.*, o.name as organization_name, p.name as project_name, to_jsonb(issues) as open_issues,
      jsonb_strip_nulls(to_jsonb(scan)) as last_scan
    from repositories r
    join organizations o on o.id = r.organization_id
    join projects p on p.id = r.project_id
    cross join lateral (
      select count(*) filter (where severity = 'critical') as critical, count(*) filter (where severity = 'high') as high,
        count(*) filter (where severity = 'medium') as medium, count(*) filter (where severity = 'low') as low,
        count(*) as total
      from issues where repository_id = r.id and state = 'open' and not archived) issues
    left join lateral (
      select id, started, finished, outcome from scans where repository_id = r.id order by started desc limit 1) scan on true
    where ${condition} ${tail}
  `.execute(db);
  return { rows: rows.map((row) => withoutNulls(row)) };
}
