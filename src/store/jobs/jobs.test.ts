import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { inTransaction } from "../transaction.ts";
import { type Jobs, openJobs, type QueueDefinition } from "./jobs.ts";

const log = pino({ level: "silent" });
const queues: readonly QueueDefinition[] = [
  { name: "plain", policy: "standard", retryLimit: 2, retryDelay: 0, heartbeatSeconds: 10 },
  { name: "keyed", policy: "stately", retryLimit: 2, retryDelay: 0, heartbeatSeconds: 10 },
];

describe("jobs", () => {
  let database: FreshDatabase;
  let jobs: Jobs;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  /** Each test has the queue for itself. */
  async function open(options: { readonly stopPatience?: number } = {}): Promise<Jobs> {
    jobs = await openJobs(database.store, { log, queues, ...options });
    await sql`delete from pgboss.job`.execute(database.store.db);
    return jobs;
  }

  test("a job of a transaction that is rolled back never runs, one that commits does", async () => {
    await open();
    const { db } = database.store;
    const ran = arrivals<{ n: number }>();
    jobs.work<{ n: number }>("plain", { concurrency: 2 }, async (data) => ran.add(data));
    await assert.rejects(
      inTransaction(db, async (tx) => {
        await jobs.enqueue(tx, "plain", { n: 1 });
        throw new Error("no");
      }),
    );
    await inTransaction(db, (tx) => jobs.enqueue(tx, "plain", { n: 2 }));
    assert.deepEqual(await ran.first(1), [{ n: 2 }]);
    await jobs.stop();
    assert.deepEqual(await jobs.pending(), []);
  });

  test("thousands are enqueued at once and each runs once", async () => {
    await open();
    const ran = arrivals<number>();
    jobs.work<{ n: number }>("plain", { concurrency: 10 }, async ({ n }) => ran.add(n));
    await jobs.enqueueMany(
      database.store.db,
      "plain",
      Array.from({ length: 3_000 }, (_, n) => ({ data: { n } })),
    );
    const seen = await ran.first(3_000);
    await jobs.stop();
    assert.equal(new Set(seen).size, 3_000);
    assert.equal(ran.count(), 3_000);
  });

  test("twenty enqueued with one key become one running job and one follow-up", async () => {
    await open();
    const { db } = database.store;
    const gate = Promise.withResolvers<void>();
    const ran = arrivals<number>();
    jobs.work<{ n: number }>("keyed", { concurrency: 4 }, async ({ n }) => {
      ran.add(n);
      await gate.promise;
    });
    await jobs.enqueue(db, "keyed", { n: 0 }, { key: "a" });
    await ran.first(1);
    for (let n = 1; n <= 20; n += 1) await jobs.enqueue(db, "keyed", { n }, { key: "a" });
    await jobs.enqueue(db, "keyed", { n: 99 }, { key: "b" });
    assert.deepEqual(await ran.first(2), [0, 99]);
    gate.resolve();
    assert.deepEqual(await ran.first(3), [0, 99, 1]);
    await jobs.stop();
    assert.equal(ran.count(), 3);
  });

  test("a job that collapses into a waiting one holds it until its own cause is visible", async () => {
    await open();
    const { db } = database.store;
    await sql`create table causes (n integer)`.execute(db);
    const seen = arrivals<number>();
    await jobs.enqueue(db, "keyed", {}, { key: "c" });
    await inTransaction(db, async (tx) => {
      await sql`insert into causes values (1)`.execute(tx);
      await jobs.enqueue(tx, "keyed", {}, { key: "c" });
      // The waiting job is there and a worker looks for it, yet it must not start before we commit.
      jobs.work("keyed", { concurrency: 1 }, async () => {
        const { rows } = await sql<{ count: number }>`select count(*) as count from causes`.execute(db);
        seen.add(rows[0]?.count ?? 0);
      });
      await jobs.enqueue(db, "keyed", {}, { key: "d" });
      await seen.first(1);
      assert.equal(seen.count(), 1);
    });
    assert.deepEqual(await seen.first(2), [0, 1]);
    await jobs.stop();
  });

  test("a job that collapses may add to what the waiting one carries", async () => {
    await open();
    const { db } = database.store;
    const seen = arrivals<object>();
    await jobs.enqueue(db, "keyed", { organization: 1 }, { key: "e" });
    await jobs.enqueue(db, "keyed", { organization: 1, since: "today" }, { key: "e", adds: true });
    await jobs.enqueue(db, "keyed", { organization: 1, other: 1 }, { key: "e" });
    jobs.work<object>("keyed", { concurrency: 1 }, async (data) => seen.add(data));
    assert.deepEqual(await seen.first(1), [{ organization: 1, since: "today" }]);
    await jobs.stop();
  });

  test("a failure is retried, after the time the remote asked for, and ends among the dead", async () => {
    await open();
    const { db } = database.store;
    const tries = arrivals<Date>();
    jobs.work<{ wait?: number }>("plain", { concurrency: 1 }, async ({ wait }) => {
      tries.add(new Date());
      if (wait === undefined) throw new Error("broken");
      if (tries.count() === 1) throw new RemoteError("rate-limited", "slow down", { retryAfter: wait });
    });
    await jobs.enqueue(db, "plain", { wait: 1_500 });
    const [first, second] = await tries.first(2);
    assert(first && second && second.getTime() - first.getTime() >= 1_500);
    tries.clear();
    await jobs.enqueue(db, "plain", {});
    await tries.first(1);
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      await until(async () => (await jobs.pending()).some((queue) => queue.delayed + queue.waiting > 0));
      await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(db);
      await tries.first(attempt);
    }
    await until(async () => (await jobs.dead(10)).length === 1);
    const [dead] = await jobs.dead(10);
    assert.equal(dead?.queue, "plain");
    assert.match(JSON.stringify(dead?.error), /broken/);
    assert.deepEqual(
      (await jobs.pending()).map(({ queue, dead: count }) => ({ queue, count })),
      [{ queue: "plain", count: 1 }],
    );
    await jobs.stop();
  });

  test("a job that failed for good, or whose workers ended each time, is given up in the transaction that ends it", async () => {
    await open();
    const { db } = database.store;
    const given = arrivals<unknown>();
    const seen = arrivals<unknown>();
    const stuck = Promise.withResolvers<void>();
    jobs.work<{ n: number }>(
      "plain",
      { concurrency: 2 },
      async (data) => {
        seen.add(data);
        if (data.n === 1) throw new Error("broken");
        await stuck.promise;
      },
      async (tx, data, error) => {
        assert.equal(tx.isTransaction, true);
        given.add([data, error instanceof Error && error.message]);
      },
    );
    const tooOften = sql`update pgboss.job set retry_limit = 0, retry_count = 0`;
    await inTransaction(db, async (tx) => {
      await jobs.enqueue(tx, "plain", { n: 1 });
      await tooOften.execute(tx);
    });
    assert.deepEqual(await given.first(1), [[{ n: 1 }, "broken"]]);
    await jobs.enqueue(db, "plain", { n: 2 });
    await seen.first(2);
    await tooOften.execute(db);
    await sql`update pgboss.job set heartbeat_on = now() - interval '11 seconds' where state = 'active'`.execute(db);
    const ended = "the worker ended while it ran this job, every time";
    assert.deepEqual((await given.first(2))[1], [{ n: 2 }, ended]);
    stuck.resolve();
    await jobs.stop();
    assert.equal((await jobs.dead(10)).length, 2);
  });

  test("a flood of one group does not delay another", async () => {
    await open();
    const { db } = database.store;
    const order = arrivals<string>();
    const flood = Array.from({ length: 500 }, () => ({ data: { group: "flood" }, group: "flood" }));
    await jobs.enqueueMany(db, "plain", flood);
    await jobs.enqueueMany(db, "plain", [{ data: { group: "small" }, group: "small" }]);
    jobs.work<{ group: string }>("plain", { concurrency: 2, perGroup: 2 }, async ({ group }) => order.add(group));
    const first = await order.first(2);
    assert(first.includes("small"), `started first: ${first.join()}`);
    await order.first(501);
    await jobs.stop();
  });

  test("no group runs more than its share", async () => {
    await open();
    const { db } = database.store;
    const gate = Promise.withResolvers<void>();
    const started = arrivals<string>();
    const many = ["a", "b"].flatMap((group) => Array.from({ length: 5 }, () => ({ data: { group }, group })));
    await jobs.enqueueMany(db, "plain", many);
    jobs.work<{ group: string }>("plain", { concurrency: 8, perGroup: 2 }, async ({ group }) => {
      started.add(group);
      await gate.promise;
    });
    assert.deepEqual([...(await started.first(4))].sort(), ["a", "a", "b", "b"]);
    const [queue] = await jobs.pending();
    assert.equal(queue?.active, 4);
    gate.resolve();
    await started.first(10);
    await jobs.stop();
  });

  test("a job whose worker is gone runs again", async () => {
    await open();
    const { db } = database.store;
    const started = arrivals<number>();
    const stuck = Promise.withResolvers<void>();
    jobs.work<object>("keyed", { concurrency: 2 }, async (_data, { signal }) => {
      started.add(started.count());
      if (started.count() > 1) return;
      signal.addEventListener("abort", () => stuck.resolve());
      await stuck.promise;
    });
    await jobs.enqueue(db, "keyed", {}, { key: "k" });
    await started.first(1);
    await sql`update pgboss.job set heartbeat_on = now() - interval '11 seconds' where state = 'active'`.execute(db);
    assert.equal((await started.first(2)).length, 2);
    // The first one learns that it lost the job, at its next heartbeat.
    await stuck.promise;
    await jobs.stop();
    assert.deepEqual(await jobs.pending(), []);
  });

  test("stop lets running jobs end, and gives back what does not end in time", async () => {
    await open({ stopPatience: 50 });
    const { db } = database.store;
    const started = arrivals<string>();
    jobs.work<{ kind: string }>("plain", { concurrency: 2 }, async ({ kind }, { signal }) => {
      started.add(kind);
      await new Promise<void>((resolve) => {
        if (kind === "obedient") signal.addEventListener("abort", () => resolve());
      });
    });
    await jobs.enqueue(db, "plain", { kind: "obedient" });
    await jobs.enqueue(db, "plain", { kind: "stubborn" });
    await started.first(2);
    await jobs.stop();
    assert.deepEqual(
      (await jobs.pending()).map(({ waiting, active }) => ({ waiting, active })),
      [{ waiting: 1, active: 0 }],
    );
  });
});

/** Things that happen, to wait for. */
function arrivals<T>() {
  let seen: T[] = [];
  const changed = new EventEmitter();
  return {
    add: (value: T): void => {
      seen.push(value);
      changed.emit("added");
    },
    count: () => seen.length,
    clear: () => {
      seen = [];
    },
    first: async (count: number): Promise<readonly T[]> => {
      while (seen.length < count) await once(changed, "added");
      return seen.slice(0, count);
    },
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}
