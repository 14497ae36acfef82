/** Which packages are used, by whom, in which version, since when: across all repositories that a person may see. */
import { type RawBuilder, sql } from "kysely";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Relation } from "#model/package-manifest.ts";
import type { Scope } from "#model/scope.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";

export interface PackageFilter extends Page {
  /** The normalised name, whole. */
  readonly key?: string | undefined;
  /** In the name. */
  readonly search?: string | undefined;
  readonly ecosystem?: readonly Ecosystem[] | undefined;
  readonly relation?: readonly Relation[] | undefined;
  readonly isDevelopment?: boolean | undefined;
  /** A declared licence, as written; empty for packages that declare none. */
  readonly license?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly sort?: "name" | "uses" | "since" | undefined;
  readonly descending?: boolean | undefined;
}

/** One package, whatever its versions. */
export interface PackageRow {
  readonly ecosystem: Ecosystem;
  readonly key: string;
  readonly name: string;
  /** In no order that means anything; the unknown one is left out. */
  readonly versions: readonly string[];
  readonly licenses: readonly string[];
  readonly repositories: number;
  readonly openIssues: number;
  readonly isDirect: boolean;
  readonly isDevelopment: boolean;
  /** When the first of them came in. */
  readonly since: Date;
}

export interface PackageUseRow {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly projectName: string;
  readonly organizationName: string;
  readonly repositoryWebUrl: string;
  /** The commit that the line is of, if its branch is the one scanned last. */
  readonly scannedCommit: string | null;
  readonly branch: string;
  readonly manifest: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly relation: Relation;
  readonly isDevelopment: boolean;
  readonly licenses: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly since: Date;
}

export async function listPackages(db: Db, scope: Scope, filter: PackageFilter): Promise<Rows<PackageRow>> {
  const condition = conditionOf(scope, filter);
  const direction = filter.descending === true ? sql`desc` : sql`asc`;
  const by = { name: sql`lower(name)`, uses: sql`repositories`, since: sql`since` }[filter.sort ?? "name"];
  const order = sql`order by ${by} ${direction}, ecosystem, key`;
  const [{ rows }, count] = await Promise.all([
    sql<PackageRow>`
      with grouped as (
        select p.ecosystem, p.key, min(p.name) as name,
          array_remove(array_agg(distinct p.version), '') as versions,
          coalesce(array_agg(distinct l.license) filter (where l.license is not null), '{}') as licenses,
          count(distinct p.repository_id)::int as repositories,
          bool_or(p.relation = 'direct') as is_direct, bool_and(p.is_development) as is_development,
          min(p.since) as since
        from packages p
        join repositories r on r.id = p.repository_id
        left join lateral unnest(p.licenses) as l (license) on true
        where ${condition}
        group by p.ecosystem, p.key),
      page as (select * from grouped ${order} offset ${filter.offset} limit ${filter.limit})
      select page.*, (
        select count(*)::int from issues i
        where ${withinScope(scope, "i.instance_id")} and i.state = 'open' and not i.archived
          and i.package = page.ecosystem || '/' || lower(page.name)) as open_issues
      from page ${order}`.execute(db),
    sql<{ total: number }>`
      select count(*)::int as total from (
        select 1 from packages p join repositories r on r.id = p.repository_id
        where ${condition} group by p.ecosystem, p.key) as found`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Every manifest that names the package. */
export async function listPackageUses(
  db: Db,
  scope: Scope,
  filter: Page & { readonly ecosystem: Ecosystem; readonly key: string; readonly version?: string | undefined },
): Promise<Rows<PackageUseRow>> {
  const { ecosystem, key, version } = filter;
  const condition = sql<boolean>`${withinScope(scope, "p.instance_id")} and p.ecosystem = ${ecosystem} and p.key = ${key}
    and ${version === undefined ? sql`true` : sql`p.version = ${version}`}`;
  const [{ rows }, count] = await Promise.all([
    sql<PackageUseRow>`
      select p.instance_id, p.repository_id, r.name as repository_name, j.name as project_name,
        o.name as organization_name, r.web_url as repository_web_url,
        case when r.scanned_ref = p.branch then r.scanned_commit end as scanned_commit, p.branch, p.manifest, p.name, p.version, p.purl,
        p.relation, p.is_development, p.licenses, p.path, p.line, p.since
      from packages p
      join repositories r on r.id = p.repository_id
      join projects j on j.id = r.project_id
      join organizations o on o.id = j.organization_id
      where ${condition}
      order by o.name, j.name, r.name, p.manifest, p.version
      offset ${filter.offset} limit ${filter.limit}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from packages p where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

/** Since when a branch depends on the package in this version; undefined if it does not any more. */
export async function packageSince(
  db: Db,
  { repositoryId, branch }: { readonly repositoryId: RepositoryId; readonly branch: string },
  { ecosystem, key, version }: Pick<PackageUseRow, "version"> & Pick<PackageRow, "ecosystem" | "key">,
): Promise<Date | undefined> {
  const { rows } = await sql<{ since: Date | null }>`
    select min(since) as since from packages
    where repository_id = ${repositoryId} and branch = ${branch}
      and ecosystem = ${ecosystem} and key = ${key} and version = ${version}`.execute(db);
  return rows[0]?.since ?? undefined;
}

/** Declared licences with how many packages declare them; empty for those that declare none. */
export async function countLicenses(
  db: Db,
  scope: Scope,
  filter: Omit<PackageFilter, keyof Page | "license" | "sort" | "descending">,
): Promise<readonly { readonly license: string; readonly packages: number; readonly repositories: number }[]> {
  const { rows } = await sql<{ license: string; packages: number; repositories: number }>`
    select coalesce(l.license, '') as license, count(distinct (p.ecosystem, p.key))::int as packages,
      count(distinct p.repository_id)::int as repositories
    from packages p
    join repositories r on r.id = p.repository_id
    left join lateral unnest(p.licenses) as l (license) on true
    where ${conditionOf(scope, filter)} and p.relation not in ('root', 'workspace')
    group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

function conditionOf(
  scope: Scope,
  filter: Omit<PackageFilter, keyof Page | "sort" | "descending">,
): RawBuilder<boolean> {
  const parts = [withinScope(scope, "p.instance_id"), sql<boolean>`p.relation not in ('root', 'workspace')`];
  if (filter.search) parts.push(sql`p.search_text like ${containsText(filter.search.toLowerCase())}`);
  if (filter.key !== undefined) parts.push(sql`p.key = ${filter.key}`);
  if (filter.ecosystem) parts.push(sql`p.ecosystem = any(${[...filter.ecosystem]}::text[])`);
  if (filter.relation) parts.push(sql`p.relation = any(${[...filter.relation]}::text[])`);
  if (filter.isDevelopment !== undefined) parts.push(sql`p.is_development = ${filter.isDevelopment}`);
  if (filter.license === "") parts.push(sql`p.licenses = '{}'`);
  else if (filter.license !== undefined) parts.push(sql`${filter.license} = any(p.licenses)`);
  if (filter.instanceId) parts.push(sql`p.instance_id = ${filter.instanceId}`);
  if (filter.repositoryId) parts.push(sql`p.repository_id = ${filter.repositoryId}`);
  if (filter.projectId) parts.push(sql`r.project_id = ${filter.projectId}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}
