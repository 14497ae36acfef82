import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { isUnjudgedBy } from "./is-unjudged-by.ts";

function found(rule: Finding["rule"], path: string): Finding {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { rule, aliases: [], severity: "high", message: "Found.", at, fingerprint: `${rule} ${path}` };
}

test("a finding is unjudged where its own scanner could not look", () => {
  const isUnjudged = isUnjudgedBy([
    { scanner: "iac", paths: ["main.tf"] },
    { scanner: "iac", paths: ["more.tf"] },
    { scanner: "vulnerabilities", paths: ["package-lock.json"] },
  ]);
  assert.ok(isUnjudged(found("iac/open-port", "main.tf")));
  assert.ok(isUnjudged(found("iac/open-port", "more.tf")));
  assert.ok(!isUnjudged(found("iac/open-port", "other.tf")));
  assert.ok(!isUnjudged(found("secrets/password", "main.tf")));
  assert.ok(!isUnjudged(found("iac/open-port", "package-lock.json")));
  assert.ok(!isUnjudged({ ...found("iac/open-port", "main.tf"), at: { resource: "main.tf" } as Finding["at"] }));
});

test("the paths are read once, however many findings are asked about", () => {
  let reads = 0;
  const counted = (paths: readonly string[]) =>
    new Proxy(paths, {
      get: (target, key, receiver) => {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
  const paths = Array.from({ length: 1000 }, (_, index) => `${index}.tf`);
  const isUnjudged = isUnjudgedBy([{ scanner: "iac", paths: counted(paths) }]);
  for (const path of paths) assert.ok(isUnjudged(found("iac/open-port", path)));
  assert.equal(reads, 1000);
});
