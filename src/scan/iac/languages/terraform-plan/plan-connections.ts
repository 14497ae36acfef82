/** Which resources of a plan belong together: by reference in either direction, or because one names the other. */
import { child, type Node, textOf } from "../../../formats/node.ts";
import type { Connections, Resource } from "../../resource.ts";
import { type ModuleStep, moduleSteps, type PlannedResource } from "./read-plan.ts";

export interface Connectable {
  readonly planned: PlannedResource;
  /** Its address without any keys. */
  readonly home: string;
  readonly resource: Resource;
}

/** Addresses without keys that the resources of such an address refer to. */
export type TargetsOf = (one: Connectable) => ReadonlySet<string>;

export function planConnections(
  all: () => readonly Connectable[],
  targetsOf: TargetsOf,
): (one: Connectable, types: readonly string[]) => Connections {
  let lookup: Lookup | undefined;
  return (one, types) => {
    lookup ??= lookupOf(all(), targetsOf);
    const found = new Set<Connectable>();
    const homes = [...targetsOf(one), ...(lookup.referrers.get(one.home) ?? [])];
    for (const home of homes) for (const other of instancesFor(one, lookup.byHome.get(home) ?? [])) found.add(other);
    for (const other of namedBy(one, lookup)) found.add(other);
    found.delete(one);
    const resources = [...found].map(({ resource }) => resource);
    return { resources: resources.filter((other) => other.types.some((type) => types.includes(type))) };
  };
}

interface Lookup {
  readonly byHome: ReadonlyMap<string, readonly Connectable[]>;
  readonly referrers: ReadonlyMap<string, ReadonlySet<string>>;
  /** By the value of `id`, `arn` or a name. */
  readonly named: ReadonlyMap<string, readonly Named[]>;
  /** By the value of any attribute. */
  readonly naming: ReadonlyMap<string, readonly Named[]>;
}

interface Named {
  readonly attribute: string;
  readonly one: Connectable;
}

function lookupOf(all: readonly Connectable[], targetsOf: TargetsOf): Lookup {
  const byHome = Map.groupBy(all, ({ home }) => home);
  const referrers = new Map<string, Set<string>>();
  for (const [home, [first]] of byHome) {
    for (const target of first ? targetsOf(first) : []) {
      const known = referrers.get(target) ?? new Set();
      referrers.set(target, known.add(home));
    }
  }
  const named = new Map<string, Named[]>();
  const naming = new Map<string, Named[]>();
  for (const one of all) {
    for (const [attribute, text] of textsOf(one.planned.values)) {
      const map = identities.has(attribute) ? named : naming;
      const known = map.get(text);
      if (known) known.push({ attribute, one });
      else map.set(text, [{ attribute, one }]);
      // The bucket of a policy is called like the name of a bucket.
      if (attribute === "bucket") naming.set(text, [...(naming.get(text) ?? []), { attribute, one }]);
    }
  }
  return { byHome, referrers, named, naming };
}

const identities = new Set(["id", "arn", "name", "bucket"]);

function textsOf(values: Node | undefined): readonly (readonly [string, string])[] {
  if (values?.is !== "block") return [];
  return values.keys().flatMap((key) => {
    const text = textOf(child(values, key));
    return text === undefined || text.length < 3 || text.length > 500 ? [] : [[key, text] as const];
  });
}

function namedBy(one: Connectable, { named, naming }: Lookup): readonly Connectable[] {
  const own = textsOf(one.planned.values);
  return own.flatMap(([attribute, text]) => {
    const asked = identities.has(attribute) && attribute !== "bucket" ? [] : (named.get(text) ?? []);
    const asking = identities.has(attribute) ? (naming.get(text) ?? []) : [];
    return [
      ...asked.filter((other) => says(attribute, other.attribute, other.one)).map((other) => other.one),
      ...asking.filter((other) => says(other.attribute, attribute, one)).map((other) => other.one),
    ];
  });
}

/** `storage_account_name` and `bucket` are about a name, whatever ends in `_id` or `_arn` about those. */
function says(attribute: string, identity: string, { planned }: Connectable): boolean {
  if (identity === "id" || identity === "arn") return /_(?:id|arn)$/.test(attribute);
  const noun = attribute.replace(/_name$/, "");
  return noun !== "" && planned.type.endsWith(`_${noun}`);
}

/** Of many instances those that share the keys of modules on the way and, where there is one, the own key. */
function instancesFor(one: Connectable, others: readonly Connectable[]): readonly Connectable[] {
  const path = moduleSteps(one.planned.module);
  const near = others.filter(({ planned }) => shareKeys(path, moduleSteps(planned.module)));
  const { key } = one.planned;
  const same = key === "" ? [] : near.filter(({ planned }) => planned.key === key);
  return same.length > 0 ? same : near;
}

function shareKeys(path: readonly ModuleStep[], other: readonly ModuleStep[]): boolean {
  for (const [position, step] of path.entries()) {
    const beside = other[position];
    if (beside?.name !== step.name) return true;
    if (beside.key !== step.key) return false;
  }
  return true;
}
