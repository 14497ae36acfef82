/**
 * Whether the features that a new version asks of other crates, and those that nobody asks for any more, leave what these want as
 * it is locked. What cannot be seen to be harmless is not.
 */
import type { FixKnowledge } from "#model/fix-plan.ts";
import { askedOf, dependenciesOf } from "./crate-features.ts";
import type { LockCrate } from "./crate-lock.ts";
import { type AskedFeatures, isMet, knownCrate, type SettledCrate, settledCrate } from "./settled-crate.ts";

/** Positions and features. */
export type FeatureChange = ReadonlyMap<number, ReadonlySet<string>>;

export interface CratesNow {
  readonly crates: readonly LockCrate[];
  readonly gone: ReadonlySet<number>;
  readonly known: FixKnowledge;
}

/** What `now` asks for and `before` does not, whichever of the features are on. */
export function askedMore(now: AskedFeatures, before: AskedFeatures): FeatureChange {
  const more = new Map<number, Set<string>>();
  const add = (own: FeatureChange, old: FeatureChange | undefined) => {
    for (const [position, features] of own)
      for (const feature of features)
        if (!old?.get(position)?.has(feature)) more.set(position, (more.get(position) ?? new Set()).add(feature));
  };
  add(now.always, before.always);
  for (const [name, own] of now.by) add(own, before.by.get(name));
  return more;
}

const mostChanges = 200;
const tooMany = "more features change than are followed here";

/** A clause is why not. */
export function troubleWithMore(added: FeatureChange, now: CratesNow): string | undefined {
  const waiting = flat(added);
  const seen = new Set<string>();
  for (const [position, feature] of waiting) {
    const crate = now.crates[position];
    const key = `${position} ${feature}`;
    if (!crate || now.gone.has(position) || seen.has(key)) continue;
    if (seen.add(key).size > mostChanges) return tooMany;
    const settled = settledAt(position, now);
    if (!settled)
      return `the feature ${feature} of ${nameOf(crate)} is asked for, and what that brings in is not known`;
    const reach = settled.features.get(feature);
    if (!reach || !settled.mayBeOn.has(feature))
      return `the feature ${feature} of ${nameOf(crate)} is asked for, which brings in more than is locked`;
    for (const [dependency, target] of settled.wants)
      for (const one of reach.asks.get(dependency.name) ?? []) waiting.push([target, one]);
  }
  return undefined;
}

/** A clause is why not. `by` are those whose wishes end. */
export function troubleWithLess(removed: FeatureChange, by: ReadonlySet<number>, now: CratesNow): string | undefined {
  const all = flat(removed);
  if (all.length > mostChanges) return tooMany;
  for (const [position, feature] of all) {
    const crate = now.crates[position];
    if (!crate || now.gone.has(position)) continue;
    const settled = settledAt(position, now);
    const reach = settled?.features.get(feature);
    if (reach && reach.turnsOn.size === 0 && reach.asks.size === 0) continue;
    if (isAskedByOthers(position, feature, by, now)) continue;
    return `nobody may ask for the feature ${feature} of ${nameOf(crate)} any more, and what goes with it is not known`;
  }
  return undefined;
}

function isAskedByOthers(
  position: number,
  feature: string,
  by: ReadonlySet<number>,
  { crates, gone, known }: CratesNow,
) {
  return crates.some((crate, at) => {
    if (!crate.wants.has(position) || by.has(at) || gone.has(at)) return false;
    const told = knownCrate(known, crate);
    const own = told ? dependenciesOf(told.crate).filter((one) => isMet(one, crates[position])) : [];
    const [only, other] = own;
    return only !== undefined && other === undefined && askedOf(only).includes(feature);
  });
}

export function settledAt(position: number, { crates, known }: Omit<CratesNow, "gone">): SettledCrate | undefined {
  const crate = crates[position];
  const told = crate && knownCrate(known, crate);
  return crate && told && settledCrate(told, crate, crates);
}

function flat(change: FeatureChange): [number, string][] {
  return [...change].flatMap(([position, features]) => [...features].map((one): [number, string] => [position, one]));
}

export function nameOf({ name, version }: Pick<LockCrate, "name" | "version">): string {
  return `${name} ${version}`;
}
