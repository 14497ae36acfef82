/** Sealed credentials, one per organization. `sealing.ts` opens them, with the row's id. */
import type { CredentialId, InstanceId, OrganizationId } from "#model/ids.ts";
import type { CredentialHealth, Db } from "./database.ts";
import { newId } from "./new-id.ts";
import { type WithoutNulls, withoutNulls } from "./without-nulls.ts";

export type Credential = WithoutNulls<{
  id: CredentialId;
  instanceId: InstanceId;
  organizationId: OrganizationId;
  sealed: Buffer;
  accountId: string;
  accountName: string;
  expires: Date | null;
  health: CredentialHealth;
  createdAt: Date;
}>;

export interface NewCredential {
  /** The id the secret was sealed for; made if absent. */
  readonly id?: CredentialId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly sealed: Buffer;
  readonly accountId: string;
  readonly accountName: string;
  readonly expires?: Date | undefined;
}

const columns = [
  "id",
  "instanceId",
  "organizationId",
  "sealed",
  "accountId",
  "accountName",
  "expires",
  "health",
  "createdAt",
] as const;

/** Replaces the organization's credential if it has one. */
export async function insertCredential(db: Db, credential: NewCredential): Promise<CredentialId> {
  const row = { ...credential, id: credential.id ?? newId<CredentialId>(), expires: credential.expires ?? null };
  await db
    .insertInto("credentials")
    .values(row)
    .onConflict((conflict) => conflict.column("organizationId").doUpdateSet({ ...row, health: "good" }))
    .execute();
  return row.id;
}

export async function listCredentials(db: Db, instanceId: InstanceId): Promise<readonly Credential[]> {
  const rows = await db
    .selectFrom("credentials")
    .select(columns)
    .where("instanceId", "=", instanceId)
    .orderBy("id")
    .execute();
  return rows.map(withoutNulls);
}

export async function findCredential(db: Db, organizationId: OrganizationId): Promise<Credential | undefined> {
  const row = await db
    .selectFrom("credentials")
    .select(columns)
    .where("organizationId", "=", organizationId)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** True if that changed anything. */
export async function setCredentialHealth(db: Db, id: CredentialId, health: CredentialHealth): Promise<boolean> {
  const result = await db
    .updateTable("credentials")
    .set({ health })
    .where("id", "=", id)
    .where("health", "<>", health)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function eraseCredentials(db: Db, instanceId: InstanceId): Promise<void> {
  await db.deleteFrom("credentials").where("instanceId", "=", instanceId).execute();
}
