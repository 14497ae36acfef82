import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { pino } from "pino";
import type { Scope } from "#model/scope.ts";
import { deleteInstance } from "../instances/instances.ts";
import { type Jobs, openJobs } from "../jobs/jobs.ts";
import { json } from "../json.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { insertBuild, listBuilds } from "./builds.ts";
import { deleteOldHookEvents, finishHookEvent, getHookEvent, hookHealth, listHookEvents } from "./hook-events.ts";
import {
  deleteSubscription,
  findSubscriptionByKey,
  insertSubscription,
  listSubscriptions,
  setSubscriptionRemote,
} from "./hook-subscriptions.ts";
import { storeDeliveries } from "./store-deliveries.ts";

const queue = { name: "events", policy: "standard", retryLimit: 3, retryDelay: 1, heartbeatSeconds: 10 } as const;
const page = { offset: 0, limit: 10 };

describe("hooks", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let scope: Scope;
  let jobs: Jobs;
  before(async () => {
    database = await freshDatabase();
    jobs = await openJobs(database.store, { log: pino({ level: "silent" }), queues: [queue] });
    world = await sampleWorld(database.store.db);
    scope = { is: "instances", ids: [world.instanceId] };
  });
  after(async () => {
    await jobs.stop();
    await database.drop();
  });

  const subscription = (key: string, eventType = "git.push") => ({
    key,
    instanceId: world.instanceId,
    organizationId: world.organizationId,
    projectId: world.projectId,
    eventType,
    secretSealed: Buffer.from("sealed"),
  });
  const delivery = (change: object = {}) => ({
    subscriptionKey: "one",
    at: sampleTime,
    event: {
      instanceId: world.instanceId,
      eventId: randomUUID() as string,
      eventType: "git.push",
      body: json({ text: "NUL \0" }),
      ...change,
    },
  });
  const refused = { subscriptionKey: "one", at: sampleTime };
  const waiting = async () => (await jobs.pending()).find((one) => one.queue === queue.name)?.waiting ?? 0;

  test("saving a subscription twice keeps the first", async () => {
    const { db } = database.store;
    await insertSubscription(db, subscription("one"));
    assert.equal((await insertSubscription(db, subscription("two"))).key, "one");
    await setSubscriptionRemote(db, "one", { remoteId: "r", status: "enabled" });
    await setSubscriptionRemote(db, "one", { status: "onProbation" });
    assert.deepEqual(
      (await listSubscriptions(db, world.instanceId)).map(({ key, remoteId, status }) => ({ key, remoteId, status })),
      [{ key: "one", remoteId: "r", status: "onProbation" }],
    );
    await setSubscriptionRemote(db, "one", { status: "enabled" });
    await insertSubscription(db, subscription("spare", "build.complete"));
    await deleteSubscription(db, "spare");
    assert.equal(await findSubscriptionByKey(db, "spare"), undefined);
  });

  test("an event that is delivered again is known, within a batch too; each new one has its job", async () => {
    const { db } = database.store;
    const first = delivery();
    const store = (deliveries: Parameters<typeof storeDeliveries>[2]) => storeDeliveries(db, queue.name, deliveries);
    assert.deepEqual((await store([first, first, refused])).toSorted(), ["accepted", "duplicate", "refused"]);
    assert.deepEqual(await store([first, delivery()]), ["duplicate", "accepted"]);
    const other = { ...first, event: { ...first.event, eventType: "build.complete" } };
    assert.deepEqual(await store([other]), ["accepted"]);
    assert.equal(await waiting(), 3);
    const [oldest] = (await listHookEvents(db, scope, page)).rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual((await getHookEvent(db, oldest!.id))?.body, { text: "NUL \ufffd" });
    await finishHookEvent(db, oldest!.id, "failed", "no such repository");
    const failed = await listHookEvents(db, scope, { ...page, state: "failed" });
    assert.deepEqual([failed.total, failed.rows[0]?.note], [1, "no such repository"]);
    assert.equal((await listHookEvents(db, { is: "instances", ids: [] }, page)).total, 0);
  });

  test("its job is as pg-boss would make it", async () => {
    const { db, pool } = database.store;
    await storeDeliveries(db, queue.name, [delivery()]);
    const { rows: made } = await pool.query<{ id: string; data: object; group: string }>(
      `select id, data, group_id as "group" from pgboss.job_common order by id desc limit 1`,
    );
    const { id, data, group } = made[0]!;
    assert.deepEqual([data, group], [{ event: id }, world.instanceId]);
    await jobs.enqueue(db, queue.name, data, { group });
    const { rows } = await pool.query<{ job: object }>(
      `select to_jsonb(j) - '{id,created_on,start_after,keep_until}'::text[]
        || jsonb_build_object('delay', start_after - created_on, 'kept', keep_until - created_on) as job
        from pgboss.job_common j where data = $1`,
      [data],
    );
    assert.equal(rows.length, 2);
    assert.deepEqual(rows[0]?.job, rows[1]?.job);
  });

  test("without its queue nothing is stored", async () => {
    const { db } = database.store;
    const before = (await listHookEvents(db, scope, page)).total;
    await assert.rejects(storeDeliveries(db, "unknown", [delivery()]), /null value in column "name"/);
    assert.equal((await listHookEvents(db, scope, page)).total, before);
  });

  test("deliveries are counted, by batches that meet too", async () => {
    const { db } = database.store;
    const before = await hookHealth(db, scope);
    const known = delivery();
    await storeDeliveries(db, queue.name, [known]);
    const shared = Array.from({ length: 20 }, () => delivery());
    await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        storeDeliveries(db, queue.name, [delivery(), known, refused, ...(n % 2 ? shared : shared.toReversed())]),
      ),
    );
    assert.deepEqual(await hookHealth(db, scope), {
      total: 1,
      healthy: 1,
      accepted: before.accepted + 1 + 5 + 20,
      duplicate: before.duplicate + 5 + 4 * 20,
      refused: before.refused + 5,
      failedEvents: 1,
      lastDeliveryAt: sampleTime,
    });
    assert.equal((await hookHealth(db, { is: "instances", ids: [] })).lastDeliveryAt, undefined);
  });

  test("old events go, unless nobody has handled them yet", async () => {
    const { db } = database.store;
    const before = (await listHookEvents(db, scope, page)).total;
    assert.equal(await deleteOldHookEvents(db, new Date(sampleTime.getTime() + 1)), 1);
    assert.equal((await listHookEvents(db, scope, page)).total, before - 1);
  });

  test("a build told twice is kept once, with what was told last", async () => {
    const { db } = database.store;
    const { organizationId, instanceId, projectId, repositoryId } = world;
    const build = { organizationId, instanceId, projectId, repositoryId, buildId: 5, number: "5", definition: "ci" };
    assert.equal(await insertBuild(db, { ...build, result: "failed" }), true);
    assert.equal(await insertBuild(db, { ...build, result: "succeeded" }), false);
    const { rows, total } = await listBuilds(db, scope, page);
    assert.deepEqual([total, rows[0]?.result, rows[0]?.repositoryName], [1, "succeeded", "web"]);
  });

  test("an event of an instance that is gone is dropped, not an error", async () => {
    const { db } = database.store;
    const gone = await sampleWorld(db, "gone");
    await deleteInstance(db, gone.instanceId);
    const mixed = [delivery({ instanceId: gone.instanceId }), delivery()];
    assert.deepEqual(await storeDeliveries(db, queue.name, mixed), ["duplicate", "accepted"]);
  });
});
