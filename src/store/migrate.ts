/** Brings the schema to the newest version. Kysely takes a lock, so that of several processes one does it. */
import assert from "node:assert/strict";
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Database } from "./database.ts";
import { migrations } from "./migrations.ts";

export const newestMigration = Object.keys(migrations).sort().at(-1) ?? "";

/** The message is for people. */
export class NewerSchemaError extends Error {
  override readonly name = "NewerSchemaError";
}

const lockKey = 7_201_845_113;

export async function migrate(db: Kysely<Database>): Promise<void> {
  if (!(await isNewest(db))) await migrateTo(db, newestMigration);
}

export async function migrateTo(db: Kysely<Database>, version: string): Promise<void> {
  const plain = db.withoutPlugins();
  // The lock around Kysely's own: two processes that start on an empty database would both create its tables.
  await plain.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockKey})`.execute(connection);
    try {
      const migrator = new Migrator({
        db: connection,
        provider: { getMigrations: async () => ({ ...migrations }) },
        migrationTableName: "schema_migrations",
        migrationLockTableName: "schema_migration_lock",
      });
      const { error } = await migrator.migrateTo(version);
      if (error !== undefined) throw await explain(plain, error);
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection);
    }
  });
}

/** The newest migration that was applied; undefined for an empty database. */
export async function schemaVersion(db: Kysely<Database>): Promise<string | undefined> {
  return (await appliedMigrations(db)).at(-1);
}

/** Opening a database that is up to date is to cost two queries (Kysely's own look costs 0.2 s). */
async function isNewest(db: Kysely<Database>): Promise<boolean> {
  return (await appliedMigrations(db)).join() === Object.keys(migrations).sort().join();
}

async function appliedMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const table = await sql<{ there: boolean }>`select to_regclass('schema_migrations') is not null as there`.execute(db);
  if (!table.rows[0]?.there) return [];
  const applied = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}

async function explain(db: Kysely<Database>, error: unknown): Promise<unknown> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length === 0) return error;
  assert(unknown[0] !== undefined);
  return new NewerSchemaError(
    `this database was made by a newer Sallyport (schema ${unknown.at(-1)}, this one knows ${newestMigration}): use that version`,
    { cause: error },
  );
}
