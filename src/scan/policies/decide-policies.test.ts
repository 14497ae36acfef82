import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { PolicyConditions } from "#model/policy.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import type { PolicyPlace, PolicySubject } from "#model/verdict.ts";
import { decidePolicies, decidePrepared } from "./decide-policies.ts";
import { preparePolicies } from "./prepare-policies.ts";
import { exampleNow, examplePlace, examplePolicy, exampleSubject } from "./testing/policy-examples.ts";

const npmPackage = {
  ecosystem: "npm",
  purl: "pkg:npm/%40contoso/web@1.0.0",
  name: "@contoso/web",
  version: "1.0.0",
  manifest: "web/package-lock.json",
  relation: "transitive",
  isDevelopment: false,
} as const satisfies Finding["package"];

const advisory = {
  id: "GHSA-aaaa-bbbb-cccc",
  aliases: ["CVE-2021-44228"],
  title: "Bad",
  weaknesses: [],
  references: [],
  fixedIn: ["2.0.0"],
  source: "GitHub",
  likelihood: { probability: 0.9, percentile: 0.99, asOf: "2026-02-01" },
  exploited: { added: "2021-12-10", inRansomware: true },
} as const satisfies Finding["advisory"];

const iac = exampleSubject();
const secret = exampleSubject({ rule: "secrets/github-token", aliases: [], at: setting("variables") });
const vulnerable = exampleSubject({ rule: "vulnerabilities/vulnerable-package", package: npmPackage, advisory });
const license = exampleSubject({
  rule: "licenses/denied-license",
  package: { ...npmPackage, relation: "direct", isDevelopment: true },
  license: { from: "registry", category: "network-copyleft", rule: "strong" },
});

function setting(name: string) {
  return { setting: name, resource: "Shop" };
}

const live = (verdict: "live" | "not-live") => ({ ...secret.finding, live: { verdict, reason: "asked", at: "2026" } });

const conditions: readonly (readonly [
  what: string,
  conditions: PolicyConditions,
  holds: PolicySubject,
  holdsNot: PolicySubject,
])[] = [
  ["a scanner", { scanner: ["secrets", "iac"] }, iac, vulnerable],
  ["a rule", { rule: ["iac/azure-*"] }, iac, secret],
  ["a rule without its scanner", { rule: ["AZURE-storage-*"] }, iac, secret],
  ["a rule by its alias", { rule: ["CKV_AZURE_3"] }, iac, secret],
  ["an advisory", { rule: ["cve-2021-*"] }, vulnerable, license],
  ["all rules but some", { rule: ["!secrets/*"] }, iac, secret],
  ["some rules but one", { rule: ["iac/*", "!CKV_AZURE_3"] }, exampleSubject({ aliases: [] }), iac],
  ["a severity", { severity: "medium" }, iac, exampleSubject({ severity: "low" })],
  ["an urgency", { urgency: 70 }, exampleSubject({ urgency: 70 }), exampleSubject({ urgency: 69 })],
  ["an urgency that nobody knows", { urgency: 0 }, exampleSubject({ urgency: 0 }), iac],
  ["a fix", { fixAvailable: true }, vulnerable, iac],
  ["no fix", { fixAvailable: false }, iac, vulnerable],
  ["a relation", { relation: "transitive" }, vulnerable, license],
  ["a package", { package: ["@contoso/*"] }, vulnerable, iac],
  ["production", { development: false }, iac, license],
  ["development", { development: true }, license, vulnerable],
  ["exploits", { knownExploited: true }, vulnerable, license],
  ["a likelihood", { exploitLikelihood: 0.9 }, vulnerable, iac],
  ["a kind of licence", { licenseCategory: ["network-copyleft"] }, license, vulnerable],
  ["a live secret", { live: ["live"] }, { ...secret, finding: live("live") }, { ...secret, finding: live("not-live") }],
  ["a secret that nobody asked about", { live: ["not-asked"] }, secret, iac],
  ["a path", { path: ["infra/**"] }, iac, secret],
  ["a path of a manifest", { path: ["web/**"] }, vulnerable, iac],
  ["no path of a kind", { path: ["!infra/**"] }, secret, iac],
  ["an age", { age: 30 }, exampleSubject({ daysOld: 30 }), exampleSubject({ daysOld: 29.9 })],
  ["what is new", { novelty: "new" }, iac, exampleSubject({ novelty: "backlog" })],
  [
    "what only the history holds",
    { inHead: false },
    exampleSubject({ origin: { commit: "c", author: "a", at: "2026", inHead: false, branches: [] } }),
    iac,
  ],
  [
    "reachability",
    { reachability: ["imported"] },
    exampleSubject({ reachability: { is: "imported" } }),
    exampleSubject({ reachability: { is: "unknown" } }),
  ],
  ["all of a group", { scanner: ["iac"], severity: "high" }, iac, exampleSubject({ severity: "medium" })],
];

