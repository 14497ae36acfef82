import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { type Severity, severities } from "#model/severity.ts";
import { type dueStates, urgencySignals } from "#model/urgency.ts";
import { parseUrgencySettings } from "./parse-urgency-settings.ts";
import { productionReader } from "./production-of.ts";
import { type Reading, readSignals, type UrgencySignals, type UrgencySubject } from "./read-signals.ts";
import { scoreUrgency } from "./score-urgency.ts";
import { defaultUrgencySettings, type UrgencySettings } from "./urgency-settings.ts";

/** Repeatable numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function someSettings(next: () => number): UrgencySettings {
  const each = (least: number, most: number) =>
    Object.fromEntries(urgencySignals.map((signal) => [signal, least + next() * (most - least)]));
  return {
    ...defaultUrgencySettings,
    weights: each(0, 100) as UrgencySettings["weights"],
    notKnown: each(0.01, 1) as UrgencySettings["notKnown"],
  };
}

describe("urgency", () => {
  test("any signals under any weights give 0 to 100, points that add up, and no worse signal lowers it", () => {
    const next = numbers(7);
    for (let round = 0; round < 3_000; round += 1) {
      const settings = someSettings(next);
      const signals: { [signal: string]: Reading } = {};
      for (const signal of urgencySignals) {
        if (next() < 0.2) continue;
        signals[signal] =
          next() < 0.3 ? { is: "missing", because: "" } : { is: "known", value: next() * 1.2 - 0.1, because: "" };
      }
      const { score, points } = scoreUrgency(signals as UrgencySignals, settings);
      assert.ok(score >= 0 && score <= 100 && Number.isInteger(score));
      assert.ok(Math.abs(points.reduce((sum, one) => sum + one.points, 0) - score) <= 0.75 || score === 100);
      for (const [signal, reading] of Object.entries(signals)) {
        if (reading.is === "missing") {
          const safe = { ...signals, [signal]: { is: "known", value: 0, because: "" } } as UrgencySignals;
          assert.ok(scoreUrgency(safe, settings).score <= score, `${signal}: not knowing is not safer than safe`);
          continue;
        }
        const worse = { ...signals, [signal]: { ...reading, value: reading.value + next() } } as UrgencySignals;
        assert.ok(scoreUrgency(worse, settings).score >= score, `${signal} lowers`);
      }
    }
  });

  const vulnerability = (severity: Severity, change: Partial<Finding["advisory"]> = {}): Finding => ({
    ...{ rule: "vulnerabilities/known", aliases: [], severity, message: "", fingerprint: "f" },
    at: { path: "package-lock.json", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    advisory: {
      ...{ id: "GHSA-1", aliases: ["CVE-2026-1"], title: "", weaknesses: [], references: [], fixedIn: [], source: "" },
      ...change,
    },
  });
  const secret = (change: Partial<Finding> = {}): Finding => {
    const { advisory: _none, ...plain } = vulnerability("high");
    return { ...plain, rule: "secrets/token", ...change };
  };
  const scoreOf = (finding: Finding, change: Partial<UrgencySubject> = {}) =>
    scoreUrgency(
      readSignals({ finding, onlyInHistory: false, ageDays: 1, due: "on-track", production: undefined, ...change }),
      defaultUrgencySettings,
    );

  test("each datum moves it as it should", () => {
    const rising = (...scores: readonly number[]) =>
      assert.deepEqual(
        scores,
        [...new Set(scores)].sort((a, b) => a - b),
      );
    rising(...[...severities].reverse().map((severity) => scoreOf(vulnerability(severity)).score));
    const likelihood = (percentile: number) => ({ probability: percentile / 2, percentile, asOf: "2026-01-01" });
    const exploited = { added: "2026-01-01", inRansomware: false };
    rising(
      scoreOf(vulnerability("high", { likelihood: likelihood(0.1) })).score,
      scoreOf(vulnerability("high", { likelihood: likelihood(0.9) })).score,
      scoreOf(vulnerability("high", { likelihood: likelihood(0.9), exploited })).score,
    );
    const live = (verdict: "live" | "not-live") => secret({ live: { verdict, reason: "", at: "" } });
    rising(scoreOf(live("not-live")).score, scoreOf(secret()).score, scoreOf(live("live")).score);
    rising(scoreOf(secret(), { onlyInHistory: true }).score, scoreOf(secret()).score);
    const dues = ["on-track", "approaching", "overdue"] as const satisfies readonly (typeof dueStates)[number][];
    rising(...dues.map((due) => scoreOf(secret(), { due }).score));
    rising(...[1, 40, 400].map((ageDays) => scoreOf(secret(), { ageDays }).score));
    rising(
      ...[false, undefined, true].map(
        (is) => scoreOf(secret(), { production: is === undefined ? is : { is, because: "" } }).score,
      ),
    );
  });

  test("what is missing says so and has points; what has nothing to do with it is not there", () => {
    const { points } = scoreOf(secret());
    assert.deepEqual(
      points.flatMap(({ signal, isMissing }) => (isMissing ? [signal] : [])),
      ["secret-live", "production", "attack-path"],
    );
    assert.ok(points.every((point) => !point.isMissing || point.points > 0));
    assert.ok(!points.some(({ signal }) => signal === "known-exploited" || signal === "exposure"));
  });

  test("a severity that people changed counts, whatever CVSS says", () => {
    const cvss = { score: 9.8, vector: "" };
    assert.match(scoreOf(vulnerability("critical", { cvss })).points[0]!.because, /CVSS 9\.8/);
    assert.equal(scoreOf(vulnerability("low", { cvss })).points[0]!.because, "low");
  });

  test("production is what people call so, and what nobody names is not known", () => {
    const parsed = parseUrgencySettings(
      "production:\n  - repositories: Shop/*\n    branches: [main, release/*]\n  - tags: [live]\nnotProduction:\n  - repositories: ['**/sandbox*', Shop/*]\n",
    );
    assert(parsed.is === "settings");
    const read = productionReader(parsed.settings);
    const of = (repository: string, branch: string, tags: readonly string[] = []) =>
      read({ repository, branch, tags, pipelines: [] })?.is;
    assert.deepEqual(
      [of("Shop/web", "release/1"), of("Shop/web", "topic"), of("Lab/sandbox-1", "main"), of("Lab/x", "main")],
      [true, false, false, undefined],
    );
    assert.equal(of("Lab/sandbox-1", "main", ["live"]), true);
  });

  for (const [text, line, said] of [
    ["weights:\n  severity: 40\n  sevrity: 1", 3, /unknown word "sevrity"/],
    ["weights:\n  age: 101", 2, /age must be a number from 0 to 100/],
    ["notKnown:\n  exposure: 0", 2, /exposure must be a number from 0.01 to 1/],
    ["production:\n  - {}", 2, /needs one of repositories/],
    ["production: main", 1, /must be a list/],
    [`weights: {${urgencySignals.map((signal) => `${signal}: 0`).join(", ")}}`, 1, /at least one weight/],
    ["weights: [", 1, /./],
  ] as const) {
    test(`settings with a mistake name its line: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const parsed = parseUrgencySettings(text);
      assert(parsed.is === "mistakes");
      assert.equal(parsed.mistakes[0]?.line, line);
      assert.match(parsed.mistakes[0]?.message ?? "", said);
    });
  }
});
