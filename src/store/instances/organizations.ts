/** Azure DevOps organizations, by Azure DevOps' own GUID. Each belongs to one instance. */
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { Db, OrganizationPace } from "../database.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type OrganizationRow = WithoutNulls<{
  id: OrganizationId;
  instanceId: InstanceId;
  name: string;
  syncedAt: Date | null;
  tenantId: string | null;
  pace: OrganizationPace | null;
}>;

const columns = ["id", "instanceId", "name", "syncedAt", "tenantId", "pace"] as const;

/** False, and nothing changes, if it belongs to another instance. */
export async function upsertOrganization(
  db: Db,
  organization: {
    readonly id: OrganizationId;
    readonly instanceId: InstanceId;
    readonly name: string;
    readonly tenantId?: string | undefined;
  },
): Promise<boolean> {
  const { id, instanceId, name, tenantId } = organization;
  const result = await db
    .insertInto("organizations")
    .values({ id, instanceId, name, tenantId: tenantId ?? null })
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet({ name, ...(tenantId === undefined ? {} : { tenantId }) })
        .where("organizations.instanceId", "=", instanceId),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function listOrganizations(db: Db, instanceId: InstanceId): Promise<readonly OrganizationRow[]> {
  const rows = await db
    .selectFrom("organizations")
    .select(columns)
    .where("instanceId", "=", instanceId)
    .orderBy("name")
    .execute();
  return rows.map(withoutNulls);
}

export async function getOrganization(db: Db, id: OrganizationId): Promise<OrganizationRow | undefined> {
  const row = await db.selectFrom("organizations").select(columns).where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

/** Names in any case: an organization belongs to one instance only, so a name is found once. */
export async function findOrganizationsByName(
  db: Db,
  names: readonly string[],
): Promise<readonly Pick<OrganizationRow, "id" | "name">[]> {
  const lower = names.map((name) => name.toLowerCase());
  return db
    .selectFrom("organizations")
    .select(["id", "name"])
    .where((where) => where.eb(where.fn<string>("lower", ["name"]), "in", lower))
    .execute();
}

export async function markOrganizationSynced(db: Db, id: OrganizationId, at: Date): Promise<void> {
  await db.updateTable("organizations").set({ syncedAt: at }).where("id", "=", id).execute();
}

/** It was renamed in Azure DevOps; its id is the same. */
export async function renameOrganization(db: Db, id: OrganizationId, name: string): Promise<void> {
  await db.updateTable("organizations").set({ name }).where("id", "=", id).execute();
}
