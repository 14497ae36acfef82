/**
 * The packages of a manifest that registries can tell something about, each once with all versions that are in use. What the
 * repository itself holds, what never runs and what comes from elsewhere is left out: a registry's word is not about it.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageFacts, PackageKnowledge, VersionFacts } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { compareVersions, isPrerelease, lowestOf, satisfies } from "../packages/versions.ts";

export interface UsedPackage {
  readonly ecosystem: Ecosystem;
  readonly key: string;
  readonly facts?: PackageFacts;
  /** What the project asks for itself first, then what runs in production. */
  readonly uses: readonly [UsedVersion, ...UsedVersion[]];
}

export interface UsedVersion {
  readonly position: number;
  readonly use: PackageUse;
  readonly version?: string;
  readonly facts?: VersionFacts;
  /** Not written in a lock file, but what a package manager takes for what is asked for. */
  readonly isGuessed: boolean;
}

/** Nobody has more; more are only there to take time. */
const most = { uses: 100, versions: 5_000, requirement: 200 };

export function usedPackages({ packages }: Manifest, knowledge: PackageKnowledge): readonly UsedPackage[] {
  const found: Found[] = [];
  const byEcosystem = new Map<Ecosystem, Map<string, Found>>();
  for (let position = 0; position < packages.length; position++) {
    const use = packages[position];
    if (!use || !isFromRegistry(use)) continue;
    const { ecosystem } = use;
    const key = packageKey(ecosystem, use.name);
    const byKey = byEcosystem.get(ecosystem) ?? new Map<string, Found>();
    if (byKey.size === 0) byEcosystem.set(ecosystem, byKey);
    const known = byKey.get(key);
    const isDirect = use.relation === "direct";
    if (!known) {
      const one = { ecosystem, key, facts: knowledge.factsOf(ecosystem, key), positions: [position], isDirect };
      byKey.set(key, one);
      found.push(one);
      continue;
    }
    known.isDirect ||= isDirect;
    if (known.positions.length < most.uses) known.positions.push(position);
  }
  // Of what nobody has chosen and nothing is known about, nothing can be said: in large lock files that is nearly all.
  return found.flatMap((one) => (one.facts || one.isDirect ? [usedPackage(packages, one)] : []));
}

interface Found {
  readonly ecosystem: Ecosystem;
  readonly key: string;
  readonly facts: PackageFacts | undefined;
  readonly positions: number[];
  isDirect: boolean;
}

function isFromRegistry({ ecosystem, relation, source, providedBy }: PackageUse): boolean {
  if (ecosystem === ".NET" || relation === "root" || relation === "workspace") return false;
  return source === undefined && providedBy === undefined;
}

function usedPackage(packages: readonly PackageUse[], { ecosystem, key, facts, positions }: Found): UsedPackage {
  const uses = positions.map((position) => {
    const use = packages[position] as PackageUse;
    return { position, use, ...versionInUse(use, facts) };
  });
  const byWeight = uses.toSorted((a, b) => weightOf(a.use) - weightOf(b.use));
  return { ecosystem, key, ...(facts && { facts }), uses: byWeight as unknown as UsedPackage["uses"] };
}

function weightOf({ relation, isDevelopment }: PackageUse): number {
  return (relation === "direct" ? 0 : 2) + (isDevelopment ? 1 : 0);
}

/** The version of the file, or the one that a package manager takes today. */
export function versionInUse(
  { ecosystem, version, requirement }: PackageUse,
  facts: PackageFacts | undefined,
): Pick<UsedVersion, "version" | "facts" | "isGuessed"> {
  const chosen = version ?? (requirement === undefined ? undefined : choose(ecosystem, requirement, facts));
  if (chosen === undefined) return { isGuessed: false };
  const known = facts && findVersion(facts, chosen);
  return { version: chosen, ...(known && { facts: known }), isGuessed: version === undefined };
}

/** Those of NuGet and Maven take the oldest that is allowed, the others the newest. */
function choose(ecosystem: Ecosystem, requirement: string, facts: PackageFacts | undefined): string | undefined {
  if (requirement.length > most.requirement) return undefined;
  if (ecosystem === "NuGet" || ecosystem === "Maven") return lowestOf(ecosystem, requirement);
  let newest: string | undefined;
  for (const { version, withdrawn } of facts?.versions.slice(0, most.versions) ?? []) {
    if (withdrawn !== undefined || isPrerelease(ecosystem, version) || !satisfies(ecosystem, version, requirement))
      continue;
    if (newest === undefined || compareVersions(ecosystem, version, newest) > 0) newest = version;
  }
  return newest;
}

function findVersion({ ecosystem, versions }: PackageFacts, wanted: string): VersionFacts | undefined {
  const exact = versions.find(({ version }) => version === wanted);
  // Written in another way: `1.0` and `1.0.0`.
  return (
    exact ?? versions.slice(0, most.versions).find(({ version }) => compareVersions(ecosystem, version, wanted) === 0)
  );
}
