/** The database: the server that DATABASE_URL names, or the embedded one in the data folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { NewerSchemaError } from "#store/migrate.ts";
import { openStore, type Store } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { whyNotOpen } from "#store/postgres/try-database.ts";
import type { Config } from "../config.ts";
import { UsageError } from "../usage-error.ts";

export interface OpenDatabase {
  readonly url: string;
  close(): Promise<void>;
}

function databaseFolder(config: Pick<Config, "dataFolder">): string {
  return join(config.dataFolder, "postgres");
}

/** True if there is something to open; the embedded database is made at the first start of the server. */
export function hasDatabase(config: Pick<Config, "dataFolder" | "databaseUrl">): boolean {
  return config.databaseUrl !== undefined || existsSync(join(databaseFolder(config), "data"));
}

export async function openDatabase(config: Config, log: Logger): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    const url = config.databaseUrl.reveal();
    const why = await whyNotOpen(url);
    if (why !== undefined) throw new UsageError(`the database that DATABASE_URL names cannot be used: ${why}`);
    return { url, close: async () => undefined };
  }
  const postgres = await startPostgres({ folder: databaseFolder(config), log });
  return { url: postgres.url, close: () => postgres.stop() };
}

/** The tables in it, brought to what this program knows; of a newer one nothing is touched. */
export async function openTables(
  { url }: OpenDatabase,
  options: { readonly log: Logger; readonly maxConnections?: number },
): Promise<Store> {
  try {
    return await openStore({ url, ...options });
  } catch (error) {
    throw error instanceof NewerSchemaError ? new UsageError(error.message) : error;
  }
}
