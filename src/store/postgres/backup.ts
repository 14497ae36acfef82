/** Backup and restore of everything in the database, jobs included, without any program of PostgreSQL. */
import { sql } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { startBoss, stopBoss } from "../jobs/start-boss.ts";
import { migrateTo, newestMigration, schemaVersion } from "../migrate.ts";
import { migrations } from "../migrations.ts";
import { openPool, openStore } from "../open-store.ts";
import {
  BackupError,
  type BackupHeader,
  type BackupPart,
  type BackupTable,
  readBackupFile,
  writeBackupFile,
} from "./backup-file.ts";
import { copyIn, copyOut } from "./copy-stream.ts";

/** A consistent picture of one moment; the server may go on working meanwhile. */
export async function backup(url: string, file: string, log: Logger): Promise<{ readonly tables: number }> {
  // Brings the schema up to date, so that a backup is always of the version that made it.
  const store = await openStore({ url, log, maxConnections: 2 });
  await store.close();
  return withClient(url, async (client) => {
    await client.query("begin transaction isolation level repeatable read read only");
    const tables = await listTables(client);
    await writeBackupFile(file, dump(client, tables));
    await client.query("commit");
    log.info({ file, tables: tables.length }, "backup written");
    return { tables: tables.length };
  });
}

/** Into a database without instances and users. The whole file is checked first; then all of it is there, or nothing. */
export async function restore(url: string, file: string, log: Logger): Promise<{ readonly tables: number }> {
  const { header, tables } = await check(file);
  await refuseIfUsed(url);
  await prepareSchema(url, header, log);
  await withClient(url, async (client) => {
    await client.query("begin");
    // A server that started once has left a few rows: its queues, an address to sign in.
    for (const table of [...tables].reverse()) await client.query(`delete from ${qualified(table)}`);
    await load(client, file);
    await client.query("commit");
    await client.query("analyze");
  });
  const store = await openStore({ url, log, maxConnections: 2 });
  await store.close();
  log.info({ file, tables: tables.length }, "backup restored");
  return { tables: tables.length };
}

async function* dump(client: pg.Client, tables: readonly BackupTable[]): AsyncGenerator<BackupPart> {
  yield { is: "header", header: { format: 1, schema: newestMigration, at: new Date().toISOString() } };
  for (const table of tables) {
    yield { is: "table", table };
    const statement = `copy (select ${columnList(table)} from ${qualified(table)}) to stdout`;
    for await (const bytes of inChunks(copyOut(client, statement))) yield { is: "rows", bytes };
    yield { is: "table-end" };
  }
  yield { is: "end" };
}

/** COPY gives one row at a time. */
async function* inChunks(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const row of rows) {
    waiting.push(row);
    size += row.length;
    if (size < 256 * 1024) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** Ours and the jobs', each after those that it refers to. */
async function listTables(client: pg.Client): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<BackupTable & { readonly refers: readonly string[] }>(
    `
    select n.nspname as schema, c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers,
      c.oid::regclass::text as address
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (
      (n.nspname = current_schema() and c.relname = any($1)) or (n.nspname = 'pgboss' and c.relname = any($2)))
    order by 1, 2`,
    [ownTables, jobTables],
  );
  const ordered: BackupTable[] = [];
  const placed = new Set<string>();
  let left = rows as readonly ((typeof rows)[number] & { readonly address?: string })[];
  const known = new Set(left.map((row) => row.address));
  while (left.length > 0) {
    const next = left.filter((row) => row.refers.every((name) => placed.has(name) || !known.has(name)));
    if (next.length === 0) throw new Error("tables refer to each other in a circle");
    for (const { schema, name, columns, address } of next) {
      ordered.push({ schema, name, columns });
      placed.add(address ?? name);
    }
    left = left.filter((row) => !next.includes(row));
  }
  return ordered;
}

