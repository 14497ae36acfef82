/** Which mentions of a package in a manifest must go up, and how far. */
import type { AdvisoryKnowledge } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Finding } from "#model/finding.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { compareVersions, isVersionAffected, lowestOf } from "../../packages/versions.ts";
import { crossesMajor, upgradesOf } from "../../vulnerabilities/choose-upgrade.ts";

export interface Raising {
  readonly use: PackageUse;
  readonly from: string;
  readonly to: string;
}

/** One package that goes up, wherever a repository has it. */
export interface PackageGoal {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly findings: readonly Finding[];
}

export type WorldKnowledge = AdvisoryKnowledge & PackageKnowledge;

export function goalsOf(findings: readonly Finding[]): readonly PackageGoal[] {
  const groups = Map.groupBy(findings, ({ package: of, upgrade }) =>
    of && upgrade ? `${of.ecosystem} ${packageKey(of.ecosystem, upgrade.name)}` : "",
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    const { package: of, upgrade } = first ?? {};
    return of && upgrade ? [{ ecosystem: of.ecosystem, name: upgrade.name, findings: own }] : [];
  });
}

/** Mentions that are none of the world's, or that nobody knows a version of, are left alone. */
export function raisingIn(manifest: Manifest, goal: PackageGoal, world?: WorldKnowledge): readonly Raising[] {
  const key = packageKey(goal.ecosystem, goal.name);
  const own = goal.findings.filter(({ package: of }) => of?.manifest === manifest.path);
  const toOf = world && affectedTo(goal, key, world);
  return (usesIn(manifest).get(`${goal.ecosystem} ${key}`) ?? []).flatMap((use) => {
    if (isOwn(use)) return [];
    const from = use.version ?? (use.requirement === undefined ? undefined : lowestOf(use.ecosystem, use.requirement));
    const to = from === undefined ? undefined : higher(goal.ecosystem, statedFor(own, from), toOf?.(from));
    if (from === undefined || to === undefined || compareVersions(use.ecosystem, from, to) >= 0) return [];
    return [{ use, from, to }];
  });
}

const usesByName = new WeakMap<Manifest, ReadonlyMap<string, readonly PackageUse[]>>();

/** By ecosystem and key. Each package that goes up asks for its own of all of them. */
function usesIn(manifest: Manifest): ReadonlyMap<string, readonly PackageUse[]> {
  const uses =
    usesByName.get(manifest) ??
    Map.groupBy(manifest.packages, ({ ecosystem, name }) => `${ecosystem} ${packageKey(ecosystem, name)}`);
  usesByName.set(manifest, uses);
  return uses;
}

function isOwn({ relation, source }: PackageUse): boolean {
  return relation === "root" || relation === "workspace" || source?.is === "path";
}

/** What the findings say of this version; of one that they do not name, what they say of others of its line. */
function statedFor(own: readonly Finding[], from: string): string | undefined {
  let exact: string | undefined;
  let similar: string | undefined;
  for (const { package: of, upgrade } of own) {
    if (!of || !upgrade) continue;
    if (upgrade.from === from) exact = higher(of.ecosystem, exact, upgrade.to);
    else if (!crossesMajor(of.ecosystem, from, upgrade.to)) similar = higher(of.ecosystem, similar, upgrade.to);
  }
  return exact ?? similar;
}

function affectedTo({ ecosystem }: PackageGoal, key: string, world: WorldKnowledge) {
  const advisories = world.advisoriesOf(ecosystem, key);
  const published = (world.factsOf(ecosystem, key)?.versions ?? []).filter(({ withdrawn }) => withdrawn === undefined);
  const choose = upgradesOf(
    { ecosystem, key, advisories },
    published.map(({ version }) => version),
  );
  return (from: string): string | undefined =>
    advisories
      .filter(({ affected }) => isVersionAffected(ecosystem, from, affected))
      .map((advisory) => choose(advisory, from))
      .reduce<string | undefined>((highest, to) => higher(ecosystem, highest, to), undefined);
}

/** Whether an advisory names a version that would come in. */
export function affectedIn(ecosystem: Ecosystem, world: WorldKnowledge): (name: string, version: string) => boolean {
  return (name, version) =>
    world
      .advisoriesOf(ecosystem, packageKey(ecosystem, name))
      .some(({ affected }) => isVersionAffected(ecosystem, version, affected));
}

function higher(ecosystem: Ecosystem, one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return compareVersions(ecosystem, one, other) < 0 ? other : one;
}
