import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Scope } from "#model/scope.ts";
import { insertBuild, listBuilds } from "./builds.ts";
import {
  deleteOldHookEvents,
  finishHookEvent,
  getHookEvent,
  hookHealth,
  insertHookEvents,
  listHookEvents,
} from "./hook-events.ts";
import {
  countDeliveries,
  deleteSubscription,
  findSubscriptionByKey,
  insertSubscription,
  listSubscriptions,
  setSubscriptionRemote,
} from "./hook-subscriptions.ts";
import { deleteInstance } from "./instances.ts";
import { type FreshDatabase, freshDatabase } from "./testing/fresh-database.ts";
import { type SampleWorld, sampleTime, sampleWorld } from "./testing/sample-world.ts";

const page = { offset: 0, limit: 10 };

describe("hooks", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let scope: Scope;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    scope = { is: "instances", ids: [world.instanceId] };
  });
  after(() => database.drop());

  const subscription = (key: string, eventType = "git.push") => ({
    key,
    instanceId: world.instanceId,
    organizationId: world.organizationId,
    projectId: world.projectId,
    eventType,
    secretSealed: Buffer.from("sealed"),
  });
  const event = (change: object = {}) => ({
    subscriptionKey: "one",
    instanceId: world.instanceId,
    notificationId: 1,
    eventId: randomUUID() as string,
    eventType: "git.push",
    body: { text: "NUL \0" },
    receivedAt: sampleTime,
    ...change,
  });

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

  test("an event that is delivered again is known, within a batch too", async () => {
    const { db } = database.store;
    const first = event();
    const added = await insertHookEvents(db, [first, event({ ...first, notificationId: 2 }), event()]);
    // The third has the first's notification id.
    assert.deepEqual(
      added.map(({ position }) => position),
      [0],
    );
    const again = await insertHookEvents(db, [
      first,
      event({ notificationId: 3 }),
      event({ instanceId: randomUUID() }),
    ]);
    assert.deepEqual(
      again.map(({ position }) => position),
      [1],
    );
    assert.deepEqual((await getHookEvent(db, added[0]!.id))?.body, { text: "NUL \ufffd" });
    // Without a notification id only the event's own id counts.
    const nameless = event({ notificationId: undefined });
    assert.equal((await insertHookEvents(db, [nameless, event({ notificationId: undefined })])).length, 2);
    assert.equal((await insertHookEvents(db, [nameless])).length, 0);
    await finishHookEvent(db, added[0]!.id, "failed", "no such repository");
    const failed = await listHookEvents(db, scope, { ...page, state: "failed" });
    assert.deepEqual([failed.total, failed.rows[0]?.note], [1, "no such repository"]);
    assert.equal((await listHookEvents(db, { is: "instances", ids: [] }, page)).total, 0);
  });

  test("deliveries are counted, by batches that meet too", async () => {
    const { db } = database.store;
    const batch = (["accepted", "accepted", "duplicate", "refused"] as const).map((outcome) => ({
      key: "one",
      outcome,
      at: sampleTime,
    }));
    await Promise.all(Array.from({ length: 5 }, () => countDeliveries(db, batch)));
    assert.deepEqual(await hookHealth(db, scope), {
      total: 1,
      healthy: 1,
      accepted: 10,
      duplicate: 5,
      refused: 5,
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
    const mixed = [event({ instanceId: gone.instanceId, notificationId: 70 }), event({ notificationId: 71 })];
    assert.equal((await insertHookEvents(db, mixed)).length, 1);
  });
});
