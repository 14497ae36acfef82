/**
 * Which optional dependencies of a crate its features bring in, and which features they ask of others, as Cargo sees it when it
 * writes a lock file: for every target, and also where a feature is asked for weakly.
 */
import type { CrateDependency, PublishedCrate } from "#model/fix-plan.ts";

export interface FeatureReach {
  /** Optional dependencies, as the features call them. */
  readonly turnsOn: ReadonlySet<string>;
  /** Features of dependencies, by the name that they are called by. */
  readonly asks: ReadonlyMap<string, ReadonlySet<string>>;
}

const mostSteps = 10_000;

/** What counts in a lock file of others. */
export function dependenciesOf({ dependencies }: PublishedCrate): readonly CrateDependency[] {
  return dependencies.filter(({ kind }) => kind !== "dev");
}

/** By feature, those included that stand for an optional dependency. */
export function featuresOf(crate: PublishedCrate): ReadonlyMap<string, readonly string[]> {
  const all = new Map(Object.entries(crate.features));
  const named = new Set(
    [...all.values()].flatMap((values) =>
      values.flatMap((value) => (value.startsWith("dep:") ? [value.slice(4)] : [])),
    ),
  );
  for (const { name, isOptional } of dependenciesOf(crate))
    if (isOptional && !named.has(name) && !all.has(name)) all.set(name, [`dep:${name}`]);
  return all;
}

/** Undefined if there is no such feature, or if it leads to one. The default one may be missing. */
export function reachOf(
  crate: PublishedCrate,
  features: ReadonlyMap<string, readonly string[]>,
  from: string,
): FeatureReach | undefined {
  const optional = new Set(dependenciesOf(crate).flatMap(({ name, isOptional }) => (isOptional ? [name] : [])));
  const turnsOn = new Set<string>();
  const asks = new Map<string, Set<string>>();
  const seen = new Set<string>([from]);
  let steps = 0;
  for (const feature of seen) {
    const values = features.get(feature) ?? (feature === "default" && from === "default" ? [] : undefined);
    if (!values) return undefined;
    for (const value of values) {
      if (++steps > mostSteps) return undefined;
      const [, name, isWeak, asked] = /^([^/?]+)(\??)\/(.+)$/.exec(value) ?? [];
      if (name === undefined || asked === undefined) {
        if (value.startsWith("dep:")) turnsOn.add(value.slice(4));
        else seen.add(value);
        continue;
      }
      asks.set(name, (asks.get(name) ?? new Set()).add(asked));
      if (!optional.has(name)) continue;
      turnsOn.add(name);
      if (isWeak === "" && features.has(name)) seen.add(name);
    }
  }
  return { turnsOn, asks };
}

/** Of a dependency by itself. */
export function askedOf({ features, usesDefault }: CrateDependency): readonly string[] {
  return usesDefault ? [...features, "default"] : features;
}
