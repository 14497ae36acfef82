import assert from "node:assert/strict";
import { test } from "node:test";
import { matches, mistakeIn } from "./match-pattern.ts";

test("patterns that look around are taken where they repeat little, and refused where they might take for ever", () => {
  for (const pattern of [
    "(?!default).*-(?:dev|prod)-.*",
    "(?!.*--)[a-z].*",
    "(?=.*a)(?=.*b)(?=.*c)x",
    "(?!-)[a-z]{3,63}(?<!-)",
  ])
    assert.equal(mistakeIn(pattern), undefined, pattern);
  const slow = ["(?!x)(?:.*a){6}b", "(?!x).*a.*a.*a.*b", "(?!x)(a|b)*c", ".*(?=.*a.*b)", "(?!x)(?:.*a.*)(?:.*b)"];
  for (const pattern of slow) assert.match(mistakeIn(pattern) ?? "", /take for ever/, pattern);
  assert.ok(matches("shop-dev-1", "(?!default).*-(?:dev|prod)-.*"));
});
