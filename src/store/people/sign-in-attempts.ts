/** A person on the way to Microsoft Entra ID and back: what was sent along, and what came of it. */
import { sql } from "kysely";
import type { SignInId, UserId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type SignInAttempt = WithoutNulls<{
  id: string;
  sealed: Buffer;
  about: unknown;
  userId: UserId;
  outcome: unknown;
  expires: Date;
}>;

const columns = ["id", "sealed", "about", "userId", "outcome", "expires"] as const;

export interface NewSignInAttempt {
  readonly id: string;
  /** SHA-256 of the state parameter. */
  readonly stateHash: Buffer;
  /** Verifier and nonce. */
  readonly sealed: Buffer;
  readonly about: unknown;
  readonly userId: UserId;
  readonly expires: Date;
}

export async function insertSignInAttempt(db: Db, attempt: NewSignInAttempt): Promise<void> {
  await db
    .insertInto("signInAttempts")
    .values({ ...attempt, about: json(attempt.about) })
    .execute();
}

/** By the state that came back, once: whoever takes it writes the outcome, a second arrival finds nothing. */
export async function takeSignInAttempt(
  db: Db,
  about: { readonly stateHash: Buffer; readonly userId: UserId; readonly now: Date },
): Promise<SignInAttempt | undefined> {
  const row = await db
    .updateTable("signInAttempts")
    .set({ outcome: json({ is: "under-way" }) })
    .where("stateHash", "=", about.stateHash)
    .where("userId", "=", about.userId)
    .where("expires", ">", about.now)
    .where("outcome", "is", null)
    .returning(columns)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** The attempt that this state was made for, also after somebody took it: a page that is loaded again. */
export async function findSignInAttempt(
  db: Db,
  about: { readonly stateHash: Buffer; readonly userId: UserId; readonly now: Date },
): Promise<SignInAttempt | undefined> {
  const row = await db
    .selectFrom("signInAttempts")
    .select(columns)
    .where("stateHash", "=", about.stateHash)
    .where("userId", "=", about.userId)
    .where("expires", ">", about.now)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** Kept until then, for the person to go on with. */
export async function setSignInOutcome(db: Db, id: string, outcome: unknown, expires: Date): Promise<void> {
  await db
    .updateTable("signInAttempts")
    .set({ outcome: json(outcome), expires })
    .where("id", "=", id)
    .execute();
}

export async function getSignInAttempt(
  db: Db,
  id: string,
  about: { readonly userId: UserId; readonly now: Date },
): Promise<SignInAttempt | undefined> {
  const row = await db
    .selectFrom("signInAttempts")
    .select(columns)
    .where("id", "=", id)
    .where("userId", "=", about.userId)
    .where("expires", ">", about.now)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** True if one of this person's attempts led to this sign-in: nobody acts through what somebody else signed in. */
export async function isSignInOf(
  db: Db,
  signIn: SignInId,
  about: { readonly userId: UserId; readonly now: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom("signInAttempts")
    .select("id")
    .where("userId", "=", about.userId)
    .where("expires", ">", about.now)
    .where(sql<boolean>`outcome->>'signIn' = ${signIn}`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteExpiredAttempts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("signInAttempts").where("expires", "<=", now).execute();
}
