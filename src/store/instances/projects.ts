/** Projects of connected organizations. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { ProjectVisibility } from "#model/repository.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, SourceControl } from "../database.ts";
import { inTransaction } from "../transaction.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type ProjectRow = WithoutNulls<{
  id: ProjectId;
  instanceId: InstanceId;
  organizationId: OrganizationId;
  name: string;
  sourceControl: SourceControl;
  /** As of the last look at its settings. */
  visibility: ProjectVisibility;
  /** Set when the remote no longer lists it. */
  goneAt: Date | null;
}>;

export interface ListedProject {
  readonly id: ProjectId;
  readonly name: string;
  readonly sourceControl?: SourceControl | undefined;
}

/** Makes the table say what the remote lists of one organization. */
export async function upsertProjects(
  db: Db,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
  rows: readonly ListedProject[],
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (rows.length > 0) await writeProjects(tx, organization, rows);
    const ids = rows.map((row) => row.id);
    await sql`update projects set gone_at = ${now}
      where organization_id = ${organization.id} and kind = 'project' and gone_at is null and id <> all(${ids}::uuid[])`.execute(
      tx,
    );
  });
}

async function writeProjects(
  tx: Db,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
  rows: readonly ListedProject[],
): Promise<void> {
  await sql`
    insert into projects (id, instance_id, organization_id, name, source_control)
    select distinct on (id) id, ${organization.instanceId}, ${organization.id}, name, coalesce(source_control, 'git')
    from unnest(
      ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.sourceControl ?? null)}::text[]
    ) as given (id, name, source_control)
    on conflict (id) do update set name = excluded.name, source_control = excluded.source_control,
      instance_id = excluded.instance_id, organization_id = excluded.organization_id, gone_at = null
  `.execute(tx);
}

/** Whether anything in it is chosen. */
export async function isWatchedProject(db: Db, instanceId: InstanceId, id: ProjectId): Promise<boolean> {
  const row = await db
    .selectFrom("repositories")
    .select("id")
    .where("instanceId", "=", instanceId)
    .where("projectId", "=", id)
    .where("chosen", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those with repositories that are scanned, by name. */
export async function listWatchedProjects(
  db: Db,
  scope: Scope,
  instanceId: InstanceId | undefined,
): Promise<readonly Pick<ProjectRow, "id" | "name">[]> {
  const { rows } = await sql<Pick<ProjectRow, "id" | "name">>`
    select p.id, p.name from projects p
    where ${withinScope(scope, "p.instance_id")} ${instanceId === undefined ? sql`` : sql`and p.instance_id = ${instanceId}`}
      and exists (select 1 from repositories r
        where r.project_id = p.id and r.kind = 'code' and r.chosen and r.gone_at is null)
    order by lower(p.name), p.id`.execute(db);
  return rows;
}

/** Those that the remote still lists. */
export async function listProjects(db: Db, instanceId: InstanceId): Promise<readonly ProjectRow[]> {
  const rows = await db
    .selectFrom("projects")
    .select(["id", "instanceId", "organizationId", "name", "sourceControl", "visibility", "goneAt"])
    .where("instanceId", "=", instanceId)
    .where("goneAt", "is", null)
    .where("kind", "=", "project")
    .orderBy("name")
    .execute();
  return rows.map(withoutNulls);
}
