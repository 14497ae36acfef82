import assert from "node:assert/strict";
import { test } from "node:test";
import type { RuleId } from "#model/rule.ts";
import { severities } from "#model/severity.ts";
import { builtInPolicies } from "./built-in-policies.ts";
import { decidePolicies } from "./decide-policies.ts";
import { exampleNow, examplePlace, exampleSubject } from "./testing/policy-examples.ts";

test("on a fresh instance new problems of medium severity or worse and all new secrets block, the rest is counted", () => {
  const rules: readonly RuleId[] = ["secrets/github-token", "iac/azure-storage-allows-http"];
  for (const rule of rules) {
    for (const severity of severities) {
      const decide = (novelty: "new" | "backlog") =>
        decidePolicies(builtInPolicies, examplePlace, [exampleSubject({ rule, severity, novelty })], exampleNow);
      const blocks = severity !== "low" || rule.startsWith("secrets/");
      const actions = decide("new").matches.map((match) => match.actions.map(({ action }) => action));
      assert.deepEqual(actions, [blocks ? ["block", "comment"] : ["record"]], `${rule} ${severity}`);
      assert.deepEqual(decide("backlog"), { outcome: "passed", decidedBy: [], matches: [] });
    }
  }
});

test("a secret that only commits hold is commented on, and does not block", () => {
  const origin = { commit: "1", author: "Ada", at: "2026-01-01", inHead: false, branches: [] };
  const subject = exampleSubject({ rule: "secrets/github-token", severity: "critical", novelty: "new", origin });
  const { outcome, matches } = decidePolicies(builtInPolicies, examplePlace, [subject], exampleNow);
  assert.equal(outcome, "passed");
  assert.deepEqual(
    matches.map((match) => match.actions.map(({ action, policy }) => `${action} ${policy}`)),
    [["comment secrets-in-commits"]],
  );
  // On a build agent `--history` was asked for.
  const onAgent = decidePolicies(builtInPolicies, { ...examplePlace, trigger: "ci" }, [subject], exampleNow);
  assert.deepEqual([onAgent.outcome, onAgent.decidedBy], ["blocked", ["secrets-in-history"]]);
});

test("each has a slug of its own and says what it is for", () => {
  const ids = builtInPolicies.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, description, actions, triggers } of builtInPolicies) {
    assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    assert.match(description ?? "", /\.$/);
    assert.ok(actions.length > 0 && triggers.length > 0);
  }
});
