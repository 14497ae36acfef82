/** A connection between the wizard's steps: the sealed token and what it may see. */
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface ConnectionDraft {
  readonly id: string;
  readonly sealed: Buffer;
  readonly summary: unknown;
  readonly expires: Date;
}

/** The caller makes the id (`newId()`), because the token is sealed for it. */
export async function insertDraft(db: Db, draft: ConnectionDraft): Promise<void> {
  await db
    .insertInto("connectionDrafts")
    .values({ ...draft, summary: json(draft.summary) })
    .execute();
}

export async function getDraft(db: Db, id: string, now: Date): Promise<ConnectionDraft | undefined> {
  return db
    .selectFrom("connectionDrafts")
    .select(["id", "sealed", "summary", "expires"])
    .where("id", "=", id)
    .where("expires", ">", now)
    .executeTakeFirst();
}

export async function deleteDraft(db: Db, id: string): Promise<void> {
  await db.deleteFrom("connectionDrafts").where("id", "=", id).execute();
}

export async function deleteExpiredDrafts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("connectionDrafts").where("expires", "<=", now).execute();
}
