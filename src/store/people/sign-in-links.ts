/** Addresses that sign somebody in once. Only a hash of each is kept. */
import type { UserId } from "#model/ids.ts";
import type { Db, SignInPurpose } from "../database.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export interface NewSignInLink {
  readonly hash: Buffer;
  readonly purpose: SignInPurpose;
  readonly userId?: UserId | undefined;
  readonly expires: Date;
}

/** Links that expired a week before this one will go with it. */
export async function insertSignInLink(db: Db, link: NewSignInLink): Promise<void> {
  await db
    .deleteFrom("signInLinks")
    .where("expires", "<", new Date(link.expires.getTime() - 7 * 24 * 3600 * 1000))
    .execute();
  await db
    .insertInto("signInLinks")
    .values({ hash: link.hash, purpose: link.purpose, userId: link.userId ?? null, expires: link.expires })
    .execute();
}

export async function deleteSignInLinksOf(db: Db, user: UserId): Promise<void> {
  await db.deleteFrom("signInLinks").where("userId", "=", user).execute();
}

/** Uses the link up: of two at the same moment one gets it. Undefined if there is none or it has expired. */
export async function takeSignInLink(
  db: Db,
  hash: Buffer,
  now: Date,
): Promise<WithoutNulls<{ purpose: SignInPurpose; userId: UserId | null }> | undefined> {
  const row = await db
    .deleteFrom("signInLinks")
    .where("hash", "=", hash)
    .where("expires", ">", now)
    .returning(["purpose", "userId"])
    .executeTakeFirst();
  return row && withoutNulls(row);
}
