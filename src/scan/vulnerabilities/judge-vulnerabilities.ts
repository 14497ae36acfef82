/** Findings about packages and runtimes against which something is known: one for each advisory, package and manifest. */
import type { Manifest } from "#model/package-manifest.ts";
import type { Judgement, PackageJudge } from "../package-judge.ts";
import { findMatches } from "./find-matches.ts";
import { findingAbout, type Judging } from "./finding-about.ts";
import { advisoryLookUp } from "./package-advisories.ts";
import { packageUpgrades } from "./package-upgrades.ts";
import { waysTo } from "./ways-to.ts";

export const judgeVulnerabilities: PackageJudge = (manifests, context) => {
  const lookUp = advisoryLookUp(context.knowledge);
  const upgrades = packageUpgrades(context.knowledge);
  const judge = (manifest: Manifest): Judgement => {
    const { matches, problems } = findMatches(manifest, lookUp);
    const judging: Judging = { manifest, context, upgrades, wayTo: waysTo(manifest) };
    return { findings: matches.map((match) => findingAbout(match, judging)), problems };
  };
  const judged = manifests.map(judge);
  return {
    findings: judged.flatMap(({ findings }) => findings),
    problems: judged.flatMap(({ problems }) => problems),
  };
};
