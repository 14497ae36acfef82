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
    for (const home of homes) for (const other of lookup.instances(one, home)) found.add(other);
    for (const other of namedBy(one, lookup)) found.add(other);
    found.delete(one);
    const resources = [...found].map(({ resource }) => resource);
    return { resources: resources.filter((other) => other.types.some((type) => types.includes(type))) };
  };
}

interface Lookup {
  /** Those of an address without keys that belong to this one. */
  readonly instances: (one: Connectable, home: string) => readonly Connectable[];
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
      if (identities.has(attribute)) addTo(named, text, { attribute, one });
    }
  }
  for (const one of all) {
    for (const [attribute, text] of textsOf(one.planned.values)) {
      // The bucket of a policy is called like the name of a bucket.
      const isName = !identities.has(attribute) || attribute === "bucket";
      if (isName && named.has(text)) addTo(naming, text, { attribute, one });
    }
  }
  return { instances: instancesIn(byHome), referrers, named, naming };
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
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

type Instances = ReadonlyMap<string, readonly Connectable[]>;

/**
 * Of many instances those that share the keys of modules on the way and, where there is one, the own key. Loops make
 * thousands on both sides: they are looked up by their keys.
 */
function instancesIn(byHome: Instances): Lookup["instances"] {
  const steps = new Map<string, readonly ModuleStep[]>();
  const stepsOf = ({ planned: { module } }: Connectable): readonly ModuleStep[] => {
    const known = steps.get(module) ?? moduleSteps(module);
    steps.set(module, known);
    return known;
  };
  const keysOf = (one: Connectable, shared: number): string =>
    stepsOf(one)
      .slice(0, shared)
      .map(({ key }) => key)
      .join(" ");
  const groups = new Map<string, Instances>();
  const grouped = (name: string, group: () => Instances): Instances => {
    const known = groups.get(name) ?? group();
    groups.set(name, known);
    return known;
  };
  return (one, home) => {
    const others = byHome.get(home) ?? [];
    const [first] = others;
    if (!first) return [];
    // All of one address have the same modules on the way.
    const shared = sharedSteps(stepsOf(one), stepsOf(first));
    const keys = keysOf(one, shared);
    const near =
      grouped(`${shared} ${home}`, () => Map.groupBy(others, (other) => keysOf(other, shared))).get(keys) ?? [];
    const { key } = one.planned;
    if (key === "") return near;
    const byKey = grouped(`${shared} ${home} ${keys}`, () => Map.groupBy(near, ({ planned }) => planned.key));
    return byKey.get(key) ?? near;
  };
}

/** How many modules from the root on both are in. */
function sharedSteps(path: readonly ModuleStep[], other: readonly ModuleStep[]): number {
  const end = path.findIndex(({ name }, position) => other[position]?.name !== name);
  return end < 0 ? path.length : end;
}
