import assert from "node:assert/strict";
import { test } from "node:test";
import { advisory, judged, manifestOf, use } from "./testing/judge-packages-of.ts";

const pollution = advisory("GHSA-p6mc-m468-83gw", ["0", "4.17.19"], { aliases: ["CVE-2020-8203"] });

test("a finding names package, problem and the way out", () => {
  const { findings, problems } = judged(manifestOf([use("lodash@4.17.15")]), { advisories: { lodash: [pollution] } });
  assert.deepEqual(problems, []);
  const [finding] = findings;
  assert.equal(finding?.message, "lodash 4.17.15 is vulnerable: Prototype pollution (CVE-2020-8203)");
  assert.equal(finding.rule, "vulnerabilities/vulnerable-package");
  assert.deepEqual(finding.upgrade, {
    name: "lodash",
    from: "4.17.15",
    to: "4.17.19",
    crossesMajor: false,
    isCertain: true,
    by: "raise",
  });
});
