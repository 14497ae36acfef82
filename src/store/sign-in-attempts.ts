/** A person on the way to Microsoft Entra ID and back: what was sent along, and what came of it. */
import type { UserId } from "#model/ids.ts";
import type { Db } from "./database.ts";
import { json } from "./json.ts";
import { type WithoutNulls, withoutNulls } from "./without-nulls.ts";

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

export async function setSignInOutcome(db: Db, id: string, outcome: unknown): Promise<void> {
  await db
    .updateTable("signInAttempts")
    .set({ outcome: json(outcome) })
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

export async function deleteExpiredAttempts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("signInAttempts").where("expires", "<=", now).execute();
}
