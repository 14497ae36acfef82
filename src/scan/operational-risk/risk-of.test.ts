import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageFacts } from "#model/package-facts.ts";
import { use } from "../packages/testing/written-packages.ts";
import { defaultRiskSettings } from "./default-risk-settings.ts";
import { riskOf } from "./risk-of.ts";
import { factsOf, today } from "./testing/judge-risk-of.ts";
import { versionInUse } from "./used-packages.ts";

function risk(facts: PackageFacts, version: string, isVulnerable = false) {
  const used = versionInUse(use(`${facts.name}@${version}`, { ecosystem: facts.ecosystem }), facts);
  const settings = defaultRiskSettings;
  return riskOf({ facts, used, settings, today, isVulnerable });
}

const points = (found: ReturnType<typeof risk>) =>
  Object.fromEntries(found.factors.map((factor) => [factor.name, factor.points]));

test("the age of the last release: 12, 24, 36, 60 months, linear between", () => {
  for (const [published, expected] of [
    ["2025-06-01", 0],
    ["2025-01-31", 0],
    ["2024-07-31", 8],
    ["2024-01-30", 15],
    ["2023-01-29", 30],
    ["2020-12-31", 40],
    ["2001-01-01", 40],
  ] as const) {
    assert.equal(points(risk(factsOf("a", [`1.0.0 ${published}`]), "1.0.0"))["release-age"], expected, published);
  }
});

test("maintenance counts 60 at most, and the points of all factors are the score", () => {
  const facts = factsOf("a", ["1.0.0 2015-01-01", "2.0.0 2019-01-01", "3.0.0 2019-02-01"], {
    repository: "",
    maintainers: { count: 1, changed: "2026-01-01" },
    downloads: { count: 3, unit: "week", percentile: 0.4 },
  });
  const found = risk(facts, "1.0.0");
  assert.deepEqual(points(found), {
    "release-age": 40,
    "no-recent-release": 10,
    "single-maintainer": 5,
    "maintainer-change": 5,
    "no-repository": 5,
    "majors-behind": 15,
    "versions-behind": 0,
    popularity: 15,
    "maintenance-limit": -5,
  });
  assert.deepEqual([found.score, found.level, found.confidence], [90, "high", 1]);
  for (const { asOf, source } of found.factors) assert.deepEqual([asOf, source], ["2026-01-30", "a.example"]);
});

test("currency: majors, versions and months behind within the major", () => {
  const minors = Array.from({ length: 12 }, (_, at) => `1.${at + 1}.0 2025-01-01`);
  const many = points(risk(factsOf("a", ["1.0.0 2025-01-01", ...minors, "2.0.0 2025-06-01"]), "1.0.0"));
  assert.deepEqual([many["majors-behind"], many["versions-behind"]], [8, 10]);
  const old = points(risk(factsOf("a", ["1.0.0 2024-01-01", "1.0.1 2025-01-01"]), "1.0.0"));
  assert.deepEqual([old["majors-behind"], old["versions-behind"]], [0, 6]);
  const years = points(risk(factsOf("a", ["2023.1.0 2024-12-01", "2025.1.0 2025-12-01"]), "2023.1.0"));
  assert.deepEqual([years["majors-behind"], years["versions-behind"]], [undefined, 6]);
});

test("what is unknown adds nothing and lowers the confidence; below one half there is no level", () => {
  const found = risk(factsOf("a", ["1.0.0", "2.0.0"]), "1.0.0");
  assert.deepEqual([found.score, found.level, found.confidence], [8, "unknown", 0.24]);
  assert.equal(risk(factsOf("a", ["1.0.0 2025-12-01"], { isPrivate: true }), "1.0.0").level, "low");
});

test("finished and stable: few releases, known to everybody, nothing known against it", () => {
  const facts = factsOf("inherits", ["1.0.0 2015-01-01"]);
  assert.equal(risk(facts, "1.0.0").score, 15);
  assert.equal(risk(facts, "1.0.0", true).score, 50);
  assert.equal(risk({ ...facts, name: "a" }, "1.0.0").score, 50);
});

test("a gate alone makes it high, whatever is not known", () => {
  const found = risk({ ...factsOf("a", []), abandoned: { reason: "", replacement: "b" } }, "1.0.0");
  assert.deepEqual([found.score, found.level], [55, "high"]);
  assert.equal(found.factors.find(({ isGate }) => isGate)?.datum, "it is deprecated; its authors name b");
});
