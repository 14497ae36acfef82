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

/** A mark for packages of .NET Standard libraries that every consumer's framework carries itself. */
const consumerGroup = "depends on the consumer";

/** By the name of a target framework and the lower-case name of a package. */
type Positions = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** `all` are the names of the project's target frameworks. What a package wants is looked for in the same one. */
export function joinFrameworks(uses: readonly FrameworkUse[], all: readonly string[]): readonly PackageUse[] {
  const merged: FrameworkUse[][] = [];
  const first = new Map<string, number>();
  const others = new Map<string, number>();
  const positions = new Map<string, Map<string, number>>();
  for (const one of uses) {
    const name = one.use.name.toLowerCase();
    const known = first.get(name);
    let position = known ?? merged.length;
    if (known === undefined) first.set(name, position);
    else if (!isSameVersion(merged[known]?.[0]?.use, one.use)) {
      const key = `${name}\n${one.use.version ?? `?${one.use.requirement ?? ""}`}`;
      position = others.get(key) ?? merged.length;
      others.set(key, position);
    }
    if (position === merged.length) merged.push([one]);
    else merged[position]?.push(one);
    const target = one.target?.name ?? "";
    const inTarget = positions.get(target);
    if (inTarget) inTarget.set(name, position);
    else positions.set(target, new Map([[name, position]]));
  }
  return merged.map((same) => mergedUse(same, positions, all));
}

function isSameVersion(a: PackageUse | undefined, b: PackageUse): boolean {
  return a?.version === b.version && (b.version !== undefined || (a?.requirement ?? "") === (b.requirement ?? ""));
}

const nothing: readonly string[] = [];

function mergedUse(same: readonly FrameworkUse[], positions: Positions, all: readonly string[]): PackageUse {
  let targets = nothing;
  let kept = nothing;
  let provider: string | undefined;
  let isForConsumer = false;
  let hasGraph = false;
  for (const { use, target, frameworks, wants } of same) {
    hasGraph ||= wants !== undefined;
    if (!target) continue;
    if (!targets.includes(target.name)) targets = [...targets, target.name];
    const { name, version } = use;
    const providing = version === undefined ? undefined : frameworkProviding(target, frameworks, name, version);
    provider ??= providing;
    if (providing === undefined && !kept.includes(target.name)) kept = [...kept, target.name];
    isForConsumer ||= version !== undefined && dependsOnConsumer(target, name, version);
  }
  const use = same.map((one) => one.use).reduce(joined);
  const isProvided = provider !== undefined && kept.length === 0;
  const frameworks = isProvided || provider === undefined ? targets : kept;
  const isEverywhere = frameworks.length === 0 || frameworks.length >= all.length;
  const dependsOn = hasGraph ? positionsOf(same, positions) : undefined;
  // Most packages of a large lock file need no more than this.
  if (isEverywhere && provider === undefined && !isForConsumer) return dependsOn ? { ...use, dependsOn } : use;
  return {
    ...use,
    ...(isForConsumer ? { groups: [...new Set([...(use.groups ?? []), consumerGroup])] } : undefined),
    ...(isEverywhere ? undefined : { frameworks }),
    ...(provider !== undefined && kept.length === 0 ? { providedBy: provider } : undefined),
    ...(dependsOn ? { dependsOn } : undefined),
  };
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

/** So many are looked through sooner than a set is made of them. */
const few = 8;

function positionsOf(same: readonly FrameworkUse[], positions: Positions): readonly number[] {
  const found: number[] = [];
  for (const { target, wants = [] } of same) {
    const inTarget = positions.get(target?.name ?? "");
    for (const want of wants) {
      const position = inTarget?.get(want);
      if (position !== undefined && (found.length > few || !found.includes(position))) found.push(position);
    }
  }
  return found.length > few ? [...new Set(found)] : found;
}
