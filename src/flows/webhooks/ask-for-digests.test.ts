import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { KyselyPlugin } from "kysely";
import { pino } from "pino";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import { listDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import { insertWebhook } from "#store/webhooks/webhooks.ts";
import { queues } from "../jobs/queues.ts";
import { askForDigests } from "./ask-for-digests.ts";

test("a week is counted once, however often somebody looks whether it is to be told", async (t) => {
  const database = await freshDatabase();
  const jobs = await openJobs(database.store, { log: pino({ level: "silent" }), queues });
  t.after(async () => {
    await jobs.stop();
    await database.drop();
  });
  const { db } = database.store;
  const { instanceId } = await sampleWorld(db);
  const id = await insertWebhook(db, createKeys(randomBytes(32)), {
    ...{ instanceId, name: "Chat", address: "https://chat.example/", secret: "s", enabled: true },
    ...{ events: ["digest"], changedBy: "ada", changedAt: sampleTime },
  });
  let asked = 0;
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      asked += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const now = () => new Date(sampleTime.getTime() + 8 * 24 * 60 * 60_000);
  const app = { db: db.withPlugin(counting), jobs, now, publicUrl: "https://sallyport.example" };
  await askForDigests(app);
  const first = asked;
  asked = 0;
  await askForDigests(app);
  assert.equal((await listDeliveries(db, id, { offset: 0, limit: 10 })).total, 1);
  assert(first > 5);
  assert.equal(asked, 2);
});