const ownTables: readonly string[] = [
  "users",
  "instance_access",
  "sessions",
  "api_tokens",
  "sign_in_links",
  "connection_drafts",
  "instances",
  "sign_ins",
  "sign_in_attempts",
  "entra_app",
  "credentials",
  "organizations",
  "projects",
  "repositories",
  "hook_subscriptions",
  "hook_events",
  "scans",
  "blob_results",
  "surveys",
  "issues",
  "occurrences",
  "issue_events",
  "audit_events",
  "pull_requests",
  "pull_request_findings",
  "builds",
  "remote_spend",
  "hook_validations",
  "rule_settings",
  "policies",
  "policy_sources",
  "policy_sets",
  "verdicts",
  "manifests",
  "packages",
  "source_imports",
  "branch_allows",
  "unread_parts",
  "package_settings",
  "knowledge_versions",
  "history_occurrences",
  "secret_checks",
  "live_check_settings",
  "fixes",
  "fix_settings",
  "gates",
  "urgency_settings",
  "sla_settings",
  "saved_views",
  "repository_owners",
  "exceptions",
  "exception_settings",
  "comment_answers",
  "work_item_settings",
  "work_items",
  "work_item_issues",
  "webhooks",
  "webhook_deliveries",
  "webhook_told_issues",
  "imports",
  "figure_times",
  "figures",
  "top_figures",
  "daily_figures",
  "daily_totals",
  "posture_settings",
  "posture_facts",
  "posture_runs",
  "posture_results",
  "posture_days",
  "pipelines",
  "pipeline_bills",
  "pipeline_files",
  "pipeline_previews",
  "attack_paths",
];
/** What the database keeps beside the others by itself: as they are loaded, it is made again. */
const derivedTables: readonly string[] = ["issue_counts"];
/** What pg-boss counts and schedules it makes again. */
const jobTables: readonly string[] = ["queue", "job_common"];

async function check(
  file: string,
): Promise<{ readonly header: BackupHeader; readonly tables: readonly BackupTable[] }> {
  let header: BackupHeader | undefined;
  const tables: BackupTable[] = [];
  for await (const part of readBackupFile(file)) {
    if (part.is === "table") tables.push(part.table);
    if (part.is !== "header") continue;
    header = part.header;
    if (!(header.schema in migrations)) {
      throw new BackupError(
        `this backup was made by a newer Sallyport (schema ${header.schema}, this one knows ${newestMigration}): use that version`,
      );
    }
  }
  if (!header) throw new BackupError(`${file} is no backup of Sallyport`);
  return { header, tables };
}

async function refuseIfUsed(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const there = await client.query(
      `select to_regclass('users') is not null and to_regclass('instances') is not null as there`,
    );
    if (!there.rows[0].there) return;
    const used = await client.query(`select exists (select 1 from users) or exists (select 1 from instances) as used`);
    if (used.rows[0].used) {
      throw new BackupError("this database holds users or instances already: restore into an empty one");
    }
  });
}

/** The tables as they were when the backup was made. */
async function prepareSchema(url: string, header: BackupHeader, log: Logger): Promise<void> {
  const { db, pool } = openPool({ url, log, maxConnections: 2 });
  try {
    const version = await schemaVersion(db);
    if (version !== undefined && version !== header.schema) {
      // Migrations only go forward. The tables are empty, so they may be made again.
      const names = [...ownTables, ...derivedTables, "schema_migrations", "schema_migration_lock"];
      await sql`drop table if exists ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(db);
    }
    await migrateTo(db, header.schema);
    await stopBoss(await startBoss({ db, pool }, log));
  } finally {
    await db.destroy();
  }
}

async function load(client: pg.Client, file: string): Promise<void> {
  const parts = readBackupFile(file);
  for (;;) {
    const next = await parts.next();
    if (next.done) return;
    if (next.value.is !== "table") continue;
    const { table } = next.value;
    await copyIn(client, `copy ${qualified(table)} (${columnList(table)}) from stdin`, rowsOfTable(parts));
  }
}

async function* rowsOfTable(parts: AsyncGenerator<BackupPart>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await parts.next();
    if (next.done || next.value.is !== "rows") return;
    yield next.value.bytes;
  }
}

function qualified(table: BackupTable): string {
  // Ours stand wherever the connection's search path says.
  const name = pg.escapeIdentifier(table.name);
  return table.schema === "pgboss" ? `pgboss.${name}` : name;
}

function columnList(table: BackupTable): string {
  return table.columns.map((name) => pg.escapeIdentifier(name)).join(", ");
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "sallyport backup" });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
