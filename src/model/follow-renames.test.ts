import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "./finding.ts";
import { followRenames } from "./follow-renames.ts";

function finding(path: string, address: string, fingerprint: string, message = "old TLS"): Finding {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { rule: "iac/old-tls", aliases: [], severity: "medium", message, at, fingerprint, resource: { address } };
}
const renames = new Map([
  ["new/main.tf", "old/main.tf"],
  ["new/more.tf", "old/more.tf"],
]);
const follow = (before: readonly Finding[], after: readonly Finding[]) => [...followRenames(before, after, renames)];

test("one finding that went and one that came in a moved file are the same if all else agrees", () => {
  const before = [finding("old/main.tf", "a.b", "1"), finding("old/more.tf", "a.b", "2"), finding("x.tf", "a.b", "3")];
  assert.deepEqual(follow(before, [finding("new/main.tf", "a.b", "4"), finding("y.tf", "a.b", "5")]), [["4", "1"]]);
  assert.deepEqual(follow(before, [finding("new/main.tf", "a.c", "4")]), []);
  assert.deepEqual(follow(before, [finding("new/main.tf", "a.b", "4", "no TLS")]), []);
});

test("what is in doubt is not followed", () => {
  const old = finding("old/main.tf", "a.b", "1");
  const now = finding("new/main.tf", "a.b", "2");
  // Two that came, two that went, one that is still there, one that was there before.
  assert.deepEqual(follow([old], [now, finding("new/main.tf", "a.b", "3")]), []);
  assert.deepEqual(follow([old, finding("old/main.tf", "a.b", "3")], [now]), []);
  assert.deepEqual(follow([old], [now, finding("x.tf", "a.b", "1")]), []);
  assert.deepEqual(follow([old, finding("x.tf", "a.b", "2")], [now]), []);
  // The same old one in two files, which would become two.
  const twice = [old, finding("old/more.tf", "a.b", "1")];
  assert.deepEqual(follow(twice, [now, finding("new/more.tf", "a.b", "3")]), []);
  assert.deepEqual(follow(twice, [now, finding("new/more.tf", "a.b", "2")]), [["2", "1"]]);
});

test("what is known against a package moves with its lock file", () => {
  const about = (path: string, fingerprint: string, name: string): Finding => {
    const { resource: _, ...rest } = finding(path, "", fingerprint, `${name} is vulnerable`);
    const its = { ecosystem: "npm", purl: "", name, manifest: path, relation: "direct", isDevelopment: false } as const;
    return { ...rest, package: its };
  };
  const before = [about("old/main.tf", "1", "left"), about("old/main.tf", "2", "right")];
  assert.deepEqual(follow(before, [about("new/main.tf", "3", "left"), about("new/main.tf", "4", "other")]), [
    ["3", "1"],
  ]);
});
