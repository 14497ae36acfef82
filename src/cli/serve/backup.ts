/** `sallyport backup` and `sallyport restore`: everything in the database, as one file. The master key is not in it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { backup, restore } from "#store/postgres/backup.ts";
import { BackupError } from "#store/postgres/backup-file.ts";
import { readConfig } from "../config.ts";
import { UsageError } from "../usage-error.ts";
import { createLog } from "./create-log.ts";
import { makeWritableFolder } from "./make-folder.ts";
import { masterKeyFile } from "./master-key.ts";
import { hasDatabase, openDatabase } from "./open-database.ts";

export async function runBackup(file: string): Promise<number> {
  const config = readConfig();
  const log = createLog(config);
  if (!hasDatabase(config)) throw new UsageError(`there is no database in ${config.dataFolder}: set SALLYPORT_DATA`);
  const target = resolve(file);
  if (existsSync(target)) throw new UsageError(`${target} is there already: choose another name`);
  const database = await openDatabase(config, log);
  try {
    await backup(database.url, target, log);
  } finally {
    await database.close();
  }
  const key = config.masterKey ? "SALLYPORT_KEY" : masterKeyFile(config);
  console.log(
    `backup written to ${target}; keep ${key} in another safe place: without it the tokens in the backup stay sealed`,
  );
  return 0;
}

export async function runRestore(file: string): Promise<number> {
  const config = readConfig();
  const log = createLog(config);
  const source = resolve(file);
  if (!existsSync(source)) throw new UsageError(`there is no file ${source}`);
  await makeWritableFolder({ folder: config.dataFolder, setting: "SALLYPORT_DATA" });
  const database = await openDatabase(config, log);
  try {
    await restore(database.url, source, log);
  } catch (error) {
    throw error instanceof BackupError ? new UsageError(error.message) : error;
  } finally {
    await database.close();
  }
  console.log(`restored from ${source}`);
  return 0;
}
