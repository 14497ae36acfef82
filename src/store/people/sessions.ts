/** Browser sessions, by a hash of what the cookie holds. */
import { sql } from "kysely";
import type { UserId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface SessionData {
  readonly user: UserId;
  readonly csrf: string;
  readonly begun: number;
  readonly seen: number;
}

/** Undefined if there is none or it has expired by `now`. */
export async function getSession(db: Db, id: string, now = new Date()): Promise<SessionData | undefined> {
  const row = await db
    .selectFrom("sessions")
    .select("data")
    .where("id", "=", id)
    .where("expires", ">", now)
    .executeTakeFirst();
  return row?.data;
}

export async function insertSession(db: Db, id: string, data: SessionData, expires: Date): Promise<void> {
  await db
    .insertInto("sessions")
    .values({ id, data: json(data), expires })
    .execute();
}

/** One that has ended meanwhile stays so. */
export async function prolongSession(db: Db, id: string, data: SessionData, expires: Date): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ data: json(data), expires })
    .where("id", "=", id)
    .execute();
}

/** Whose it was; undefined if there was none. */
export async function deleteSession(db: Db, id: string): Promise<UserId | undefined> {
  const row = await db.deleteFrom("sessions").where("id", "=", id).returning("data").executeTakeFirst();
  return row?.data.user;
}

/** All of this person, but for the one that is kept. */
export async function deleteSessionsOf(db: Db, user: UserId, kept?: string): Promise<void> {
  await db
    .deleteFrom("sessions")
    .where(sql`data->>'user'`, "=", user)
    .$if(kept !== undefined, (query) => query.where("id", "!=", kept ?? ""))
    .execute();
}

export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("sessions").where("expires", "<=", now).execute();
}
