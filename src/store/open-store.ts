/** Opens the database: a connection pool that survives restarts of PostgreSQL, and the newest schema. */
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import type { Database, Db } from "./database.ts";
import { migrate } from "./migrate.ts";

export interface Store {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  readonly log: Logger;
  close(): Promise<void>;
}

interface StoreOptions {
  readonly url: string;
  readonly log: Logger;
  /** Default 10. */
  readonly maxConnections?: number;
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { db, pool } = openPool(options);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, pool, url: options.url, log: options.log, close: () => db.destroy() };
}

/** Without a look at the schema. */
export function openPool({ url, log, maxConnections }: StoreOptions): Pick<Store, "db" | "pool"> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections ?? 10,
    application_name: "sallyport",
    types: { getTypeParser },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Without listeners a connection that PostgreSQL closes (a restart) would end the process: the pool's is for idle
  // connections; one that is lent out, between two queries of a transaction, has only its own.
  pool.on("error", (error) => log.warn({ error: error.message }, "idle database connection lost"));
  pool.on("connect", (client) => {
    client.on("error", (error) => log.debug({ error: error.message }, "database connection lost"));
  });
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    // Only names of columns: what is inside jsonb stays as it is.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { db, pool };
}

/** 8-byte integers (counts, sizes, ids of Azure DevOps) as numbers: none here comes near 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format?: "text" | "binary") =>
  oid === pg.types.builtins.INT8 && format !== "binary"
    ? Number
    : pg.types.getTypeParser(oid, format ?? "text")) as typeof pg.types.getTypeParser;
