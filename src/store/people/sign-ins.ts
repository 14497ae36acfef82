/** Sign-ins with Microsoft Entra ID: one per person (or service principal) and directory, with its sealed tokens. */
import { sql } from "kysely";
import type { SignInId } from "#model/ids.ts";
import type { SignInMethod } from "#model/scopes.ts";
import type { Db, SignInTrouble } from "../database.ts";
import { json } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type SignInRow = WithoutNulls<{
  id: SignInId;
  method: Exclude<SignInMethod, "pat">;
  tenantId: string;
  objectId: string;
  accountName: string;
  sealedRefresh: Buffer | null;
  sealedAccess: Buffer | null;
  accessExpires: Date | null;
  scopes: readonly string[];
  problem: SignInTrouble | null;
  createdAt: Date;
  renewedAt: Date;
}>;

/** The tokens are sealed for the row's id, so the caller asks for the id first. */
export interface SealedTokens {
  readonly sealedRefresh?: Buffer | undefined;
  readonly sealedAccess?: Buffer | undefined;
  readonly accessExpires?: Date | undefined;
  readonly scopes: readonly string[];
}

export interface NewSignIn {
  readonly id: SignInId;
  readonly method: Exclude<SignInMethod, "pat">;
  readonly tenantId: string;
  readonly objectId: string;
  readonly accountName: string;
}

/** The row of this person in this directory, made if there was none, and locked until the transaction ends. */
export async function claimSignIn(tx: Db, signIn: NewSignIn): Promise<SignInId> {
  const row = await tx
    .insertInto("signIns")
    .values({ ...signIn, scopes: json([]) })
    .onConflict((conflict) =>
      conflict.columns(["method", "tenantId", "objectId"]).doUpdateSet({ accountName: signIn.accountName }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** New tokens also end whatever trouble there was. */
export async function setSignInTokens(db: Db, id: SignInId, tokens: SealedTokens, now: Date): Promise<void> {
  await db
    .updateTable("signIns")
    .set({
      ...(tokens.sealedRefresh === undefined ? {} : { sealedRefresh: tokens.sealedRefresh }),
      sealedAccess: tokens.sealedAccess ?? null,
      accessExpires: tokens.accessExpires ?? null,
      scopes: json(tokens.scopes),
      problem: null,
      renewedAt: now,
    })
    .where("id", "=", id)
    .execute();
}

export async function setSignInProblem(db: Db, id: SignInId, problem: SignInTrouble | null): Promise<void> {
  await db
    .updateTable("signIns")
    .set({ problem: problem ? json(problem) : null, ...(problem ? { sealedAccess: null, accessExpires: null } : {}) })
    .where("id", "=", id)
    .execute();
}

export async function getSignIn(db: Db, id: SignInId): Promise<SignInRow | undefined> {
  const row = await db.selectFrom("signIns").selectAll().where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

/** Nobody else renews it until the transaction ends: two workers never spend one refresh token. */
export async function lockSignIn(tx: Db, id: SignInId): Promise<SignInRow | undefined> {
  const row = await tx.selectFrom("signIns").selectAll().where("id", "=", id).forNoKeyUpdate().executeTakeFirst();
  return row && withoutNulls(row);
}

/** Of these, those that no credential uses any more. */
export async function deleteUnused(db: Db, ids: readonly SignInId[]): Promise<void> {
  await sql`delete from sign_ins s where s.id = any(${[...ids]}::uuid[])
    and not exists (select from credentials c where c.sign_in_id = s.id)`.execute(db);
}

/** Those that no credential uses: of connections that were never saved, or are deleted. */
export async function deleteUnusedSignIns(db: Db, renewedBefore: Date): Promise<void> {
  await sql`delete from sign_ins s where s.renewed_at < ${renewedBefore}
    and not exists (select from credentials c where c.sign_in_id = s.id)`.execute(db);
}
