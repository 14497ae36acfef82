/** The operator's own app registration in Microsoft Entra ID: one row, its secret or private key sealed. */
import type { Db } from "../database.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type EntraAppRow = WithoutNulls<{
  clientId: string;
  tenant: string | null;
  proof: "secret" | "certificate";
  sealedProof: Buffer;
  certificate: string | null;
  proofExpires: Date | null;
  updatedBy: string;
  updatedAt: Date;
}>;

/** What the secret is sealed for: the table has one row and it has no id. */
export const entraAppRowId = "entra-app";

export async function getEntraApp(db: Db): Promise<EntraAppRow | undefined> {
  const row = await db
    .selectFrom("entraApp")
    .select(["clientId", "tenant", "proof", "sealedProof", "certificate", "proofExpires", "updatedBy", "updatedAt"])
    .executeTakeFirst();
  return row && withoutNulls(row);
}

export async function saveEntraApp(db: Db, app: EntraAppRow): Promise<void> {
  const { tenant = null, certificate = null, proofExpires = null, ...rest } = app;
  const row = { ...rest, tenant, certificate, proofExpires };
  await db
    .insertInto("entraApp")
    .values(row)
    .onConflict((conflict) => conflict.column("onlyRow").doUpdateSet(row))
    .execute();
}

export async function deleteEntraApp(db: Db): Promise<void> {
  await db.deleteFrom("entraApp").execute();
}
