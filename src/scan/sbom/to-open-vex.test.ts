import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { sampleSubject } from "./testing/sample-manifests.ts";
import { toOpenVex } from "./to-open-vex.ts";
import type { TriageDecision } from "./triage-decision.ts";

const finding = (name: string): Finding => ({
  ...{ rule: "vulnerabilities/vulnerable-package", aliases: [], severity: "high", message: "m", fingerprint: name },
  at: { path: "lock", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  package: {
    ...{ ecosystem: "npm", purl: `pkg:npm/${name}@1.0.0`, name, version: "1.0.0" },
    ...{ manifest: "lock", relation: "direct", isDevelopment: false },
  },
  advisory: {
    ...{ id: "GHSA-1", aliases: ["CVE-1"], title: "t", weaknesses: [], references: [], fixedIn: ["2"], source: "s" },
  },
});

const dismissed = (given: Omit<Extract<TriageDecision, { is: "dismissed" }>, "is">): TriageDecision => ({
  is: "dismissed",
  ...given,
});

const statements: readonly (readonly [string, TriageDecision, object])[] = [
  ["open", { is: "open" }, { status: "under_investigation" }],
  ["fixed", { is: "fixed", at: "2026-01-02" }, { status: "fixed", timestamp: "2026-01-02T00:00:00Z" }],
  [
    "a false positive, which needs words where there is no justification",
    dismissed({ reason: "false-positive" }),
    { status: "not_affected", impact_statement: "Judged to be a false positive." },
  ],
  [
    "justified",
    dismissed({ reason: "accepted-risk", justification: "protected_at_perimeter", comment: "behind\u001b the gate" }),
    {
      status: "not_affected",
      justification: "inline_mitigations_already_exist",
      impact_statement: "behind\ufffd the gate",
    },
  ],
  [
    "accepted, which needs an action",
    dismissed({ reason: "accepted-risk" }),
    { status: "affected", action_statement: "The risk is accepted." },
  ],
  [
    "no longer dismissed",
    dismissed({ reason: "used-in-tests", until: "2020-01-01" }),
    { status: "under_investigation" },
  ],
];

for (const [what, decision, expected] of statements) {
  test(`a decision in the words of OpenVEX: ${what}`, () => {
    const document = JSON.parse(toOpenVex(sampleSubject, [{ finding: finding("a"), decision }]));
    assert.equal(document["@context"], "https://openvex.dev/ns/v0.2.0");
    assert.match(document["@id"], /^urn:uuid:(?!0{8})/);
    const [{ vulnerability, products, ...rest }] = document.statements;
    assert.deepEqual(rest, expected);
    assert.deepEqual(vulnerability, { name: "GHSA-1", aliases: ["CVE-1"] });
    assert.deepEqual(products[0].subcomponents, [{ "@id": "pkg:npm/a@1.0.0" }]);
  });
}

test("a package that is open in one file has no better word from another", () => {
  const decisions: readonly TriageDecision[] = [
    dismissed({ reason: "false-positive", at: "2026-03-05" }),
    { is: "open" },
    { is: "fixed" },
  ];
  const said = decisions.map((decision) => ({ finding: finding("a"), decision }));
  const { statements } = JSON.parse(toOpenVex(sampleSubject, [...said, ...said.toReversed()]));
  assert.deepEqual(
    statements.map(({ status }: { status: string }) => status),
    ["under_investigation"],
  );
});

test("one decision about several packages is one statement, and the same input gives the same bytes", () => {
  const all = [finding("b"), finding("a")].map((one) => ({ finding: one, decision: { is: "open" } as const }));
  const text = toOpenVex(sampleSubject, all);
  assert.equal(toOpenVex(sampleSubject, all.toReversed()), text);
  assert.equal(JSON.parse(text).statements.length, 1);
});
