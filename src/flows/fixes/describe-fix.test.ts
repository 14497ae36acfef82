import assert from "node:assert/strict";
import { test } from "node:test";
import { longestDescription } from "#azure-devops/change-pull-requests.ts";
import type { FixedProblem } from "#model/fix.ts";
import { planOf } from "#scan/fixes/testing/plan-of.ts";
import { branchOfFix } from "./branch-of-fix.ts";
import { commitMessageOf, descriptionOf } from "./describe-fix.ts";

const problem = (message: string): FixedProblem => ({
  ...{ fingerprint: "f", rule: "iac/one", severity: "high", path: "a`b/main.tf", advisory: "CVE-2026-1" },
  message,
});
const described = {
  ...{ title: "Raise left to 1.0.0", adds: [], said: [], askedBy: { is: "policy", policy: "p" } as const },
  baseCommit: "a".repeat(40),
};

test("what a repository says is text, however it is written", () => {
  const hostile = problem("![x](https://x.example/) @<everybody>\n# Approved\u0000 `rm`");
  const text = descriptionOf(
    { ...described, fixes: [hostile] },
    { console: "https://s.example/fixes/1", workItems: [12, 7] },
  );
  const [line = ""] = text.split("\n").filter((one) => one.includes("everybody"));
  assert.match(line, /^- high: \\!\\\[x\\\]\(https:.+@\u200b\\<everybody\\> \\# Approved \\`rm\\`/);
  assert.match(line, /`a'b\/main\.tf`/);
  assert(!/\n# Approved/.test(text));
  assert.match(text, /\nWork items: #12, #7\n/);
  const message = commitMessageOf({ title: "one\ntwo", fixes: [hostile], said: [] });
  assert.match(message, /^one two\n\nWritten by Sallyport/);
  assert(!/\n# Approved/.test(message));
});

test("however much there is, all parts of a description fit", () => {
  const many = Array.from({ length: 500 }, (_, index) => problem(`Problem ${index} ${"x".repeat(400)}`));
  const said = Array.from({ length: 50 }, () => "y".repeat(1000));
  const risk = { crossesMajor: true, adds: Array.from({ length: 100 }, (_, index) => `package${index}@1`) };
  const told = { ...described, fixes: many, adds: many, said, risk };
  const text = descriptionOf(told, { console: "https://s.example/fixes/1", workItems: [12, 7] });
  assert(text.length <= longestDescription, String(text.length));
  assert.match(
    text,
    /and \d+ more[\s\S]+and 47 more, which the details tell[\s\S]+Verdict[\s\S]+https:\/\/s\.example\/fixes\/1/,
  );
});

test("what comes in with a new version is named with its licences", () => {
  const project = { name: "app", dependencies: { json: "^1.0.0" } };
  const json = { version: "1.0.1", resolved: "https://npm.example/json/-/json-1.0.1.tgz", integrity: "sha512-old" };
  const { plan } = planOf({
    files: {
      "package.json": JSON.stringify(project),
      "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: { "": project, "node_modules/json": json } }),
    },
    of: "json",
    published: {
      "json@1.2.0": { integrity: "sha512-new", dependencies: { inner: "^2.0.0", bare: "*" } },
      "inner@2.1.0": { integrity: "sha512-inner", dependencies: {}, licenses: ["MIT"] },
      "bare@1.0.0": { integrity: "sha512-bare", dependencies: {} },
    },
  });
  assert(plan.is === "planned", plan.is === "refused" ? plan.because : "");
  const text = descriptionOf(
    { ...described, fixes: [], risk: plan.risk },
    { console: "https://s.example", workItems: [] },
  );
  assert.match(text, /\nPackages that come in: `inner@2\.1\.0` \(`MIT`\), `bare@1\.0\.0`\.\n/);
});

test("a branch is the same for one root cause and one target, and always one that may be pushed", () => {
  const of = (key: string, targetRef = "refs/heads/main") => branchOfFix({ key, targetRef });
  assert.match(of("package npm @scope/Left.pad"), /^refs\/heads\/sallyport\/fix\/left-pad-[0-9a-f]{10}$/);
  assert.equal(of("package npm left"), of("package npm left"));
  assert.notEqual(of("package npm left"), of("package npm left", "refs/heads/feature"));
  for (const key of ["", "rule a/b ..", "rule a/b 文.tf", `rule a ${"long-".repeat(50)}`]) {
    assert.match(of(key), /^refs\/heads\/sallyport\/fix\/[a-z0-9][a-z0-9-]*[a-z0-9]$/);
  }
});
