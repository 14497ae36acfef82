import assert from "node:assert/strict";
import { test } from "node:test";
import { policyWords } from "./policy-words.ts";

test("every policy that decided is named, or counted", () => {
  const policies = ["a", "b", "c", "d"].map((id) => ({ id, name: id.toUpperCase() }));
  assert.equal(policyWords(["b"], policies), 'the policy "B"');
  assert.equal(policyWords(["b", "a"], policies), 'the policies "B" and "A"');
  assert.equal(policyWords(["c", "gone", "a"], policies), 'the policies "C", "gone" and 1 more');
  assert.equal(policyWords(["d", "c", "b", "a"], policies), 'the policies "D", "C" and 2 more');
});
