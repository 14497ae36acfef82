import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { IssueId } from "#model/ids.ts";
import { type GroupingOptions, groupIssues, type IssueToGroup } from "./group-issues.ts";

function issue(number: number, rule: string, name?: string): IssueToGroup {
  const finding = {
    ...{ rule, aliases: [], severity: "high", message: `Problem ${number}`, fingerprint: `f${number}` },
    at: { path: "a", startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    ...(name && { package: { ecosystem: "npm", name, version: "1.0.0" } }),
  } as unknown as Finding;
  return { id: `i${number}` as IssueId, finding };
}

const options: GroupingOptions = {
  repository: "shop",
  grouping: "root-cause",
  ruleTitles: new Map([["iac/a", "It is open"]]),
  askedBy: { is: "policy", policy: "p" },
  policyName: "Everything",
  most: 3,
  liveKeys: new Set(),
};

const keys = (issues: readonly IssueToGroup[], change: Partial<GroupingOptions> = {}) =>
  groupIssues(issues, { ...options, ...change }).map(({ key, issues: own }) => `${key}: ${own.length}`);

const twoRules = [issue(1, "iac/a"), issue(2, "iac/a"), issue(3, "iac/b")];
const many = Array.from({ length: 200 }, (_, index) => issue(index, `iac/r${index}`));

test("issues of one rule, or of one package, are one group", () => {
  assert.deepEqual(keys(twoRules), ["rule iac/a: 2", "rule iac/b: 1"]);
  const packages = [issue(1, "vulnerabilities/x", "left"), issue(2, "licenses/y", "left")];
  assert.deepEqual(keys(packages), ["package npm left: 2"]);
  assert.deepEqual(keys(twoRules, { grouping: "policy" }), ["policy p: 3"]);
  assert.deepEqual(keys(twoRules, { grouping: "issue" }), ["issue f1: 1", "issue f2: 1", "issue f3: 1"]);
});

test("200 of different rules are one, and so is what comes after; what has its own keeps it", () => {
  assert.deepEqual(keys(many), ["policy p: 200"]);
  assert.deepEqual(keys(many, { grouping: "issue" }), ["policy p: 200"]);
  const liveKeys = new Set(["policy p", "rule iac/a"]);
  assert.deepEqual(keys(twoRules, { liveKeys }), ["rule iac/a: 2", "policy p: 1"]);
  assert.deepEqual(keys(many, { askedBy: { is: "person", name: "anna" } }), ["choice i0: 200"]);
});

test("titles say where and what", () => {
  const titles = (issues: readonly IssueToGroup[], change: Partial<GroupingOptions> = {}) =>
    groupIssues(issues, { ...options, ...change }).map(({ title }) => title);
  assert.deepEqual(titles(twoRules), ["shop: It is open", "shop: iac/b"]);
  assert.deepEqual(titles(many), ['shop: security problems that the policy "Everything" names']);
  assert.deepEqual(titles([issue(7, "iac/a")], { grouping: "issue" }), ["shop: Problem 7"]);
});
