import assert from "node:assert/strict";
import { test } from "node:test";
import { takeTurns } from "./take-turns.ts";

const turn = (group: string, running = 0, served = 0) => ({ group, running, served });

test("places go round before one group gets a second", () => {
  assert.deepEqual(
    [...takeTurns([turn("a"), turn("b"), turn("c")], 4, 4)],
    [
      ["a", 2],
      ["b", 1],
      ["c", 1],
    ],
  );
});

test("who runs least comes first, then who waited longest for a turn", () => {
  assert.deepEqual([...takeTurns([turn("a", 1), turn("b", 0, 9), turn("c", 0, 3)], 1, 4)], [["c", 1]]);
});

test("a group that is full gets nothing, and places stay free", () => {
  assert.deepEqual([...takeTurns([turn("a", 1), turn("b", 2)], 5, 2)], [["a", 1]]);
});
