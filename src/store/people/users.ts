/** People who sign in with a name and a password. */
import { sql } from "kysely";
import type { UserId } from "#model/ids.ts";
import type { Db, Role } from "../database.ts";
import { newId } from "../new-id.ts";

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export interface NewUser {
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
}

const columns = ["id", "name", "role", "createdAt"] as const;

/** Undefined if the name is taken; upper and lower case count as the same. */
export async function insertUser(db: Db, user: NewUser): Promise<User | undefined> {
  return db
    .insertInto("users")
    .values({ id: newId<UserId>(), ...user })
    .onConflict((conflict) => conflict.expression(sql`lower(name)`).doNothing())
    .returning(columns)
    .executeTakeFirst();
}

/** The one function that gives the password's hash, for signing in. */
export async function findUserByName(
  db: Db,
  name: string,
): Promise<(User & { readonly passwordHash: string }) | undefined> {
  return db
    .selectFrom("users")
    .select([...columns, "passwordHash"])
    .where(sql`lower(name)`, "=", sql`lower(${name})`)
    .executeTakeFirst();
}

export async function getUser(db: Db, id: UserId): Promise<User | undefined> {
  return db.selectFrom("users").select(columns).where("id", "=", id).executeTakeFirst();
}

export async function countUsers(db: Db): Promise<number> {
  const row = await db.selectFrom("users").select(db.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return row.count;
}

export async function listUsers(db: Db): Promise<readonly User[]> {
  return db.selectFrom("users").select(columns).orderBy(sql`lower(name)`).execute();
}

export async function setRole(db: Db, id: UserId, role: Role): Promise<void> {
  await db.updateTable("users").set({ role }).where("id", "=", id).execute();
}

/** Whether it is still this one, which then holds until the transaction ends. */
export async function lockPassword(
  tx: Db,
  { id, passwordHash }: Pick<User, "id"> & Pick<NewUser, "passwordHash">,
): Promise<boolean> {
  const row = await tx
    .selectFrom("users")
    .select("id")
    .where("id", "=", id)
    .where("passwordHash", "=", passwordHash)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function setPasswordHash(db: Db, id: UserId, passwordHash: string): Promise<void> {
  await db.updateTable("users").set({ passwordHash }).where("id", "=", id).execute();
}

/** Those who are administrators now; they stay so until the transaction ends, but for what it does itself. */
export async function lockAdministrators(tx: Db): Promise<readonly UserId[]> {
  // In one order: of two that take each other's rights, one waits and then finds that it may not any more.
  const rows = await tx
    .selectFrom("users")
    .select("id")
    .where("role", "=", "administrator")
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** With their tokens and views; what they decided stays under their name. */
export async function deleteUser(db: Db, id: UserId): Promise<void> {
  await db.deleteFrom("users").where("id", "=", id).execute();
}
