/** Joins what the target frameworks of one project have in common: a package is listed once for each of its versions. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { dependsOnConsumer, frameworkProviding } from "./framework-packages.ts";
import type { TargetFramework } from "./target-framework.ts";

/** A package in one target framework. */
export interface FrameworkUse {
  readonly use: PackageUse;
  readonly target: TargetFramework | undefined;
  /** Shared frameworks that the project runs on there; none: nothing is said to be provided. */
  readonly frameworks: readonly string[];
  /** Lower-case names of what it depends on. */
  readonly wants?: readonly string[];
}

interface Merged {
  use: PackageUse;
  readonly position: number;
  /** Names of target frameworks. */
  readonly targets: string[];
  /** Those in which no shared framework carries it. */
  readonly kept: string[];
  readonly wanted: FrameworkUse[];
  provider: string | undefined;
}

/** A mark for packages of .NET Standard libraries that every consumer's framework carries itself. */
export const consumerGroup = "depends on the consumer";

/** `all` are the names of the project's target frameworks. What a package wants is looked for in the same one. */
export function mergedPackages(uses: readonly FrameworkUse[], all: readonly string[]): readonly PackageUse[] {
  const merged = new Map<string, Merged>();
  const positions = new Map<string, Map<string, number>>();
  for (const one of uses) {
    const name = one.use.name.toLowerCase();
    const key = `${name}\n${one.use.version ?? `?${one.use.requirement ?? ""}`}`;
    const known = merged.get(key);
    const { position } = known ?? begin(merged, key, one.use);
    if (known) known.use = joined(known.use, one.use);
    note(merged.get(key), one);
    const target = one.target?.name ?? "";
    const inTarget = positions.get(target) ?? new Map<string, number>();
    positions.set(target, inTarget.set(name, position));
  }
  return [...merged.values()].map((one) => finished(one, positions, all));
}

function begin(merged: Map<string, Merged>, key: string, use: PackageUse): Merged {
  const begun = { use, position: merged.size, targets: [], kept: [], wanted: [], provider: undefined };
  merged.set(key, begun);
  return begun;
}

/** More places of one package are told by their number only. */
const mostPlaces = 200;

function joined(first: PackageUse, second: PackageUse): PackageUse {
  const also = [...(first.alsoAt ?? [])];
  for (const span of [second.at, ...(second.alsoAt ?? [])]) {
    const isThere = isSame(span, first.at) || also.some((other) => isSame(span, other));
    if (!isThere && also.length < mostPlaces) also.push(span);
  }
  const groups = [...new Set([...(first.groups ?? []), ...(second.groups ?? [])])];
  const isDirect = first.relation === "direct" || second.relation === "direct";
  return {
    ...second,
    ...first,
    ...(also.length > 0 ? { alsoAt: also } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    relation: isDirect ? "direct" : first.relation,
    isDevelopment: first.isDevelopment && second.isDevelopment,
  };
}

function isSame(a: Span, b: Span): boolean {
  return a.startLine === b.startLine && a.startColumn === b.startColumn && a.path === b.path;
}

function note(known: Merged | undefined, one: FrameworkUse): void {
  if (!known) return;
  const { use, target, frameworks, wants } = one;
  if (wants) known.wanted.push(one);
  if (!target) return;
  if (!known.targets.includes(target.name)) known.targets.push(target.name);
  const { version } = use;
  const provider = version === undefined ? undefined : frameworkProviding(target, frameworks, use.name, version);
  if (provider !== undefined) known.provider ??= provider;
  else if (!known.kept.includes(target.name)) known.kept.push(target.name);
  if (version === undefined || !dependsOnConsumer(target, use.name, version)) return;
  known.use = { ...known.use, groups: [...new Set([...(known.use.groups ?? []), consumerGroup])] };
}

function finished(
  { use, targets, kept, wanted, provider }: Merged,
  positions: ReadonlyMap<string, ReadonlyMap<string, number>>,
  all: readonly string[],
): PackageUse {
  const isProvided = provider !== undefined && kept.length === 0;
  const frameworks = isProvided || provider === undefined ? targets : kept;
  const isEverywhere = frameworks.length === 0 || frameworks.length >= all.length;
  if (isEverywhere && !isProvided && wanted.length === 0) return use;
  const found = new Set<number>();
  for (const { target, wants = [] } of wanted) {
    const inTarget = positions.get(target?.name ?? "");
    for (const want of wants) {
      const position = inTarget?.get(want);
      if (position !== undefined) found.add(position);
    }
  }
  return {
    ...use,
    ...(isEverywhere ? {} : { frameworks }),
    ...(isProvided ? { providedBy: provider } : {}),
    ...(wanted.length > 0 ? { dependsOn: [...found] } : {}),
  };
}
