/**
 * The operational risk of one package in the version that is in use, 0 to 100: how well it is maintained, how far behind the
 * version is, how many rely on it. Every point has its datum; the points of all factors add up to the score. What is not
 * known adds nothing and lowers the confidence.
 */
import type { PackageFacts } from "#model/package-facts.ts";
import type { Risk, RiskFactor } from "#model/package-finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { RiskSettings, RiskWeight } from "../settings/package-settings.ts";
import { dateOf } from "./dates.ts";
import { gatesOf } from "./gates.ts";
import { isFamousName } from "./look-alikes/look-alike.ts";
import { isFinished, type Measured, measures } from "./measures.ts";
import type { UsedVersion } from "./used-packages.ts";

const mostPoints = { maintenance: 60, finished: 15, all: 100 };
const maintenance: readonly string[] = [
  "release-age",
  "no-recent-release",
  "single-maintainer",
  "maintainer-change",
  "no-repository",
] satisfies readonly RiskWeight[];

export interface RiskQuestion {
  readonly facts: PackageFacts;
  readonly used: Pick<UsedVersion, "version" | "facts">;
  readonly settings: RiskSettings;
  /** ISO date. */
  readonly today: string;
  /** Something is known against the version. */
  readonly isVulnerable: boolean;
}

export function riskOf({ facts, used, settings, today, isVulnerable }: RiskQuestion): Risk {
  const measured: Measured = {
    facts,
    version: used.version,
    published: used.facts?.published,
    today,
    isFamous: isFamousName(facts.ecosystem, packageKey(facts.ecosystem, facts.name)),
  };
  const from = { asOf: dateOf(facts.asOf), source: facts.source };
  const { factors, confidence } = weigh(measured, settings, from);
  const limit = isFinished(measured, isVulnerable)
    ? { name: "finished-and-stable", points: mostPoints.finished, datum: "few releases ever, used by nearly everybody" }
    : { name: "maintenance-limit", points: mostPoints.maintenance, datum: "maintenance counts no more than that" };
  const ofMaintenance = sumOf(factors.filter(({ name }) => maintenance.includes(name)));
  const above = ofMaintenance - limit.points;
  if (above > 0) factors.push({ name: limit.name, points: -above, datum: limit.datum, ...from });
  const gates = gatesOf(facts, used.facts).map(
    ({ name, datum }): RiskFactor => ({ name, points: settings.highFrom, datum: `it ${datum}`, ...from, isGate: true }),
  );
  const all = [...gates, ...factors];
  const over = sumOf(all) - mostPoints.all;
  if (over > 0) all.push({ name: "limit", points: -over, datum: "no score is higher", ...from });
  const score = sumOf(all);
  const level =
    gates.length > 0 ? "high" : confidence < settings.leastConfidence ? "unknown" : levelOf(score, settings);
  return { score, level, confidence, factors: all };
}

function weigh(
  measured: Measured,
  { weights }: RiskSettings,
  from: Pick<RiskFactor, "asOf" | "source">,
): { readonly factors: RiskFactor[]; readonly confidence: number } {
  const factors: RiskFactor[] = [];
  let [known, applicable] = [0, 0];
  for (const [name, measure] of Object.entries(measures) as [RiskWeight, (typeof measures)[RiskWeight]][]) {
    const weight = weights[name];
    const measurement = weight > 0 ? measure(measured) : undefined;
    if (!measurement || measurement.is === "not-applicable") continue;
    applicable += weight;
    if (measurement.is === "unknown") continue;
    known += weight;
    factors.push({ name, points: Math.round(weight * measurement.share), datum: measurement.datum, ...from });
  }
  return { factors, confidence: applicable === 0 ? 0 : Math.round((100 * known) / applicable) / 100 };
}

function sumOf(factors: readonly RiskFactor[]): number {
  return factors.reduce((sum, { points }) => sum + points, 0);
}

function levelOf(score: number, { mediumFrom, highFrom }: RiskSettings): "low" | "medium" | "high" {
  return score >= highFrom ? "high" : score >= mediumFrom ? "medium" : "low";
}
