import assert from "node:assert/strict";
import { test } from "node:test";
import { inLanes } from "./in-lanes.ts";

test("results keep the order, and no more run at once than allowed", async () => {
  let running = 0;
  let most = 0;
  const results = await inLanes([5, 4, 3, 2, 1], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return item * 10;
  });
  assert.deepEqual(results, [50, 40, 30, 20, 10]);
  assert.equal(most, 2);
});

test("a failure starts nothing more and is thrown", async () => {
  const started: number[] = [];
  await assert.rejects(
    inLanes([1, 2, 3, 4], 1, async (item) => {
      started.push(item);
      if (item === 2) throw new Error("second");
    }),
    /second/,
  );
  assert.deepEqual(started, [1, 2]);
});
