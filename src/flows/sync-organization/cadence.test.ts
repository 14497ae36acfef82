import assert from "node:assert/strict";
import { test } from "node:test";
import { lookMilliseconds, pollingSeconds, takeTurn } from "./cadence.ts";

test("by polling a few hundred repositories are seen within a minute, thousands within as many minutes as it takes", () => {
  assert.deepEqual([0, 300, 301, 5000].map(pollingSeconds), [60, 60, 120, 1020]);
});

test("of many things all have their turn, minute by minute", () => {
  const items = Array.from({ length: 25 }, (_, n) => n);
  const at = (minute: number) => takeTurn(items, 10, new Date(minute * lookMilliseconds));
  assert.deepEqual(
    [0, 1, 2].flatMap((minute) => at(minute)),
    items,
  );
  assert.deepEqual(at(3), at(0));
  assert.equal(takeTurn(items, 25, new Date()), items);
});
