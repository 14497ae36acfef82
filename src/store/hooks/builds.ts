/** Completed builds, as build.complete told. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId, ScanId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export interface Build {
  readonly organizationId: OrganizationId;
  readonly buildId: number;
  readonly instanceId: InstanceId;
  readonly projectId?: ProjectId | undefined;
  readonly number: string;
  readonly definition: string;
  readonly result: string;
  readonly commit?: string | undefined;
  readonly branch?: string | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly finishedAt?: Date | undefined;
  readonly requestedBy?: string | undefined;
  readonly webUrl?: string | undefined;
}

export type BuildRow = WithoutNulls<{
  organizationId: OrganizationId;
  organizationName: string;
  buildId: number;
  instanceId: InstanceId;
  projectId: ProjectId | null;
  projectName: string | null;
  number: string;
  definition: string;
  result: string;
  commit: string | null;
  branch: string | null;
  repositoryId: RepositoryId | null;
  repositoryName: string | null;
  finishedAt: Date | null;
  requestedBy: string | null;
  /** The scan that looked at what was built. */
  scanId: ScanId | null;
  webUrl: string | null;
}>;

/** True if it was not known. A build told twice is kept once, with what was told last. */
export async function insertBuild(db: Db, build: Build): Promise<boolean> {
  const result = await sql<{ isNew: boolean }>`
    insert into builds (organization_id, build_id, instance_id, project_id, number, definition, result, commit, branch,
      repository_id, finished_at, web_url, requested_by)
    values (${build.organizationId}, ${build.buildId}, ${build.instanceId}, ${build.projectId ?? null}, ${build.number},
      ${build.definition}, ${build.result}, ${build.commit ?? null}, ${build.branch ?? null},
      ${build.repositoryId ?? null}, ${build.finishedAt ?? null}, ${build.webUrl ?? null},
      ${build.requestedBy ?? null})
    on conflict (organization_id, build_id) do update set number = excluded.number, definition = excluded.definition,
      result = excluded.result, commit = excluded.commit, branch = excluded.branch,
      repository_id = excluded.repository_id, finished_at = excluded.finished_at, web_url = excluded.web_url,
      requested_by = excluded.requested_by
    returning xmax = 0 as is_new
  `.execute(db);
  return result.rows[0]?.isNew ?? false;
}

/** Builds of this commit that no scan is noted for. */
export async function setBuildScan(
  db: Db,
  built: { readonly repositoryId: RepositoryId; readonly commit: string },
  scanId: ScanId,
): Promise<void> {
  await db
    .updateTable("builds")
    .set({ scanId })
    .where("repositoryId", "=", built.repositoryId)
    .where("commit", "=", built.commit)
    .where("scanId", "is", null)
    .execute();
}

/** Built commits of watched repositories that nobody has come to look at; builds of pull requests are not among them. */
export async function listUnscannedBuilds(
  db: Db,
  organizationId: OrganizationId,
  about: { readonly since: Date; readonly limit: number },
): Promise<
  readonly {
    readonly buildId: number;
    readonly instanceId: InstanceId;
    readonly repositoryId: RepositoryId;
    readonly commit: string;
  }[]
> {
  const { rows } = await sql<{ buildId: number; instanceId: InstanceId; repositoryId: RepositoryId; commit: string }>`
    select distinct on (b.repository_id, b.commit) b.build_id, b.instance_id, b.repository_id, b.commit
    from builds b join repositories r on r.id = b.repository_id
    where b.organization_id = ${organizationId} and b.scan_id is null and b.finished_at > ${about.since}
      and b.commit ~ '^([0-9a-f]{40}|[0-9a-f]{64})$' and b.commit !~ '^0+$'
      and coalesce(b.branch, '') not like 'refs/pull/%'
      and r.instance_id = b.instance_id and r.chosen and r.gone_at is null and not r.is_disabled
      and r.default_branch is not null
    order by b.repository_id, b.commit, b.build_id limit ${about.limit}`.execute(db);
  return rows;
}

/** Newest first. */
export async function listBuilds(
  db: Db,
  scope: Scope,
  page: Page & { readonly repositoryId?: RepositoryId | undefined; readonly instanceId?: InstanceId | undefined },
): Promise<Rows<BuildRow>> {
  const condition = sql`${withinScope(scope, "b.instance_id")}
    ${page.repositoryId ? sql`and b.repository_id = ${page.repositoryId}` : sql``}
    ${page.instanceId ? sql`and b.instance_id = ${page.instanceId}` : sql``}`;
  const [rows, count] = await Promise.all([
    sql<BuildRow>`
      select b.organization_id, o.name as organization_name, b.build_id, b.instance_id, b.project_id,
        p.name as project_name, b.number, b.definition, b.result, b.commit, b.branch, b.repository_id,
        r.name as repository_name, b.finished_at, b.web_url, b.requested_by, b.scan_id
      from builds b
      join organizations o on o.id = b.organization_id
      left join projects p on p.id = b.project_id
      left join repositories r on r.id = b.repository_id
      where ${condition}
      order by b.finished_at desc nulls last, b.build_id desc offset ${page.offset} limit ${page.limit}`.execute(db),
    sql<{ total: number }>`select count(*) as total from builds b where ${condition}`.execute(db),
  ]);
  return { rows: rows.rows.map((row) => withoutNulls(row)), total: count.rows[0]?.total ?? 0 };
}
