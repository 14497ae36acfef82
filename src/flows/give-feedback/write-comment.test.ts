import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { sentenceOf } from "./write-comment.ts";

test("a secret is shown masked, its length in one pair of parentheses", () => {
  const at = { path: "a.yml", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const finding: Finding = {
    ...{ rule: "secrets/password", aliases: [], severity: "medium", fingerprint: "1", message: "A password" },
    at,
  };
  assert.equal(sentenceOf(finding), "A password");
  assert.equal(sentenceOf({ ...finding, masked: "(18 characters)" }), "A password (`18 characters`)");
  assert.equal(sentenceOf({ ...finding, masked: "sk_l… (32 characters)" }), "A password (`sk_l… (32 characters)`)");
});
