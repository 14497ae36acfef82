/** Projects of connected organizations. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId } from "#model/ids.ts";
import type { Db } from "./database.ts";

export interface ProjectRow {
  readonly id: ProjectId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly name: string;
}

export async function upsertProjects(db: Db, rows: readonly ProjectRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into projects (id, instance_id, organization_id, name)
    select distinct on (id) id, instance_id, organization_id, name
    from unnest(
      ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.instanceId)}::uuid[],
      ${rows.map((row) => row.organizationId)}::uuid[],
      ${rows.map((row) => row.name)}::text[]
    ) as given (id, instance_id, organization_id, name)
    on conflict (id) do update set name = excluded.name
  `.execute(db);
}

export async function listProjects(db: Db, instanceId: InstanceId): Promise<readonly ProjectRow[]> {
  return db
    .selectFrom("projects")
    .select(["id", "instanceId", "organizationId", "name"])
    .where("instanceId", "=", instanceId)
    .orderBy("name")
    .execute();
}
