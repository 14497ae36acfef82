/** Findings about packages and runtimes against which something is known: one for each advisory, package and manifest. */
import type { Finding } from "#model/finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Judgement, PackageJudge } from "../package-judge.ts";
import { waysIn } from "../packages/ways-in.ts";
import { findMatches, type Match } from "./find-matches.ts";
import { findingAbout, type Judging } from "./finding-about.ts";
import { floatingRuntimes } from "./floating-runtimes.ts";
import { advisoryLookUp } from "./package-advisories.ts";
import { packageUpgrades } from "./package-upgrades.ts";

export const judgeVulnerabilities: PackageJudge = (manifests, context) => {
  const lookUp = advisoryLookUp(context.knowledge);
  const upgrades = packageUpgrades(context.knowledge);
  const judge = (manifest: Manifest): Judgement => {
    const { matches, problems } = findMatches(manifest, lookUp);
    const namesakes = namesakesOf(matches, manifest);
    const judging: Judging = { manifest, context, upgrades, wayTo: waysIn(manifest), namesakes };
    const findings = matches.map((match) => findingAbout(match, judging));
    return { findings: [...findings, ...floatingRuntimes(manifest, lookUp, context)], problems };
  };
  const judged = manifests.map(judge);
  // Of a project that is read twice, for itself and beside its lock file, what both say is said once.
  const findings = new Map<string, Finding>();
  for (const finding of judged.flatMap((one) => one.findings)) {
    if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
  }
  return {
    findings: [...findings.values()],
    problems: judged.flatMap(({ problems }) => problems),
  };
};

/** Gathered when they are first asked for, and only for names that matched: few of thousands. */
function namesakesOf(matches: readonly Match[], { packages }: Manifest): Judging["namesakes"] {
  let byName: ReadonlyMap<string, readonly PackageUse[]> | undefined;
  return (name) => {
    byName ??= gathered();
    return byName.get(name) ?? [];
  };
  function gathered() {
    const names = new Set(matches.flatMap(({ uses }) => uses.map(({ use }) => use.name)));
    return Map.groupBy(
      packages.filter((use) => names.has(use.name)),
      (use) => use.name,
    );
  }
}
