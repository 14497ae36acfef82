import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf } from "./instance-reasons.ts";

test("the worst reason decides, and nothing is connected before it was looked at", () => {
  const warning = { code: "hooks-refused", message: "contoso: no" };
  const error = { code: "signed-out", message: "contoso: no" };
  assert.equal(stateOf([], false), "connecting");
  assert.equal(stateOf([], true), "connected");
  assert.equal(stateOf([warning], true), "warning");
  assert.equal(stateOf([warning, error], true), "error");
});
