/** Joins packages that name each other into a graph of positions, and finds what only development needs. */
import type { PackageUse } from "#model/package-manifest.ts";

/** A package together with what it asks for, each by a key that `keysOf` of some package answers to. */
export interface DraftPackage {
  readonly use: PackageUse;
  readonly keys: readonly string[];
  readonly wants: readonly string[];
}

/** Packages with `dependsOn`. A key that several packages answer to means the first. */
export function linked(drafts: readonly DraftPackage[]): readonly PackageUse[] {
  const positions = new Map<string, number>();
  for (const [position, { keys }] of drafts.entries()) {
    for (const key of keys) if (!positions.has(key)) positions.set(key, position);
  }
  return drafts.map(({ use, wants }) => ({
    ...use,
    dependsOn: [...new Set(wants.flatMap((want) => positions.get(want) ?? []))],
  }));
}

/** Positions that can be reached from these, themselves included. */
export function reachedFrom(packages: readonly PackageUse[], starts: Iterable<number>): ReadonlySet<number> {
  const reached = new Set(starts);
  for (const position of reached) for (const next of packages[position]?.dependsOn ?? []) reached.add(next);
  return reached;
}
