import assert from "node:assert/strict";
import { test } from "node:test";
import { countLineFeeds } from "./count-line-feeds.ts";

test("as many as single bytes say, wherever a part begins and ends", () => {
  const bytes = Buffer.alloc(3000);
  for (let at = 0; at < bytes.length; at++) bytes[at] = [10, 9, 11, 0, 138, 255, 10, 65][(at * 7 + (at >> 5)) % 8]!;
  bytes.fill(10, 1000, 2900);
  for (const shift of [0, 1, 2, 3]) {
    const view = bytes.subarray(shift);
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [1, 3],
      [2, 9],
      [5, 5],
      [3, 2990],
      [990, 2950],
      [1001, 2002],
    ] as const) {
      const expected = view.subarray(from, to).filter((byte) => byte === 10).length;
      assert.equal(countLineFeeds(view, from, to), expected, `${shift} ${from} ${to}`);
    }
  }
});
