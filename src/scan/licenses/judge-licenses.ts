/** Findings about licences that the policy does not simply allow: one for each package and manifest; unknown ones together. */
import type { Finding } from "#model/finding.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { RuleId } from "#model/rule.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Severity } from "#model/severity.ts";
import type { PackageJudge } from "../package-judge.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { referenceWithWay } from "../packages/package-reference.ts";
import { purlOf } from "../packages/purl.ts";
import { type WayTo, waysIn } from "../packages/ways-in.ts";
import type { LicenseRule } from "../settings/package-settings.ts";
import { type DeclaredLicense, declaredLicense } from "./declared-license.ts";
import { expressionJudge, type LicenseJudgement } from "./judge-expression.ts";
import { writeExpression } from "./license-expression.ts";
import { deniedLicense, licenseToReview, unknownLicense } from "./rules.ts";

interface JudgedUse {
  readonly use: PackageUse;
  readonly position: number;
  readonly declared: DeclaredLicense;
  readonly judgement: LicenseJudgement;
}

export const judgeLicenses: PackageJudge = (manifests, { knowledge, settings, today }) => {
  const judge = expressionJudge(settings.licenses, today);
  const judged = manifests.map((manifest) => ({
    manifest,
    uses: manifest.packages.flatMap((use, position): readonly JudgedUse[] => {
      if (!isJudged(use)) return [];
      const declared = declaredLicense(use, knowledge);
      if (declared.from === "none" && hasNoLicenseWord.has(use.ecosystem)) return [];
      const { name, isDevelopment, relation } = use;
      const judgement = judge(declared.expression, { name, isDevelopment, isDirect: relation === "direct" });
      return judgement.action === "allow" ? [] : [{ use, position, declared, judgement }];
    }),
  }));
  // Where nothing is known of any package, nobody has looked yet: that says something about us, not about them.
  const hasLooked = manifests.some(({ packages: all }) => someFacts(all, knowledge));
  return {
    findings: judged.flatMap(({ manifest, uses }) => findingsIn(manifest, uses, hasLooked)),
    problems: hasLooked ? [] : judged.flatMap(({ manifest, uses }) => notLookedUp(manifest, uses)),
  };
};

const mostAsked = 500;

function someFacts(uses: readonly PackageUse[], knowledge: PackageKnowledge): boolean {
  return uses
    .slice(0, mostAsked)
    .some(({ ecosystem, name }) => knowledge.factsOf(ecosystem, packageKey(ecosystem, name)) !== undefined);
}

function isJudged({ relation, source, providedBy, ecosystem }: PackageUse): boolean {
  const isOwn = relation === "root" || relation === "workspace" || (source?.is === "path" && ecosystem !== "Generic");
  return !isOwn && providedBy === undefined && ecosystem !== ".NET";
}

/** What runs the build or carries the program, and has no licence in any list that is read. */
const hasNoLicenseWord: ReadonlySet<string> = new Set(["GitHub Actions", "Azure Pipelines", "Docker"]);

function notLookedUp({ path }: Manifest, uses: readonly JudgedUse[]): readonly Problem[] {
  const without = uses.filter(({ declared }) => declared.from === "none").length;
  if (without === 0) return [];
  const message = `The file does not say under which licence ${packages(without)} ${without === 1 ? "is" : "are"}, and nothing is known about any package yet. What the file says itself was judged; fetch package facts for the rest.`;
  return [{ scanner: "licenses", code: "no-facts", message, path, isNotice: true }];
}

function findingsIn(manifest: Manifest, uses: readonly JudgedUse[], hasLooked: boolean): readonly Finding[] {
  const wayTo = waysIn(manifest);
  const known = uses.filter(({ judgement }) => judgement.category !== "unknown");
  const worded = uses.filter(({ judgement, declared }) => judgement.category === "unknown" && declared.from !== "none");
  const silent = hasLooked ? uses.filter(({ declared }) => declared.from === "none") : [];
  const groups = Map.groupBy(known, ({ use, judgement, declared }) =>
    [ruleOf(judgement), packageKey(use.ecosystem, use.name), writtenIn(declared)].join("\n"),
  );
  return [
    ...[...groups.values()].map((group) => findingAbout(manifest, group, wayTo)),
    ...findingOfMany(manifest, worded, "words"),
    ...findingOfMany(manifest, silent, "none"),
  ];
}

function ruleOf({ action }: LicenseJudgement): RuleId {
  return action === "deny" ? deniedLicense : licenseToReview;
}

