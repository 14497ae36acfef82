import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import { listenLive, notifyLive } from "./live.ts";
import { newId } from "./new-id.ts";
import { type FreshDatabase, freshDatabase } from "./testing/fresh-database.ts";
import { inTransaction } from "./transaction.ts";

describe("live messages", { timeout: 60_000 }, () => {
  let database: FreshDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  test("are heard when the transaction commits, and again after the connection was lost", async () => {
    const { store } = database;
    const heard = new EventEmitter();
    const seen: string[] = [];
    let connected = 0;
    const listener = await listenLive(
      store,
      (message) => {
        seen.push(message.is === "instance-changed" ? message.instanceId : "");
        heard.emit("message");
      },
      () => {
        connected += 1;
      },
    );
    const [rolledBack, kept, later] = [newId<InstanceId>(), newId<InstanceId>(), newId<InstanceId>()];
    const say = (instanceId: InstanceId) => ({ is: "instance-changed", instanceId }) as const;
    await assert.rejects(
      inTransaction(store.db, async (tx) => {
        await notifyLive(tx, say(rolledBack));
        throw new Error("no");
      }),
    );
    const first = once(heard, "message");
    await inTransaction(store.db, (tx) => notifyLive(tx, say(kept)));
    await first;
    assert.deepEqual(seen, [kept]);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db);
    // Heard again as soon as it listens again; the pool has got over it at once.
    while (!seen.includes(later)) {
      await notifyLive(store.db, say(later));
    }
    assert.equal(connected, 2);
    await listener.stop();
  });
});
