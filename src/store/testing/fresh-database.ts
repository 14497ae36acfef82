/**
 * A database of its own for each test, on a real PostgreSQL; each is a copy of a migrated one. The server is that of the
 * whole run, or, of a test that runs alone, one that is started at the first call and ends with the process.
 */
import { createHash, randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { startBoss, stopBoss } from "../jobs/start-boss.ts";
import { openStore, type Store } from "../open-store.ts";
import { startPostgres } from "../postgres/start-postgres.ts";

export interface FreshDatabase {
  readonly url: string;
  readonly store: Store;
  /** Closes the store and removes the database. */
  drop(): Promise<void>;
}

const log = pino({ level: "silent" });
const templateName = "migrated";

/** A test's data may be lost, so nothing waits for the disk. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

export async function freshDatabase(options: { readonly maxConnections?: number } = {}): Promise<FreshDatabase> {
  const server = await oneServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `create database ${name} template ${templateName} strategy file_copy`);
  const url = withDatabase(server, name);
  const store = await openStore({ url, log, ...options });
  return {
    url,
    store,
    drop: async () => {
      await store.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

/** An empty database without tables, e.g. to restore into. */
export async function emptyDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const server = await oneServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `create database ${name} template template0`);
  return { url: withDatabase(server, name), drop: () => administer(server, `drop database ${name} with (force)`) };
}

/** Set to the address of a server that all test processes of a run share. */
export const serverVariable = "SALLYPORT_TEST_DATABASE_SERVER";

let starting: Promise<string> | undefined;

function oneServer(): Promise<string> {
  const shared = process.env[serverVariable];
  starting ??= shared ? Promise.resolve(shared) : startTestServer();
  return starting;
}

/** For those that end the server itself; to be called before the first database. */
export function useOwnServer(): void {
  starting ??= startTestServer();
}

/** Ends with this process, however that ends. */
export async function startTestServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-test-"));
  // As root PostgreSQL runs as another user, who must get in.
  await chmod(folder, 0o711);
  // At once: 1,000 small files one after the other take ten times as long.
  cpSync(await preparedFolder(), folder, { recursive: true });
  const running = await startPostgres({ folder, log, settings, temporary: true });
  return running.url;
}

/**
 * A data folder with the migrated template in it, made once per schema on this machine: initdb takes 0.5 s and more. The
 * tables of jobs are in it, too: to make them takes longer than to copy all others.
 */
async function preparedFolder(): Promise<string> {
  const key = await schemaHash();
  const prepared = join(tmpdir(), `sallyport-prepared-${process.getuid?.() ?? 0}-${key}`);
  if (await stat(prepared).catch(() => undefined)) return prepared;
  const scratch = `${prepared}-${randomUUID()}`;
  await mkdir(scratch, { mode: 0o711 });
  try {
    const running = await startPostgres({ folder: scratch, log, settings, temporary: true });
    await administer(running.url, `create database ${templateName} template template0`);
    const store = await openStore({ url: withDatabase(running.url, templateName), log });
    await stopBoss(await startBoss(store, log));
    await store.close();
    await running.stop();
    // Fails if another process was faster.
    await rename(scratch, prepared).catch(() => undefined);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return prepared;
}

/** Of all that the folder is made from; versions of PostgreSQL and pg-boss stand in package.json. */
async function schemaHash(): Promise<string> {
  const migrations = await readdir(new URL("../migrations/", import.meta.url));
  const ofJobs = ["../jobs/prepare-job-tables.ts", "../jobs/start-boss.ts", "../../../package.json"];
  const hash = createHash("sha256");
  for (const path of [...migrations.sort().map((name) => `../migrations/${name}`), ...ofJobs])
    hash.update(await readFile(new URL(path, import.meta.url)));
  return hash.digest("hex").slice(0, 12);
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  return url.replace(/[^/]*$/, name);
}
