import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { manifestOf, sampleSubject } from "./testing/sample-manifests.ts";
import { cyclonedxMistakes } from "./testing/validate-cyclonedx.ts";
import { toCyclonedx } from "./to-cyclonedx.ts";
import { toVex } from "./to-vex.ts";
import type { TriageDecision } from "./triage-decision.ts";

const manifests = [
  manifestOf("lock", [
    { name: "a", version: "1.0.0" },
    { name: "b", version: "2.0.0" },
  ]),
];

function finding(name: string, over: Partial<Finding> = {}): Finding {
  const version = "1.0.0";
  return {
    rule: "vulnerabilities/vulnerable-package",
    aliases: [],
    severity: "high",
    message: `${name} is vulnerable`,
    at: { path: "lock", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    fingerprint: name,
    package: {
      ...{ ecosystem: "npm", purl: `pkg:npm/${name}@${version}`, name, version },
      ...{ manifest: "lock", relation: "direct", isDevelopment: false },
    },
    advisory: {
      id: "GHSA-aaaa-bbbb-cccc",
      aliases: ["CVE-2026-1"],
      title: "Something\u0000 bad",
      published: "2026-01-01",
      cvss: { score: 7.5, vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" },
      exploited: { added: "2026-02-01", inRansomware: false },
      weaknesses: ["CWE-79", "CWE-x"],
      references: ["https://advisories.example/1?a=b#c", "javascript:alert(1)", "https://a.example/ b"],
      fixedIn: ["1.0.1"],
      source: "GitHub",
    },
    ...over,
  };
}

interface Vulnerability {
  readonly analysis: Readonly<Record<string, unknown>>;
  readonly affects: readonly { readonly ref: string; readonly versions?: readonly object[] }[];
}

interface Document {
  readonly serialNumber: string;
  readonly components?: readonly object[];
  readonly vulnerabilities: readonly (Vulnerability & Readonly<Record<string, unknown>>)[];
}

const vexOf = (decision: TriageDecision, about = finding("a")) =>
  JSON.parse(
    toVex(manifests, sampleSubject, { statements: [{ finding: about, decision }], now: "2026-03-06T00:00:00Z" }),
  ) as Document;

const dismissed = (reason: Extract<TriageDecision, { is: "dismissed" }>["reason"]) =>
  ({ is: "dismissed", reason }) as const;

const states: readonly (readonly [string, TriageDecision, string])[] = [
  ["open", { is: "open" }, '{"state":"in_triage"}'],
  ["fixed", { is: "fixed", at: "2026-01-02" }, '{"state":"resolved","lastUpdated":"2026-01-02T00:00:00Z"}'],
  ["a false positive", dismissed("false-positive"), '{"state":"false_positive"}'],
  ["used in tests", dismissed("used-in-tests"), '{"state":"not_affected","justification":"code_not_reachable"}'],
  ["accepted", dismissed("accepted-risk"), '{"state":"exploitable","response":["will_not_fix"]}'],
  ["for later", dismissed("will-fix-later"), '{"state":"exploitable","response":["update"]}'],
  [
    "justified",
    { ...dismissed("false-positive"), justification: "protected_at_perimeter", comment: "behind\u001b the gate" },
    '{"state":"not_affected","justification":"protected_at_perimeter","detail":"behind\ufffd the gate"}',
  ],
  ["no longer dismissed", { ...dismissed("accepted-risk"), until: "2026-03-05" }, '{"state":"in_triage"}'],
];

for (const [what, decision, analysis] of states) {
  test(`a decision in the words of CycloneDX: ${what}`, () => {
    const document = vexOf(decision);
    assert.deepEqual(cyclonedxMistakes(document), []);
    assert.equal(JSON.stringify(document.vulnerabilities[0]?.analysis), analysis);
  });
}

test("that nothing imports a package is no decision", () => {
  const unused = finding("a", { reachability: { is: "not-imported" } });
  assert.deepEqual(vexOf({ is: "open" }, unused).vulnerabilities[0]?.analysis, { state: "in_triage" });
});

test("what is not affected in one file is not said to be so where it is open in another", () => {
  const both = ["lock", "other"].map((path) => manifestOf(path, [{ name: "a", version: "1.0.0" }]));
  const elsewhere = finding("a", { fingerprint: "b" });
  const open = { ...elsewhere, package: { ...elsewhere.package!, manifest: "other" } };
  const statements = [
    { finding: finding("a"), decision: dismissed("false-positive") },
    { finding: open, decision: { is: "open" } },
  ] as const;
  const { vulnerabilities } = JSON.parse(
    toVex(both, sampleSubject, { statements, now: "2026-03-06T00:00:00Z" }),
  ) as Document;
  assert.deepEqual(
    vulnerabilities.map(({ analysis, affects }) => [analysis.state, affects.length]),
    [["in_triage", 1]],
  );
});

test("statements link to the bill that is written of the same manifests", () => {
  const bill = JSON.parse(toCyclonedx(manifests, sampleSubject)) as Document;
  const { vulnerabilities, components } = vexOf({ is: "open" });
  const serial = bill.serialNumber.replace("urn:uuid:", "");
  assert.equal(components, undefined);
  assert.deepEqual(vulnerabilities[0]?.affects, [
    {
      ref: `urn:cdx:${serial}/1#pkg%3Anpm%2Fa%401.0.0`,
      versions: [{ version: "1.0.0", status: "affected" }],
    },
  ]);
});

test("what is known stands in the entry, and only addresses that are some", () => {
  const { analysis, affects, ...entry } = vexOf({ is: "open" }).vulnerabilities[0]!;
  assert.deepEqual(entry, {
    "bom-ref": "vulnerability GHSA-aaaa-bbbb-cccc",
    id: "GHSA-aaaa-bbbb-cccc",
    source: { name: "GitHub" },
    references: [{ id: "CVE-2026-1", source: { name: "CVE" } }],
    ratings: [
      { score: 7.5, severity: "high", method: "CVSSv31", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" },
    ],
    cwes: [79],
    description: "Something\ufffd bad",
    recommendation: "Fixed in 1.0.1.",
    advisories: [{ url: "https://advisories.example/1?a=b#c" }],
    published: "2026-01-01T00:00:00Z",
    properties: [{ name: "sallyport:knownExploitedSince", value: "2026-02-01" }],
  });
  assert.ok(analysis && affects);
});

test("within a bill: one entry for each decision, and what was fixed is said of the version that is there", () => {
  const statements = [
    { finding: finding("b"), decision: { is: "fixed" } },
    { finding: finding("a"), decision: { is: "open" } },
    { finding: finding("gone"), decision: { is: "open" } },
  ] as const;
  const text = toCyclonedx(manifests, sampleSubject, statements);
  assert.equal(toCyclonedx(manifests, sampleSubject, statements.toReversed()), text);
  const document = JSON.parse(text) as Document;
  assert.deepEqual(cyclonedxMistakes(document), []);
  assert.deepEqual(
    document.vulnerabilities.map(({ affects }) => affects),
    [
      [{ ref: "pkg:npm/a@1.0.0", versions: [{ version: "1.0.0", status: "affected" }] }],
      [
        {
          ref: "pkg:npm/b@2.0.0",
          versions: [
            { version: "1.0.0", status: "affected" },
            { version: "2.0.0", status: "unaffected" },
          ],
        },
      ],
    ],
  );
});
