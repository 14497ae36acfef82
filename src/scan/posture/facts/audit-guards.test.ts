/** What Sallyport does to its own gates is told by nobody; what its account does otherwise is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import { isOwnGate } from "./audit-guards.ts";

const removed: AuditEventFact = {
  ...{ id: "1", action: "Policy.PolicyConfigRemoved", at: "2026-03-01T09:00:00Z", details: "" },
  actor: { id: "own", name: "Sallyport" },
  data: { PolicyTypeDisplayName: "Status" },
  userAgent: "Sallyport/1.0",
};

test("a gate of ours, by its type, who changed it, and with what", () => {
  const cases: readonly (readonly [Partial<AuditEventFact>, boolean])[] = [
    [{}, true],
    [{ action: "Policy.PolicyConfigModified" }, true],
    [{ data: { PolicyTypeId: "CBDC66DA-9728-4AF8-AADA-9A5A32E4A226" } }, true],
    [{ data: { PolicyTypeDisplayName: "Minimum number of reviewers" } }, false],
    [{ data: {} }, false],
    [{ userAgent: "Mozilla/5.0" }, false],
    [{ actor: { id: "ada", name: "Sallyport" } }, false],
    [{ action: "Git.RefUpdatePoliciesBypassed" }, false],
  ];
  for (const [change, isOwn] of cases) {
    assert.equal(isOwnGate({ ...removed, ...change }, "own"), isOwn, JSON.stringify(change));
  }
  assert.equal(isOwnGate(removed, undefined), false);
});
