/** A program for the tests of start-postgres: starts the database of a folder and inserts rows until it ends. */
import pg from "pg";
import { pino } from "pino";
import { startPostgres } from "../postgres/start-postgres.ts";

const folder = process.argv[2] ?? "";
const running = await startPostgres({ folder, log: pino({ level: "silent" }) });
const client = new pg.Client({ connectionString: running.url });
// The database is killed under us: that is the test.
client.on("error", () => process.exit(0));
await client.connect();
// Two of these may start at once.
await client.query("select pg_advisory_lock(1)");
await client.query("create table if not exists written (at timestamptz default now(), text text)");
await client.query("select pg_advisory_unlock(1)");
const before = await client.query("select count(*) as count from written");
process.stdout.write(`ready ${running.pid} ${before.rows[0].count}\n`);
process.once("SIGTERM", () => {
  void running.stop().finally(() => process.exit(0));
});
try {
  for (;;) {
    await client.query("insert into written (text) values (repeat('x', 500))");
    process.stdout.write("row\n");
  }
} catch {
  process.exit(0);
}
