import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageFacts } from "#model/package-facts.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { LicensePolicy, LicenseRule } from "../settings/package-settings.ts";
import { defaultPackageSettings } from "../settings/package-settings.ts";
import { defaultLicensePolicy } from "./default-license-policy.ts";
import { expressionJudge } from "./judge-expression.ts";
import { judgeLicenses } from "./judge-licenses.ts";
import { parseExpression } from "./parse-expression.ts";

const today = "2026-01-31";

function judged(text: string, rules: readonly LicenseRule[] = [], on: { name?: string; isDevelopment?: boolean } = {}) {
  const policy: LicensePolicy = { ...defaultLicensePolicy, rules: [...rules, ...defaultLicensePolicy.rules] };
  const whole = { name: "left-pad", isDevelopment: false, isDirect: true, ...on };
  const { action, decidedBy } = expressionJudge(policy, today)(parseExpression(text), whole);
  return decidedBy === undefined ? action : `${action} by ${decidedBy}`;
}

test("an OR takes its best branch, an AND its worst, and both say which", () => {
  assert.equal(judged("MIT"), "allow");
  assert.equal(judged("GPL-3.0-only"), "deny");
  assert.equal(judged("GPL-3.0-only OR MIT"), "allow by MIT");
  assert.equal(judged("MIT AND (GPL-3.0-only OR MPL-2.0)"), "review by MPL-2.0");
  assert.equal(judged("MIT AND BSD"), 'review by "BSD"');
  assert.equal(judged("GPL-3.0-only AND BSD"), "deny by GPL-3.0-only");
});

test("an exception is judged with its licence, then by what it leaves of the copyleft", () => {
  const text = "GPL-2.0-only WITH Classpath-exception-2.0";
  assert.equal(judged(text), "review");
  assert.equal(judged(text, [{ match: { license: "GPL-2.0-only" }, action: "allow" }]), "review");
  assert.equal(judged(text, [{ match: { license: "gpl-2.0-with-classpath-exception" }, action: "allow" }]), "allow");
});

test("the first rule that fits decides, until its last day is over", () => {
  const rule = (match: LicenseRule["match"], until?: string): LicenseRule[] => [
    { match, action: "allow", ...(until !== undefined && { until }) },
  ];
  assert.equal(judged("GPL-3.0-only", rule({ package: "left-*" })), "allow");
  assert.equal(judged("GPL-3.0-only", rule({ package: "@contoso/*" }), { name: "@Contoso/a/b" }), "allow");
  assert.equal(judged("GPL-3.0-only", rule({ package: "left-*", license: "MIT" })), "deny");
  assert.equal(judged("GPL-3.0-only", rule({}, today)), "allow");
  assert.equal(judged("GPL-3.0-only", rule({}, "2026-01-30")), "deny");
  assert.equal(judged("GPL-3.0-only", [], { isDevelopment: true }), "allow");
});

test("who may take a later version may take the one that is allowed", () => {
  const allowed: LicenseRule[] = [{ match: { license: "GPL-3.0-only" }, action: "allow" }];
  assert.equal(judged("GPL-2.0-or-later", allowed), "allow");
  assert.equal(judged("GPL-2.0-only", allowed), "deny");
  assert.equal(
    judged("GPL-2.0-or-later", [{ match: { license: "GPL-2.0-or-later" }, action: "review" }, ...allowed]),
    "review",
  );
});

function use(name: string, more: Partial<PackageUse> = {}): PackageUse {
  const at = { path: "package-lock.json", startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 };
  return { ecosystem: "npm", name, version: "1.0.0", at, relation: "direct", isDevelopment: false, ...more };
}

function judgedAll(packages: readonly PackageUse[], facts: Readonly<Record<string, readonly string[]>> = {}) {
  const manifest: Manifest = { path: "package-lock.json", format: "x", ecosystem: "npm", isLocked: true, packages };
  const factsOf = (_: unknown, name: string): PackageFacts | undefined => {
    const licenses = facts[name];
    if (licenses === undefined) return undefined;
    const versions = [{ version: "1.0.0", licenses }];
    return { ecosystem: "npm", name, source: "a.example", asOf: today, versions };
  };
  const knowledge = {
    ...{ factsOf, advisoriesOf: () => [], exploitLikelihood: () => undefined, knownExploited: () => undefined },
    runtimes: [],
  };
  return judgeLicenses([manifest], { knowledge, settings: defaultPackageSettings, today });
}

test("the manifest's own word comes before what is known, and nothing is said of the project itself", () => {
  const { findings } = judgedAll(
    [
      use("a", { licenses: ["GPL-3.0"] }),
      use("b"),
      use("c", { licenses: ["MIT"] }),
      use("d", { licenses: ["GPL-3.0"], relation: "root" }),
    ],
    { a: ["MIT"], b: ["AGPL-3.0-only"], c: ["GPL-3.0"] },
  );
  assert.deepEqual(
    findings.map(({ rule, message, severity, license }) => [rule, message, severity, license?.from, license?.rule]),
    [
      [
        "licenses/denied-license",
        "a 1.0.0 is under GPL-3.0-only (strong copyleft): the policy denies it",
        "high",
        "manifest",
        "category strong-copyleft: deny",
      ],
      [
        "licenses/denied-license",
        "b 1.0.0 is under AGPL-3.0-only (network copyleft): the policy denies it",
        "high",
        "registry",
        "category network-copyleft: deny",
      ],
    ],
  );
});

test("a package in two versions is one finding, which keeps its fingerprint when a version changes", () => {
  const both = judgedAll([use("a", { licenses: ["GPL-3.0"] }), use("a", { licenses: ["GPL-3.0"], version: "2.0.0" })]);
  const one = judgedAll([use("a", { licenses: ["GPL-3.0-only"], version: "3.0.0" })]);
  assert.equal(both.findings.length, 1);
  assert.equal(both.findings[0]?.fingerprint, one.findings[0]?.fingerprint);
});

test("packages without a licence are one finding together", () => {
  const many = Array.from({ length: 1000 }, (_, at) => use(`p${at}`));
  const { findings, problems } = judgedAll([...many, use("q", { licenses: ["BSD"] })], { p0: [] });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    findings.map(({ rule, severity }) => [rule, severity]),
    [
      ["licenses/unknown-license", "low"],
      ["licenses/unknown-license", "low"],
    ],
  );
  assert.match(findings[0]?.message ?? "", /^The licence of one package is on no list: q 1\.0\.0 \("BSD"\)$/);
  assert.match(findings[1]?.message ?? "", /^No licence is known for 1,000 packages: p0 1\.0\.0, .* and 980 more$/);
});

test("as long as nothing is known of any package, that is a notice and no finding", () => {
  const { findings, problems } = judgedAll([use("a"), use("b")]);
  assert.deepEqual(findings, []);
  assert.equal(problems.length, 1);
  assert.equal(problems[0]?.isNotice, true);
});