describe("a condition holds for what it says, and for nothing else", () => {
  for (const [what, when, holds, holdsNot] of conditions) {
    it(what, () => {
      const policies = [examplePolicy({ id: "one", when: [when] })];
      const of = (subject: PolicySubject) => decidePolicies(policies, examplePlace, [subject], exampleNow).outcome;
      assert.deepEqual([of(holds), of(holdsNot)], ["blocked", "passed"]);
    });
  }
});

const places: readonly (readonly [
  what: string,
  policy: Partial<Parameters<typeof examplePolicy>[0]>,
  elsewhere: Partial<PolicyPlace>,
])[] = [
  [
    "a project and repository",
    { scope: { repositories: ["shop/*"], projects: [], tags: [] } },
    { repository: "Lab/web" },
  ],
  [
    "a repository of any project",
    { scope: { repositories: ["w?b"], projects: [], tags: [] } },
    { repository: "Shop/api" },
  ],
  ["a project", { scope: { repositories: [], projects: ["sh*", "!shed"], tags: [] } }, { project: "Shed" }],
  ["a tag", { scope: { repositories: [], projects: [], tags: ["sox", "pci"] } }, { tags: ["other"] }],
  ["a trigger", { triggers: ["pull-request", "push"] }, { trigger: "ci" }],
  ["a branch", { when: [{ branch: ["protected"] }] }, { branch: "other" }],
  ["a condition on the repository", { when: [{ repository: ["Shop/w*"] }] }, { repository: "Shop/api" }],
  ["a condition on the project", { when: [{ project: ["shop"] }] }, { project: "Lab" }],
  ["a condition on tags", { when: [{ tag: ["!legacy"] }] }, { tags: ["pci", "legacy"] }],
];

describe("a policy is for the places that it names", () => {
  for (const [what, policy, elsewhere] of places) {
    it(what, () => {
      const policies = [examplePolicy({ id: "one", ...policy })];
      const at = (place: PolicyPlace) => decidePolicies(policies, place, [iac], exampleNow).outcome;
      assert.deepEqual([at(examplePlace), at({ ...examplePlace, ...elsewhere })], ["blocked", "passed"]);
    });
  }
});

