import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "./place-of.ts";

const at = { path: "a.tf", startLine: 2, startColumn: 3, endLine: 3, endColumn: 1 };
const change = (changeType: string) => new Map([["a.tf", { changeTrackingId: 4, path: "a.tf", changeType }]]);

test("a thread stands on the lines of its finding, on the side that has them", () => {
  const place = { path: "a.tf", span: at, side: "right", changeTrackingId: 4 };
  assert.deepEqual(placeOf(at, change("edit"), undefined), place);
  assert.deepEqual(placeOf(at, change("delete, sourceRename"), undefined), { ...place, side: "left" });
  // In a file that the pull request leaves as it is.
  assert.deepEqual(placeOf(at, new Map(), undefined), { path: "a.tf", span: at, side: "right" });
  assert.deepEqual(placeOf({ setting: "fork builds", resource: "service" }, change("edit"), undefined), {});
});

test("what is suggested replaces whole lines", () => {
  const { span } = placeOf(at, change("edit"), { text: "one\r\ntwo two\r\nthree\r\n", secretLines: new Set() });
  assert.deepEqual(span, { path: "a.tf", startLine: 2, startColumn: 1, endLine: 2, endColumn: 8 });
});
