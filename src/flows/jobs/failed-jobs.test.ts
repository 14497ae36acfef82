import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import { type Jobs, openJobs } from "#store/jobs/jobs.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleWorld } from "#store/testing/sample-world.ts";
import { failedReason, tryFailedAgain } from "./failed-jobs.ts";
import { queues } from "./queues.ts";

let database: FreshDatabase;
let jobs: Jobs;
let world: SampleWorld;
before(async () => {
  database = await freshDatabase();
  jobs = await openJobs(database.store, { log: pino({ level: "silent" }), queues });
  world = await sampleWorld(database.store.db);
});
after(async () => {
  await jobs.stop();
  await database.drop();
});

async function bury(queue: string, { group, key }: { readonly group: string; readonly key: string }): Promise<void> {
  await sql`insert into pgboss.job (name, data, source_name, source_output, group_id, singleton_key)
    values ('dead-letter', ${JSON.stringify({ key })}::jsonb, ${queue}, '{"message": "it broke"}', ${group}, ${key})`.execute(
    database.store.db,
  );
}

test("an instance says what was given up, and has it tried again under its own key", async () => {
  const { db } = database.store;
  const { instanceId } = world;
  assert.equal(await failedReason({ db }, instanceId), undefined);
  await bury("apply-policies", { group: instanceId, key: "a" });
  await bury("apply-policies", { group: instanceId, key: "b" });
  await bury("maintenance", { group: "none", key: "maintenance" });
  // It stands as a failed scan already.
  await bury("scan-repository", { group: instanceId, key: "c" });
  await bury("apply-policies", { group: "another", key: "d" });
  const reason = await failedReason({ db }, instanceId);
  assert.deepEqual([reason?.code, reason?.level, reason?.action], ["jobs-failed", "warning", "try-again"]);
  assert.match(reason?.cause ?? "", /what policies ask for \(2\), clearing away old things \(1\)/);
  assert.match(reason?.affects ?? "", /it broke/);
  await db.transaction().execute((tx) => tryFailedAgain({ jobs }, tx, instanceId));
  assert.equal(await failedReason({ db }, instanceId), undefined);
  const pending = await jobs.pending();
  assert.deepEqual(
    pending.map(({ queue, waiting, dead }) => [queue, waiting, dead]),
    [
      ["apply-policies", 2, 1],
      ["maintenance", 1, 0],
      ["scan-repository", 0, 1],
    ],
  );
});
