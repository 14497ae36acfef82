import assert from "node:assert/strict";
import { test } from "node:test";
import { createGroupCommit } from "./group-commit.ts";

const weigh = (item: number) => item;
const isItemsFault = (reason: unknown) => reason instanceof RangeError;

test("items that wait at the same moment share a write, in their order", async () => {
  const batches: (readonly number[])[] = [];
  const commits = createGroupCommit<number, string>({
    write: async (items) => {
      batches.push(items);
      return items.map((item) => `written ${item}`);
    },
    isItemsFault,
    maximumBatch: 3,
    maximumWaiting: 100,
    weigh,
    maximumWeight: 1000,
  });
  const answers = await Promise.all([1, 2, 3, 4, 5].map(async (item) => commits.add(item)));
  assert.deepEqual(answers, ["written 1", "written 2", "written 3", "written 4", "written 5"]);
  assert.deepEqual(batches, [[1], [2, 3, 4], [5]]);
});

test("one bad item fails alone; a broken database fails all that wait", async () => {
  async function statuses(reason: Error, items: readonly number[]): Promise<readonly string[]> {
    const commits = createGroupCommit<number, string>({
      write: async (batch) => {
        if (batch.includes(13)) throw reason;
        return batch.map(String);
      },
      isItemsFault,
      maximumBatch: 10,
      maximumWaiting: 100,
      weigh,
      maximumWeight: 1000,
    });
    return (await Promise.allSettled(items.map(async (item) => commits.add(item)))).map(({ status }) => status);
  }
  const alone = await statuses(new RangeError("bad item"), [1, 2, 13, 4]);
  assert.deepEqual(alone, ["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const all = await statuses(new Error("no database"), [1, 2, 13, 4]);
  assert.deepEqual(all, ["fulfilled", "rejected", "rejected", "rejected"]);
});

test("too many waiting items are turned away at once", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const commits = createGroupCommit<number, number>({
    write: async (items) => {
      await gate;
      return items;
    },
    isItemsFault,
    maximumBatch: 10,
    maximumWaiting: 2,
    weigh,
    maximumWeight: 1000,
  });
  const accepted = [commits.add(1), commits.add(2), commits.add(3)];
  assert.equal(commits.waiting, 2);
  assert.equal(commits.add(4), undefined);
  open();
  for (const [index, promise] of accepted.entries()) assert.equal(await promise, index + 1);
});

test("what waits together may not be too heavy, but one item always may", async () => {
  const commits = createGroupCommit<number, number>({
    write: async (items) => items,
    isItemsFault,
    weigh,
    maximumBatch: 10,
    maximumWaiting: 10,
    maximumWeight: 100,
  });
  const heavy = commits.add(500);
  assert.equal(commits.add(1), undefined);
  assert.equal(await heavy, 500);
  await new Promise(setImmediate);
  assert.equal(await commits.add(1), 1);
});
