import assert from "node:assert/strict";
import { test } from "node:test";
import { expiredAnswer } from "./expired.ts";

test("the last day counts; after it the secret itself says that it is not live", () => {
  const expires = "2024-03-01";
  assert.equal(expiredAnswer({ expires }, new Date("2024-03-01T23:59:59Z")), undefined);
  assert.equal(expiredAnswer({}, new Date("2024-03-02T00:00:00Z")), undefined);
  assert.deepEqual(expiredAnswer({ expires }, new Date("2024-03-02T00:00:00Z")), {
    ...{ verdict: "not-live", reason: "expired on 2024-03-01", isByItself: true },
    at: "2024-03-02T00:00:00.000Z",
  });
});
