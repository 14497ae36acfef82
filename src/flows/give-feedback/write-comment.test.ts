import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { findRule } from "#scan/rules.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import { sentenceOf, writeComment } from "./write-comment.ts";
import { writeGroup } from "./write-group.ts";

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

test("the title stands once, and what is said beyond it stays", () => {
  const at = { path: "a.yml", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const title = findRule("secrets/aws-secret-access-key")?.title ?? assert.fail("the rule is gone");
  const finding: Finding = {
    ...{ rule: "secrets/aws-secret-access-key", aliases: [], severity: "high", fingerprint: "1" },
    ...{ at, message: `${title}.`, masked: "(40 characters)" },
  };
  const telling = { consoleAddress: "https://sallyport.example/pull-requests/1", isInformation: false };
  const parts = writeComment([finding], telling).split("\n\n");
  assert.deepEqual(parts.slice(0, 2), [`**High: ${title}**`, "`40 characters`, masked"]);
  const row: PullRequestFinding = {
    ...{ finding, fingerprint: "1", state: "open" },
    ...{ firstSeen: new Date(0), lastSeen: new Date(0) },
  };
  const topics = [{ fingerprint: "1", state: "open", kind: { file: "a", rule: "b" }, rows: [row] }] as const;
  assert.match(writeGroup({ is: "file", topics }, telling), /^- High, line 1, `40 characters`, masked$/m);
  const { masked: _, ...open } = finding;
  const said: readonly (readonly [message: string, said: string | undefined])[] = [
    [title, undefined],
    [`${title}: a.b: it is open`, "a\\.b: it is open"],
    [`${title}, by its form only`, "By its form only"],
    [`${title}s of another kind`, `${title}s of another kind`],
    ["Another sentence", "Another sentence"],
  ];
  for (const [message, expected] of said) {
    assert.equal(sentenceOf({ ...open, message }, title), expected, message);
  }
});

test("a secret that is out of the files is told to be in the commits, and one that stands elsewhere where it is", () => {
  const at = { path: "b.yml", startLine: 7, startColumn: 1, endLine: 7, endColumn: 2 };
  const finding: Finding = {
    ...{ rule: "secrets/aws-secret-access-key", aliases: [], severity: "high", fingerprint: "1", message: "A key" },
    at,
  };
  const telling = { consoleAddress: "https://sallyport.example/pull-requests/1", isInformation: false };
  assert.match(writeComment([finding], { ...telling, isSolved: true }), /stands in the commits that brought it/);
  assert.doesNotMatch(writeComment([finding], telling), /stands in the commits/);
  assert.match(writeComment([finding], { ...telling, now: at }), /It stands in `b\.yml:7` now\./);
  const origin = { commit: "0a1b2c3d4e5f", author: "Ada", at: "2026-01-01", inHead: false, branches: [] };
  assert.match(
    writeComment([{ ...finding, origin }], telling),
    /in `b\.yml:7` in commit `0a1b2c3d4e`, and a later commit/,
  );
});
