/** API tokens for scripts. Only a hash of each is kept. */
import type { UserId } from "#model/ids.ts";
import type { Db, Role } from "../database.ts";
import { newId } from "../new-id.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type ApiToken = WithoutNulls<{ id: string; name: string; createdAt: Date; expires: Date | null }>;

export interface NewApiToken {
  readonly userId: UserId;
  readonly name: string;
  readonly hash: Buffer;
  readonly expires?: Date | undefined;
}

export async function insertApiToken(db: Db, token: NewApiToken): Promise<ApiToken> {
  const row = await db
    .insertInto("apiTokens")
    .values({ id: newId(), userId: token.userId, name: token.name, hash: token.hash, expires: token.expires ?? null })
    .returning(["id", "name", "createdAt", "expires"])
    .executeTakeFirstOrThrow();
  return withoutNulls(row);
}

/** Whose token it is; undefined if there is none or it has expired by `now`. */
export async function findApiToken(
  db: Db,
  hash: Buffer,
  now = new Date(),
): Promise<
  { readonly id: string; readonly userId: UserId; readonly userName: string; readonly role: Role } | undefined
> {
  return db
    .selectFrom("apiTokens")
    .innerJoin("users", "users.id", "apiTokens.userId")
    .select(["apiTokens.id", "apiTokens.userId", "users.name as userName", "users.role"])
    .where("apiTokens.hash", "=", hash)
    .where((where) => where.or([where("apiTokens.expires", "is", null), where("apiTokens.expires", ">", now)]))
    .executeTakeFirst();
}

export async function listApiTokens(db: Db, userId: UserId): Promise<readonly ApiToken[]> {
  const rows = await db
    .selectFrom("apiTokens")
    .select(["id", "name", "createdAt", "expires"])
    .where("userId", "=", userId)
    .orderBy("id", "desc")
    .execute();
  return rows.map(withoutNulls);
}

/** False if that person has no such token. */
export async function deleteApiToken(db: Db, userId: UserId, id: string): Promise<boolean> {
  const result = await db.deleteFrom("apiTokens").where("userId", "=", userId).where("id", "=", id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
