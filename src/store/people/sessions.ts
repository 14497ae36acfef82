/** Browser sessions, by the id the cookie holds. */
import type { Db } from "../database.ts";
import { json } from "../json.ts";

/** Undefined if there is none or it has expired by `now`. */
export async function getSession(db: Db, id: string, now = new Date()): Promise<unknown> {
  const row = await db
    .selectFrom("sessions")
    .select("data")
    .where("id", "=", id)
    .where("expires", ">", now)
    .executeTakeFirst();
  return row?.data;
}

export async function saveSession(db: Db, id: string, data: unknown, expires: Date): Promise<void> {
  await db
    .insertInto("sessions")
    .values({ id, data: json(data), expires })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ data: json(data), expires }))
    .execute();
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom("sessions").where("id", "=", id).execute();
}

export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("sessions").where("expires", "<=", now).execute();
}