function writtenIn({ expression }: DeclaredLicense): string {
  return expression === undefined ? "" : writeExpression(expression);
}

function findingAbout(manifest: Manifest, group: readonly JudgedUse[], wayTo: WayTo): Finding {
  const main = mainUse(group);
  const { use, declared, judgement } = main;
  const rule = ruleOf(judgement);
  const expression = writtenIn(declared);
  const { ecosystem, name } = use;
  const key = purlOf({ ecosystem, name: packageKey(ecosystem, name) });
  const decides = judgement.action === "deny" ? "the policy denies it" : "the policy asks for a review";
  const part = judgement.decidedBy === undefined ? "" : `, of which ${judgement.decidedBy} decides`;
  return {
    rule,
    aliases: [],
    severity: judgement.rule?.severity ?? (judgement.action === "deny" ? "high" : "medium"),
    message: `${named(use)} is under ${expression}${part} (${words(judgement.category)}): ${decides}`,
    at: use.at,
    fingerprint: fingerprintOf([rule, key, expression, manifest.path]),
    ...(judgement.rule?.reason !== undefined && { signals: [judgement.rule.reason] }),
    package: referenceWithWay(
      { manifest, wayTo },
      { ...main, version: use.version },
      group.every((one) => one.use.isDevelopment),
    ),
    license: {
      expression,
      from: declared.from,
      ...(judgement.decidedBy !== undefined && { decidedBy: judgement.decidedBy }),
      category: judgement.category,
      rule: wordsOfRule(judgement),
    },
  };
}

/** What is asked for by the project itself, and runs in production, is the one to show. */
function mainUse(group: readonly JudgedUse[]): JudgedUse {
  const rank = ({ use }: JudgedUse) => (use.relation === "direct" ? 0 : 2) + (use.isDevelopment ? 1 : 0);
  return group.toSorted((a, b) => rank(a) - rank(b))[0] as JudgedUse;
}

const mostNamed = 20;

/** Unknown licences come in hundreds: one finding for a manifest, by what was decided about them. */
function findingOfMany(manifest: Manifest, uses: readonly JudgedUse[], kind: "words" | "none"): readonly Finding[] {
  const groups = Map.groupBy(uses, ({ judgement }) => wordsOfRule(judgement));
  return [...groups].map(([decision, group]) => {
    const [first] = group as [JudgedUse, ...JudgedUse[]];
    const { judgement, declared } = first;
    const all = [...new Set(group.map(({ use, declared: own }) => saidBy(use, own)))];
    const shown = all.slice(0, mostNamed).join(", ");
    const more = all.length > mostNamed ? ` and ${all.length - mostNamed} more` : "";
    const head =
      kind === "none"
        ? `No licence is known for ${packages(all.length)}`
        : `The ${all.length === 1 ? "licence" : "licences"} of ${packages(all.length)} ${all.length === 1 ? "is" : "are"} on no list`;
    return {
      rule: unknownLicense,
      aliases: [],
      severity: severityOfUnknown(judgement),
      message: `${head}: ${shown}${more}`,
      at: first.use.at,
      fingerprint: fingerprintOf([unknownLicense, kind, decision, manifest.path]),
      license: {
        ...(all.length === 1 && declared.expression && { expression: writtenIn(declared) }),
        from: declared.from,
        category: "unknown",
        rule: decision,
      },
    };
  });
}

function severityOfUnknown({ action, rule }: LicenseJudgement): Severity {
  return rule?.severity ?? (action === "deny" ? "high" : "low");
}

function saidBy(use: PackageUse, declared: DeclaredLicense): string {
  return declared.expression === undefined ? named(use) : `${named(use)} (${writtenIn(declared)})`;
}

function named({ name, version }: PackageUse): string {
  return version === undefined ? name : `${name} ${version}`;
}

function packages(count: number): string {
  return count === 1 ? "one package" : `${count.toLocaleString("en")} packages`;
}

function words(category: string): string {
  return category.replaceAll("-", " ");
}

/** As the policy has it: `category strong-copyleft: deny`. */
function wordsOfRule({ action, rule }: LicenseJudgement): string {
  if (rule === undefined) return `otherwise: ${action}`;
  const parts = Object.entries(rule.match satisfies LicenseRule["match"]).map(([word, value]) => `${word} ${value}`);
  return `${parts.length === 0 ? "every package" : parts.join(", ")}: ${action}`;
}
