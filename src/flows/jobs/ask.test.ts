import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import type { Because } from "#model/scan.ts";
import { type Jobs, openJobs } from "#store/jobs/jobs.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleWorld } from "#store/testing/sample-world.ts";
import { askForPullRequestScan, askForRepositoryScan } from "./ask.ts";
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

test("a scan that a person asks for is one, also where another one waits already, and goes first", async () => {
  const { instanceId, repositoryId } = world;
  const { db } = database.store;
  const schedule: Because = { is: "schedule" };
  const person: Because = { is: "person", name: "ada" };
  for (const because of [schedule, person, schedule]) {
    await askForRepositoryScan({ jobs }, db, { id: repositoryId, instanceId }, because);
    await askForPullRequestScan({ jobs }, db, { repositoryId, instanceId, number: 7 }, because);
  }
  const { rows } = await sql<{ name: string; because: Because; priority: number }>`
    select name, data->'because' as because, priority from pgboss.job_common where state = 'created' order by name`.execute(
    db,
  );
  assert.deepEqual(rows, [
    { name: "scan-pull-request", because: person, priority: 1 },
    { name: "scan-repository", because: person, priority: 1 },
  ]);
});
