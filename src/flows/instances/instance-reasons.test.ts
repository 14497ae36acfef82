import assert from "node:assert/strict";
import { test } from "node:test";
import type { StateReason } from "#model/instance.ts";
import { keepBeginnings, reason, stateOf } from "./instance-reasons.ts";

const [monday, tuesday] = [new Date("2026-03-02T08:00:00Z"), new Date("2026-03-03T08:00:00Z")];

function warning(cause: string, now: Date, organization = "contoso"): StateReason {
  return reason({ code: "made-up", level: "warning", organization, cause, affects: "x", remedy: "y" }, now);
}

test("the worst reason decides, a notice decides nothing, and nothing is connected before it was looked at", () => {
  assert.equal(stateOf([], false), "connecting");
  assert.equal(stateOf([{ level: "notice" }], true), "connected");
  assert.equal(stateOf([{ level: "notice" }, { level: "warning" }], false), "warning");
  assert.equal(stateOf([{ level: "warning" }, { level: "error" }], true), "error");
});

test("a reason that stays keeps its beginning, in other words too if it is the only one of its kind", () => {
  const since = (former: readonly StateReason[], now: readonly StateReason[]) =>
    keepBeginnings(former, now).map((one) => one.since.slice(0, 10));
  const before = [warning("ends in 3 days", monday)];
  assert.deepEqual(since(before, [warning("ends in 2 days", tuesday)]), ["2026-03-02"]);
  assert.deepEqual(since(before, [warning("ends in 2 days", tuesday, "fabrikam")]), ["2026-03-03"]);
  const two = [warning("ends in 3 days", tuesday), warning("another", tuesday)];
  assert.deepEqual(since(before, two), ["2026-03-02", "2026-03-03"]);
});
