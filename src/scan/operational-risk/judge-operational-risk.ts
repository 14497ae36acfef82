/**
 * Findings about packages that are a risk although nothing is known against them: given up, withdrawn, far behind, very young,
 * imitations of others.
 * What the project asks for itself is scored; of what that brings in, only what is high at once is said.
 */
import type { Finding } from "#model/finding.ts";
import type { PackageFacts } from "#model/package-facts.ts";
import type { Risk } from "#model/package-finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { RuleId } from "#model/rule.ts";
import type { JudgeContext, PackageJudge } from "../package-judge.ts";
import { isVersionAffected } from "../packages/versions.ts";
import { waysIn } from "../packages/ways-in.ts";
import { confusionIn } from "./dependency-confusion.ts";
import { type Found, findingAbout, type Place } from "./finding-about.ts";
import { gatesOf } from "./gates.ts";
import { releaseSigns } from "./release-signs.ts";
import { riskOf } from "./risk-of.ts";
import { archivedProject, highRiskPackage } from "./rules.ts";
import { shadowedIn } from "./shadowed-names.ts";
import { typosquatFound } from "./typosquats.ts";
import { unsupportedRuntimes } from "./unsupported-runtimes.ts";
import { type UsedPackage, type UsedVersion, usedPackages } from "./used-packages.ts";
import { wayOut } from "./way-out.ts";

export const judgeOperationalRisk: PackageJudge = (manifests, context) => {
  const confusionFound = confusionIn(manifests, context.knowledge);
  const shadowedFound = shadowedIn(manifests);
  const findings = manifests.flatMap((manifest): readonly Finding[] => {
    const place: Place = { manifest, wayTo: waysIn(manifest) };
    const packages = usedPackages(manifest, context.knowledge);
    return [
      ...packages.flatMap((one) => foundAbout(one, context).map((found) => findingAbout(one, found, place))),
      ...unsupportedRuntimes(manifest, context),
      ...confusionFound(manifest),
      ...shadowedFound(place),
    ];
  });
  return { findings, problems: [] };
};

/** Asked for what a finding is about only: it looks at every version. */
type Risks = (used: UsedVersion) => Risk;

function foundAbout(used: UsedPackage, context: JudgeContext): readonly Found[] {
  const { facts } = used;
  const typosquats = typosquatFound(used, context);
  if (!facts) return typosquats;
  const risks: Risks = (use) => riskOfUse(use, facts, context);
  const atOnce = gatesFound(used, facts, risks);
  const scored = atOnce.length > 0 ? [] : scoreFound(used, risks, context);
  return [...typosquats, ...atOnce, ...scored, ...releaseSigns(used, facts, context)];
}

function riskOfUse(used: UsedVersion, facts: PackageFacts, { knowledge, settings, today }: JudgeContext): Risk {
  const { ecosystem } = used.use;
  const { version } = used;
  const advisories = knowledge.advisoriesOf(ecosystem, packageKey(ecosystem, facts.name));
  const isVulnerable = advisories.some(({ affected }) => isVersionAffected(ecosystem, version ?? "", affected));
  return riskOf({
    facts,
    used,
    settings: settings.operationalRisk,
    today,
    isVulnerable,
  });
}

function gatesFound({ uses }: UsedPackage, facts: PackageFacts, risks: Risks): readonly Found[] {
  const byRule = new Map<RuleId, { readonly says: string; readonly uses: [UsedVersion, ...UsedVersion[]] }>();
  for (const use of uses) {
    for (const { rule, datum } of gatesOf(facts, use.facts)) {
      const same = byRule.get(rule);
      if (same) same.uses.push(use);
      else byRule.set(rule, { says: datum, uses: [use] });
    }
  }
  return [...byRule].map(([rule, found]): Found => {
    const [main] = found.uses;
    const upgrade = rule === archivedProject ? undefined : wayOut(facts, main);
    return { rule, severity: "medium", ...found, risk: risks(main), ...(upgrade && { upgrade }) };
  });
}

/** The reasons that a message has room for. */
const mostReasons = 3;

function scoreFound(
  { uses }: UsedPackage,
  risks: Risks,
  { settings: { operationalRisk } }: JudgeContext,
): readonly Found[] {
  const levels: readonly Risk["level"][] = operationalRisk.report === "high" ? ["high"] : ["high", "medium"];
  const [worst, ...others] = uses
    .filter(({ use }) => use.relation === "direct")
    .map((used) => ({ used, risk: risks(used) }))
    .filter(({ risk }) => levels.includes(risk.level))
    .toSorted((a, b) => b.risk.score - a.risk.score);
  if (!worst) return [];
  const { risk } = worst;
  const reasons = risk.factors
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, mostReasons)
    .map(({ datum }) => datum);
  const says = `has a ${risk.level} operational risk (${risk.score} of 100): ${reasons.join(", ")}`;
  const severity = risk.level === "high" ? "medium" : "low";
  return [{ rule: highRiskPackage, severity, says, uses: [worst.used, ...others.map(({ used }) => used)], risk }];
}
