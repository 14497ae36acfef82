/**
 * What a crate wants in a lock file, and what the lock file tells of its features: which ones may be on, given which of its
 * optional dependencies are there. Facts of another crate of that name are not taken: the checksum says whether it is this one.
 */
import type { CrateDependency, FixKnowledge, PublishedCrate, PublishedVersion } from "#model/fix-plan.ts";
import { satisfies } from "../../../packages/versions.ts";
import { askedOf, dependenciesOf, type FeatureReach, featuresOf, reachOf } from "./crate-features.ts";
import type { LockCrate } from "./crate-lock.ts";

export interface KnownCrate {
  readonly crate: PublishedCrate;
  readonly place: string | undefined;
}

/** What the registry says of a crate that is locked; undefined if that is not known, or not of this crate. */
export function knownCrate({ publishedOf }: FixKnowledge, locked: LockCrate): KnownCrate | undefined {
  if (locked.source === undefined || locked.checksum === undefined) return undefined;
  const published = publishedOf("crates.io", locked.name, locked.version);
  return published?.crate && published.integrity === locked.checksum ? knownOf(published) : undefined;
}

export function knownOf({ crate, place }: PublishedVersion): KnownCrate | undefined {
  return crate && { crate, place };
}

export interface SettledCrate {
  readonly crate: PublishedCrate;
  readonly features: ReadonlyMap<string, FeatureReach | undefined>;
  /** Dependencies that are, or may be, there, each with where it is locked. */
  readonly wants: ReadonlyMap<CrateDependency, number>;
  /** Features that may be on. */
  readonly mayBeOn: ReadonlySet<string>;
}

/** Undefined if what the lock file has is not what the crate asks for. */
export function settledCrate(
  { crate }: KnownCrate,
  { wants }: LockCrate,
  crates: readonly LockCrate[],
): SettledCrate | undefined {
  const targetOf = (dependency: CrateDependency): number | undefined =>
    [...wants].find((position) => isMet(dependency, crates[position]));
  const features = reachesOf(crate);
  const optional = dependenciesOf(crate).filter(({ isOptional }) => isOptional);
  const there = new Set(optional.filter((one) => targetOf(one) !== undefined).map(({ name }) => name));
  for (const one of optional) if (targetOf(one) === undefined) there.delete(one.name);
  const mayBeOn = new Set(
    [...features].flatMap(([name, reach]) =>
      reach && [...reach.turnsOn].every((one) => there.has(one)) ? [name] : [],
    ),
  );
  const on = new Set([...mayBeOn].flatMap((name) => [...(features.get(name)?.turnsOn ?? [])]));
  const settled = new Map<CrateDependency, number>();
  for (const dependency of dependenciesOf(crate)) {
    if (dependency.isOptional && !on.has(dependency.name)) continue;
    const target = targetOf(dependency);
    if (target === undefined) return undefined;
    settled.set(dependency, target);
  }
  const isAll = new Set(settled.values()).size === wants.size;
  return isAll ? { crate, features, wants: settled, mayBeOn } : undefined;
}

export function reachesOf(crate: PublishedCrate): ReadonlyMap<string, FeatureReach | undefined> {
  const written = featuresOf(crate);
  const names = new Set([...written.keys(), "default"]);
  return new Map([...names].map((name) => [name, reachOf(crate, written, name)]));
}

export function isMet({ crate, requirement }: CrateDependency, locked: LockCrate | undefined): boolean {
  return locked?.name === crate && satisfies("crates.io", locked.version, requirement) === true;
}

/** Features that are asked of locked crates, by their positions: always, and by each feature that may be on. */
export interface AskedFeatures {
  readonly always: ReadonlyMap<number, ReadonlySet<string>>;
  readonly by: ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>;
}

export function askedFeatures({ wants, mayBeOn, features }: SettledCrate): AskedFeatures {
  const always = new Map<number, Set<string>>();
  const positions = new Map<string, number[]>();
  for (const [dependency, position] of wants) {
    always.set(position, new Set([...(always.get(position) ?? []), ...askedOf(dependency)]));
    positions.set(dependency.name, [...(positions.get(dependency.name) ?? []), position]);
  }
  const by = new Map<string, Map<number, Set<string>>>();
  for (const name of mayBeOn) {
    const own = new Map<number, Set<string>>();
    for (const [called, asked] of features.get(name)?.asks ?? [])
      for (const position of positions.get(called) ?? [])
        own.set(position, new Set([...(own.get(position) ?? []), ...asked]));
    by.set(name, own);
  }
  return { always, by };
}