describe("several policies", () => {
  it("are joined: the strictest wins, each action is named with who asks for it, and the verdict with who decided", () => {
    const policies = [
      examplePolicy({ id: "counts", actions: ["record"] }),
      examplePolicy({ id: "tells", actions: ["comment", "webhook"] }),
      examplePolicy({ id: "blocks-late", actions: ["block", "comment"], graceDays: 2 }),
      examplePolicy({ id: "blocks", when: [{ severity: "low", scanner: ["secrets"] }, { severity: "high" }] }),
      examplePolicy({ id: "off", enabled: false }),
    ];
    const { outcome, decidedBy, matches } = decidePolicies(
      policies,
      examplePlace,
      [exampleSubject({ daysOld: 3 }), exampleSubject({ daysOld: 3, severity: "low", fingerprint: "f2" })],
      exampleNow,
    );
    assert.equal(outcome, "blocked");
    assert.deepEqual(decidedBy, ["blocks", "blocks-late"]);
    assert.deepEqual(matches, [
      {
        fingerprint: "f1",
        scanner: "iac",
        actions: [
          { action: "block", policy: "blocks" },
          { action: "comment", policy: "tells" },
          { action: "webhook", policy: "tells" },
        ],
      },
      {
        fingerprint: "f2",
        scanner: "iac",
        actions: [
          { action: "block", policy: "blocks-late" },
          { action: "comment", policy: "tells" },
          { action: "webhook", policy: "tells" },
        ],
      },
    ]);
  });

  it("that match nothing say nothing", () => {
    const policies = [examplePolicy({ id: "one", when: [{ severity: "critical" }] })];
    const verdict = decidePolicies(policies, examplePlace, [iac], exampleNow);
    assert.deepEqual(verdict, { outcome: "passed", decidedBy: [], matches: [] });
  });

  it("take one problem in several places as one", () => {
    const { matches } = decidePolicies([examplePolicy({ id: "one" })], examplePlace, [iac, iac], exampleNow);
    assert.equal(matches.length, 1);
  });
});

describe("days of grace", () => {
  const late = examplePolicy({ id: "late", graceDays: 7, actions: ["block"] });
  const decide = (daysOld: number, others: readonly ReturnType<typeof examplePolicy>[] = []) =>
    decidePolicies([late, ...others], examplePlace, [exampleSubject({ daysOld })], exampleNow);

  it("let a finding pass, and say until when", () => {
    const { outcome, matches } = decide(6.5);
    assert.equal(outcome, "passed");
    assert.deepEqual(matches[0]?.actions, [{ action: "record", policy: "late" }]);
    assert.equal(matches[0]?.graceUntil, "2026-03-02T00:00:00.000Z");
  });

  it("end", () => assert.equal(decide(7).outcome, "blocked"));

  it("of one policy are none of another", () => {
    const { outcome, decidedBy, matches } = decide(1, [examplePolicy({ id: "now" })]);
    assert.deepEqual([outcome, decidedBy, matches[0]?.graceUntil], ["blocked", ["now"], undefined]);
  });

  it("hold back the block alone", () => {
    const { matches } = decide(1, [examplePolicy({ id: "tells", graceDays: 9, actions: ["block", "comment"] })]);
    assert.deepEqual(matches[0]?.actions, [{ action: "comment", policy: "tells" }]);
    assert.equal(matches[0]?.graceUntil, "2026-03-07T12:00:00.000Z", "the first end counts");
  });
});

it("a dry run over 1,000 pull requests takes well under a second", () => {
  const globs = ["src/**/*.ts", "infra/**", "!**/test/**", "deploy/*.yml"];
  const prepared = preparePolicies(
    Array.from({ length: 30 }, (_, at) =>
      examplePolicy({
        id: `p${at}`,
        when: [
          { severity: "high", path: [`team-${at}/**`, ...globs], rule: ["iac/azure-*", `secrets/kind-${at}-*`] },
          { scanner: ["secrets"], rule: [`*-${at}`], live: ["live"] },
        ],
        scope: { repositories: [`shop/*${at % 3}*`, "web"], projects: [], tags: [] },
      }),
    ),
  );
  const subjectsOf = (number: number) =>
    Array.from({ length: 50 }, (_, at) =>
      exampleSubject({
        rule: at % 2 === 0 ? "iac/azure-storage-allows-http" : `secrets/kind-${at}`,
        fingerprint: `${number}-${at}`,
        at: { path: `src/part-${number % 97}/file-${at}.ts`, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
      }),
    );
  const changes = Array.from({ length: 1000 }, (_, number) => subjectsOf(number));
  const blocked = takesAtMost(3, () =>
    changes.filter((subjects) => decidePrepared(prepared, examplePlace, subjects, exampleNow).outcome === "blocked"),
  );
  assert.equal(blocked.length, 1000);
});
