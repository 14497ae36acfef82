/** What happens to databases: the server is killed, connections end. For tests on a database of `freshDatabase`. */
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Db } from "../database.ts";

/** From now on nothing that was confirmed is lost with the server, as it is outside of tests. */
export async function keepsWhatItConfirms(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  await sql`alter database ${sql.id(rows[0]?.name ?? "")} set synchronous_commit = on`.execute(db);
  await severConnections(db);
}

/** Ends all connections to this database, that of the question too. */
export async function severConnections(db: Db): Promise<void> {
  const all = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() order by pid = pg_backend_pid()`;
  await all.execute(db).catch(() => undefined);
}

/** Kills the server and waits until it answers again: what started it starts it anew. */
export async function killDatabase(db: Db): Promise<void> {
  const killed = await postmaster(db);
  process.kill(killed, "SIGKILL");
  for (;;) {
    const now = await postmaster(db).catch(() => killed);
    if (now !== killed) return;
    await wait(20);
  }
}

async function postmaster(db: Db): Promise<number> {
  const { rows } = await sql<{ file: string }>`select pg_read_file('postmaster.pid') as file`.execute(db);
  return Number(rows[0]?.file.split("\n")[0]);
}
