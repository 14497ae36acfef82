import assert from "node:assert/strict";
import { test } from "node:test";
import { reapMilliseconds } from "#store/jobs/reap-lost-jobs.ts";
import { queues } from "./queues.ts";

test("a killed worker's job starts again within fifteen seconds, whatever it is", () => {
  for (const { name, heartbeatSeconds } of queues)
    assert.ok(heartbeatSeconds * 1000 + reapMilliseconds <= 15_000, name);
});
