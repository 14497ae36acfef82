/** The database: the server that DATABASE_URL names, or the embedded one in the data folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import type { Config } from "../config.ts";

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
  if (config.databaseUrl) return { url: config.databaseUrl.reveal(), close: async () => undefined };
  const postgres = await startPostgres({ folder: databaseFolder(config), log });
  return { url: postgres.url, close: () => postgres.stop() };
}
