/**
 * Holds the packages of a manifest against what is known of them. What the repository itself holds is not matched, nor is
 * what never runs; a version that nobody knows is matched only where every version is affected.
 */
import type { Advisory, AffectedVersions } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { isVersionAffected, lowestOf } from "../packages/versions.ts";
import type { AdvisoryLookUp, KnownPackage } from "./package-advisories.ts";

/** One advisory and all versions of one package in the manifest that it means. */
export interface Match {
  readonly known: KnownPackage;
  readonly advisory: Advisory;
  readonly uses: readonly [MatchedUse, ...MatchedUse[]];
}

export interface MatchedUse {
  readonly position: number;
  readonly use: PackageUse;
  /** Absent if nothing tells it. */
  readonly version?: string;
  /** The version is only the lowest of those that are asked for. */
  readonly isLowerBound: boolean;
}

/** Nobody has more; more are only there to take time. */
const most = { versions: 500, matches: 10_000 };

export function findMatches(
  manifest: Manifest,
  lookUp: AdvisoryLookUp,
): { readonly matches: readonly Match[]; readonly problems: readonly Problem[] } {
  const uses = new Map<KnownPackage, [MatchedUse, ...MatchedUse[]]>();
  const { packages } = manifest;
  for (let position = 0; position < packages.length; position++) {
    const use = packages[position];
    if (!use) continue;
    for (const known of lookUp(use.ecosystem, use.name)) {
      if (!isJudged(use)) continue;
      const matched = { position, use, ...versionOf(use) };
      const others = uses.get(known);
      if (others) others.push(matched);
      else uses.set(known, [matched]);
    }
  }
  const problems: Problem[] = [];
  const matches: Match[] = [];
  for (const [known, all] of uses) {
    if (all.length > most.versions) problems.push(tooMany(manifest, `versions of ${all[0].use.name}`, most.versions));
    if (matches.length <= most.matches) matches.push(...matchesOf(known, all.slice(0, most.versions)));
  }
  if (matches.length > most.matches) problems.push(tooMany(manifest, "vulnerabilities", most.matches));
  return { matches: matches.slice(0, most.matches), problems };
}

function tooMany({ path }: Manifest, what: string, limit: number): Problem {
  const message = `There are more than ${limit} ${what} in this file; the first ${limit} were judged.`;
  return { scanner: "vulnerabilities", code: "too-large", message, path };
}

/** Runtimes without a version are judged for themselves. */
function isJudged({ ecosystem, relation, source, providedBy, version }: PackageUse): boolean {
  if (ecosystem === ".NET" && version === undefined) return false;
  return relation !== "root" && relation !== "workspace" && source?.is !== "path" && providedBy === undefined;
}

function versionOf({ ecosystem, version, requirement }: PackageUse): Pick<MatchedUse, "version" | "isLowerBound"> {
  if (version !== undefined) return { version, isLowerBound: false };
  const lowest = requirement === undefined ? undefined : lowestOf(ecosystem, requirement);
  // `>= 0` bounds nothing.
  return lowest === undefined || /^[0.]*$/.test(lowest)
    ? { isLowerBound: false }
    : { version: lowest, isLowerBound: true };
}

function matchesOf(known: KnownPackage, all: readonly MatchedUse[]): readonly Match[] {
  return known.advisories.flatMap((advisory) => {
    const [first, ...others] = all.filter((one) => isMeant(advisory, one));
    return first ? [{ known, advisory, uses: [first, ...others] as const }] : [];
  });
}

function isMeant({ affected, isMalicious }: Advisory, { use, version }: MatchedUse): boolean {
  // What is malicious in a registry is another thing than what a repository has under the same name.
  if (isMalicious && use.source) return false;
  return isVersionAffected(use.ecosystem, testedVersion(use, version), affected);
}

/** `v4` of an action moves with each release: it is affected as long as the newest of its line is. */
function testedVersion({ ecosystem }: PackageUse, version = ""): string {
  if (!isMovingTag(ecosystem, version)) return version;
  return [...version.split("."), newest, newest].slice(0, 3).join(".");
}

const newest = "999999999";

export function isMovingTag(ecosystem: Ecosystem, version: string): boolean {
  return ecosystem === "GitHub Actions" && /^v?\d+(?:\.\d+)?$/i.test(version);
}

/** The entries of the advisory that mean this version. */
export function affectedEntries({ affected }: Advisory, { use, version }: MatchedUse): readonly AffectedVersions[] {
  return affected.filter((entry) => isVersionAffected(use.ecosystem, testedVersion(use, version), [entry]));
}
