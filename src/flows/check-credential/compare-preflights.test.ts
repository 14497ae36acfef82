import assert from "node:assert/strict";
import { test } from "node:test";
import type { Preflight, Verdict } from "#model/preflight.ts";
import { comparePreflights } from "./compare-preflights.ts";

function found(code: Verdict, administrator: Verdict, works: "yes" | "no" | "unknown"): Preflight {
  const project = { id: "1", name: "Payments" };
  return {
    checkedAt: new Date(0),
    scopes: [{ scope: "vso.code_write", verdict: code, reason: "" }],
    roles: [{ role: "project-administrator", project, verdict: administrator, reason: "" }],
    features: [{ feature: "comment", works, reason: "", missing: [] }],
  };
}

test("what was granted and is missing is lost, the other way round gained, and the unknown is no change", () => {
  const full = found("granted", "granted", "yes");
  const poor = found("missing", "missing", "no");
  const names = ["scope Code (Read & write)", "role Project Administrator of Payments", "feature comment"];
  assert.deepEqual(comparePreflights(full, poor), { gained: [], lost: names });
  assert.deepEqual(comparePreflights(poor, full), { gained: names, lost: [] });
  assert.deepEqual(comparePreflights(full, found("unknown", "unknown", "unknown")), { gained: [], lost: [] });
  assert.deepEqual(comparePreflights(full, full), { gained: [], lost: [] });
});
