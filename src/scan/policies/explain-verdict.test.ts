import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "#model/policy.ts";
import { decidePolicies } from "./decide-policies.ts";
import { explainVerdict } from "./explain-verdict.ts";
import { exampleNow, examplePlace, examplePolicy, exampleSubject } from "./testing/policy-examples.ts";

const strict = examplePolicy({
  id: "strict",
  name: "Strict",
  when: [{ severity: "high", novelty: "new", path: ["infra/**", "!infra/test/**"] }, { live: ["live", "unknown"] }],
});
const other = examplePolicy({ id: "other", name: "Other", when: [{ scanner: ["iac"] }] });
const late = examplePolicy({ id: "late", name: "Late", graceDays: 7 });
const tells = examplePolicy({ id: "tells", actions: ["comment"] });

function explain(policies: readonly Policy[]) {
  const subjects = [exampleSubject(), exampleSubject({ fingerprint: "f2", severity: "low" })];
  return explainVerdict(decidePolicies(policies, examplePlace, subjects, exampleNow), policies);
}

test("what is blocked says by whom, why, and what would free it", () => {
  const { headline, reasons, toFree } = explain([strict, other]);
  assert.equal(headline, "Blocked by Other and Strict: 2 problems.");
  assert.deepEqual(
    reasons.map(({ policy, why }) => [policy, why]),
    [
      ["other", "It blocks what is found by iac."],
      [
        "strict",
        "It blocks what is new, of severity high or worse, in infra/**, not infra/test/**; or a secret that is live or unknown.",
      ],
    ],
  );
  assert.equal(toFree.length, 3);
});

test("what passes says what was noted all the same", () => {
  assert.equal(explain([]).headline, "Passed: no policy has anything against it.");
  assert.equal(explain([tells]).headline, "Passed: 2 problems without a block.");
  const { headline, toFree } = explain([late]);
  assert.equal(headline, "Passed: 2 problems in days of grace until 2026-03-08.");
  assert.deepEqual(toFree, []);
});

test("what was not scanned to the end says who holds it back", () => {
  const { headline, reasons } = explainVerdict({ outcome: "unfinished", decidedBy: ["strict", "gone"], matches: [] }, [
    strict,
  ]);
  assert.equal(headline, "Not scanned to the end, and held back by Strict and gone.");
  assert.deepEqual(
    reasons.map(({ why }) => why),
    ["It lets nothing pass that was not scanned, and waits 60 minutes for a scan.", "It is not in force any more."],
  );
});
