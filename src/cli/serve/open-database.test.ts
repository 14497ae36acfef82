/** A database that cannot be used is told in one line, without the password that its address holds. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { startSallyport } from "../testing/run-sallyport.ts";

const folder = await mkdtemp(join(tmpdir(), "sallyport-database-"));
after(() => rm(folder, { recursive: true, force: true }));

const run = (args: readonly string[], url: string) =>
  startSallyport(args, { SALLYPORT_DATA: join(folder, "data"), DATABASE_URL: url }).ended;

test("a database that does not answer", async () => {
  const start = "sallyport: the database that DATABASE_URL names cannot be used: ";
  for (const command of [["serve"], ["backup", join(folder, "backup")]]) {
    const { code, stderr } = await run(command, "postgres://shop:hidden-part@127.0.0.1:1/shop");
    assert.deepEqual([code, stderr], [2, `${start}connect ECONNREFUSED 127.0.0.1:1\n`]);
  }
});

test("a database of a newer version", async (t) => {
  const database = await freshDatabase();
  t.after(() => database.drop());
  await sql`insert into schema_migrations (name, timestamp) values ('9999-x', '')`.execute(database.store.db);
  const { code, stderr } = await run(["serve"], database.url);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^sallyport: this database was made by a newer Sallyport \(schema 9999-x, [^\n]*\): use that version\n$/,
  );
});
