/**
 * What stolen packages show: a release of some days, a script at installation that was not there before, another publisher,
 * lost provenance. Each is only a sign; none of them goes into the score.
 */
import type { PackageFacts, VersionFacts } from "#model/package-facts.ts";
import type { JudgeContext } from "../package-judge.ts";
import { compareVersions, isPrerelease } from "../packages/versions.ts";
import { dateOf, daysBetween } from "./dates.ts";
import type { Found } from "./finding-about.ts";
import { foreignWords } from "./foreign-words.ts";
import { newInstallScript, youngRelease } from "./rules.ts";
import type { UsedPackage, UsedVersion } from "./used-packages.ts";

/** Malicious releases are mostly found and taken away before. */
const youngDays = 14;
const most = 5_000;

export function releaseSigns({ uses }: UsedPackage, facts: PackageFacts, { today }: JudgeContext): readonly Found[] {
  const scripted = uses.filter((use) => hasNewScript(use, facts));
  const young = uses.filter((use) => isYoung(use, facts, today));
  return [...scriptFound(scripted, facts), ...youngFound(young, facts, today)];
}

/** A package that nobody knows yet matters wherever it comes from; a new release of an old one where somebody has chosen it. */
function isYoung({ use, facts: version }: UsedVersion, facts: PackageFacts, today: string): boolean {
  if (!isWithin(version?.published, today)) return false;
  return use.relation === "direct" || isWithin(firstPublished(facts), today);
}

function isWithin(published: string | undefined, today: string): boolean {
  return (daysBetween(published, today) ?? youngDays) < youngDays;
}

/** Undefined unless all dates are known: the first may be one of the others. */
function firstPublished({ versions }: PackageFacts): string | undefined {
  const dates = versions.flatMap(({ published }) => published ?? []);
  return dates.length < versions.length ? undefined : dates.reduce((a, b) => (a < b ? a : b), dates[0] ?? "");
}

function youngFound([main, ...others]: readonly UsedVersion[], facts: PackageFacts, today: string): readonly Found[] {
  const published = main?.facts?.published;
  if (!main || published === undefined) return [];
  const isNewPackage = isWithin(firstPublished(facts), today);
  const what = isNewPackage ? "is of a package that appeared" : "was published";
  const date = dateOf((isNewPackage ? firstPublished(facts) : undefined) ?? published);
  const days = daysBetween(date, today);
  const ago = days === 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`;
  return [
    {
      rule: youngRelease,
      severity: isNewPackage ? "medium" : "low",
      says: `${what} only ${ago} (${date})`,
      uses: [main, ...others],
      ...signalsOf(main, facts),
    },
  ];
}

function hasNewScript({ facts: version }: UsedVersion, facts: PackageFacts): boolean {
  return version?.runsInstallScript === true && before(version, facts)?.runsInstallScript === false;
}

function scriptFound([main, ...others]: readonly UsedVersion[], facts: PackageFacts): readonly Found[] {
  const earlier = main?.facts && before(main.facts, facts);
  if (!main || !earlier) return [];
  const says = `runs a script when it is installed, which ${earlier.version} did not`;
  return [{ rule: newInstallScript, severity: "medium", says, uses: [main, ...others], ...signalsOf(main, facts) }];
}

/** The release before it, in the order of versions; one that is not there any more shows nothing. */
function before({ version }: VersionFacts, { ecosystem, versions }: PackageFacts): VersionFacts | undefined {
  let found: VersionFacts | undefined;
  for (const one of versions.slice(0, most)) {
    if (one.withdrawn !== undefined || isPrerelease(ecosystem, one.version)) continue;
    if (compareVersions(ecosystem, one.version, version) >= 0) continue;
    if (!found || compareVersions(ecosystem, one.version, found.version) > 0) found = one;
  }
  return found;
}

function signalsOf({ facts: version }: UsedVersion, facts: PackageFacts): Pick<Found, "signals"> {
  const earlier = version && before(version, facts);
  if (!earlier) return {};
  const signals: string[] = [];
  if (earlier.hasProvenance === true && version.hasProvenance === false)
    signals.push(`no provenance, which ${earlier.version} has`);
  const [was, is] = [earlier.publisher, version.publisher];
  if (was !== undefined && is !== undefined && was !== is)
    signals.push(`published by ${foreignWords(is)}, ${earlier.version} by ${foreignWords(was)}`);
  return signals.length > 0 ? { signals } : {};
}
