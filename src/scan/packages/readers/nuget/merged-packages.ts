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
  readonly also: Map<string, Span>;
  readonly targets: Set<string>;
  readonly kept: Set<string>;
  readonly wants: Set<string>;
  isDevelopment: boolean;
  isDirect: boolean;
  provider: string | undefined;
}

/** A mark for packages of .NET Standard libraries that every consumer's framework carries itself. */
export const consumerGroup = "depends on the consumer";

/** `all` are the names of the project's target frameworks. What a package wants is looked for in the same one. */
export function mergedPackages(uses: readonly FrameworkUse[], all: readonly string[]): readonly PackageUse[] {
  const merged = new Map<string, Merged>();
  const positions = new Map<string, number>();
  for (const one of uses) {
    const { use, target } = one;
    const key = `${use.name.toLowerCase()}\n${use.version ?? `?${use.requirement ?? ""}`}`;
    const known = merged.get(key) ?? begun(use, merged.size);
    if (merged.has(key)) add(known, use);
    merged.set(key, known);
    positions.set(`${target?.name ?? ""} ${use.name.toLowerCase()}`, known.position);
    note(known, one);
  }
  return [...merged.values()].map((one) => finished(one, positions, all));
}

function begun(use: PackageUse, position: number): Merged {
  const also = new Map((use.alsoAt ?? []).map((span) => [keyOf(span), span]));
  return {
    use,
    position,
    also,
    targets: new Set(),
    kept: new Set(),
    wants: new Set(),
    isDevelopment: use.isDevelopment,
    isDirect: use.relation === "direct",
    provider: undefined,
  };
}

function keyOf({ path, startLine, startColumn }: Span): string {
  return `${path}:${startLine}:${startColumn}`;
}

function add(known: Merged, use: PackageUse): void {
  for (const span of [use.at, ...(use.alsoAt ?? [])])
    if (keyOf(span) !== keyOf(known.use.at)) known.also.set(keyOf(span), span);
  known.isDevelopment &&= use.isDevelopment;
  known.isDirect ||= use.relation === "direct";
  const groups = [...new Set([...(known.use.groups ?? []), ...(use.groups ?? [])])];
  const { versionAt = use.versionAt, integrity = use.integrity, requirement = use.requirement } = known.use;
  known.use = {
    ...known.use,
    ...optional({ versionAt, integrity, requirement }),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

function optional<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function note(known: Merged, { use, target, frameworks, wants = [] }: FrameworkUse): void {
  for (const want of wants) known.wants.add(`${target?.name ?? ""} ${want}`);
  if (!target) return;
  known.targets.add(target.name);
  const { version } = use;
  const provider = version === undefined ? undefined : frameworkProviding(target, frameworks, use.name, version);
  if (provider === undefined) known.kept.add(target.name);
  else known.provider ??= provider;
  if (version !== undefined && dependsOnConsumer(target, use.name, version)) {
    const groups = [...new Set([...(known.use.groups ?? []), consumerGroup])];
    known.use = { ...known.use, groups };
  }
}

function finished(one: Merged, positions: ReadonlyMap<string, number>, all: readonly string[]): PackageUse {
  const { use, also, targets, kept, wants, provider } = one;
  const isProvided = provider !== undefined && kept.size === 0;
  const frameworks = [...(isProvided || provider === undefined ? targets : kept)];
  const dependsOn = [...new Set([...wants].flatMap((want) => positions.get(want) ?? []))];
  return {
    ...use,
    ...(also.size > 0 ? { alsoAt: [...also.values()] } : {}),
    relation: one.isDirect ? "direct" : use.relation,
    isDevelopment: one.isDevelopment,
    ...(frameworks.length > 0 && frameworks.length < all.length ? { frameworks } : {}),
    ...(isProvided ? { providedBy: provider } : {}),
    ...(wants.size > 0 || use.dependsOn ? { dependsOn } : {}),
  };
}
