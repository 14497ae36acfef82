/** Judges what a repository depends on, by what the world knows now. A judge that fails becomes a Problem, the others go on. */
import type { Finding } from "#model/finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import { isAsked } from "./is-asked.ts";
import type { JudgeContext, Judgement, PackageJudge } from "./package-judge.ts";
import type { packageJudges } from "./packages/package-judges.ts";

type JudgeName = (typeof packageJudges)[number];

const judges: Readonly<Record<JudgeName, () => Promise<PackageJudge>>> = {
  vulnerabilities: async () => (await import("./vulnerabilities/judge-vulnerabilities.ts")).judgeVulnerabilities,
  licenses: async () => (await import("./licenses/judge-licenses.ts")).judgeLicenses,
  "operational-risk": async () => (await import("./operational-risk/judge-operational-risk.ts")).judgeOperationalRisk,
};

export async function judgePackages(
  manifests: readonly Manifest[],
  context: JudgeContext,
  scanners?: readonly ScanPart[],
): Promise<Judgement> {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  if (manifests.length === 0) return { findings, problems };
  for (const [name, load] of Object.entries(judges) as [JudgeName, () => Promise<PackageJudge>][]) {
    if (!isAsked({ name }, scanners)) continue;
    try {
      const judgement = (await load())(manifests, context);
      findings.push(...judgement.findings);
      problems.push(...judgement.problems);
    } catch (error) {
      const word = error instanceof Error ? error.name : "unknown error";
      const message = `The packages could not be judged (${word}); what other scanners found is not affected.`;
      problems.push({ scanner: name, code: "failed", message });
    }
  }
  return { findings, problems };
}
