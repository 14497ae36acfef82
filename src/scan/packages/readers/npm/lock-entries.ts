/** The entries of a lock file while it is read, and the packages that they come to: the same one twice is one, with both places. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";

export interface LockEntry {
  readonly ecosystem?: Ecosystem;
  name: string;
  version?: string | undefined;
  readonly start: number;
  end: number;
  relation: Relation;
  isDevelopment: boolean;
  groups?: readonly string[] | undefined;
  requirement?: string | undefined;
  source?: PackageSource | undefined;
  integrity?: string | undefined;
  licenses?: readonly string[] | undefined;
  /** Positions of entries; undefined if the format does not tell what depends on what. */
  dependsOn?: number[] | undefined;
  alsoAt?: Span[] | undefined;
  versionAt?: Span | undefined;
}

/** One package and all its entries. */
interface Merged {
  readonly first: LockEntry;
  readonly others: LockEntry[];
}

export function packagesOf(file: TextFile, entries: readonly LockEntry[]): readonly PackageUse[] {
  const merged: Merged[] = [];
  const known = new Map<string, number>();
  const positions = entries.map((entry) => {
    const key = `${entry.name}\n${entry.version ?? ""}${entry.source ? `\n${JSON.stringify(entry.source)}` : ""}`;
    const position = known.get(key);
    if (position !== undefined) {
      merged[position]?.others.push(entry);
      return position;
    }
    known.set(key, merged.length);
    return merged.push({ first: entry, others: [] }) - 1;
  });
  return merged.map(({ first, others }) =>
    packageOf(file, joined(first, others), positions, placesOf(file, first, others)),
  );
}

function packageOf(
  file: TextFile,
  entry: LockEntry,
  positions: readonly number[],
  alsoAt: readonly Span[],
): PackageUse {
  const { name, version, requirement, relation, isDevelopment, groups, source, integrity, licenses } = entry;
  const { ecosystem = "npm", start, end, versionAt, dependsOn } = entry;
  return {
    ecosystem,
    name,
    ...(version === undefined || version === "" ? {} : { version }),
    ...(requirement === undefined ? {} : { requirement }),
    at: spanOf({ file, start, end }),
    ...(alsoAt.length === 0 ? {} : { alsoAt }),
    ...(versionAt === undefined ? {} : { versionAt }),
    relation,
    isDevelopment,
    ...(groups === undefined || groups.length === 0 ? {} : { groups }),
    ...(source === undefined ? {} : { source }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(licenses === undefined || licenses.length === 0 ? {} : { licenses }),
    ...(dependsOn === undefined ? {} : { dependsOn: positionsOf(dependsOn, positions) }),
  };
}

function positionsOf(entries: readonly number[], positions: readonly number[]): readonly number[] {
  if (entries.length < 2) return entries.map((entry) => positions[entry] ?? 0);
  return [...new Set(entries.map((entry) => positions[entry] ?? 0))];
}

function placesOf(file: TextFile, first: LockEntry, others: readonly LockEntry[]): readonly Span[] {
  if (others.length === 0) return first.alsoAt ?? [];
  const own = others.map(({ start, end }) => spanOf({ file, start, end }));
  return [...own, ...[first, ...others].flatMap(({ alsoAt = [] }) => alsoAt)];
}

const byNearness: readonly Relation[] = ["root", "workspace", "direct", "transitive", "unknown"];

function joined(first: LockEntry, others: readonly LockEntry[]): LockEntry {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const groups = new Set(all.flatMap((entry) => entry.groups ?? []));
  const dependsOn = all.flatMap((entry) => entry.dependsOn ?? []);
  return {
    ...first,
    relation: byNearness.find((relation) => all.some((entry) => entry.relation === relation)) ?? "unknown",
    isDevelopment: all.every(({ isDevelopment }) => isDevelopment),
    groups: [...groups],
    requirement: all.find(({ requirement }) => requirement !== undefined)?.requirement,
    integrity: all.find(({ integrity }) => integrity !== undefined)?.integrity,
    licenses: all.find(({ licenses }) => licenses !== undefined)?.licenses,
    versionAt: all.find(({ versionAt }) => versionAt !== undefined)?.versionAt,
    dependsOn: all.every((entry) => entry.dependsOn === undefined) ? undefined : dependsOn,
  };
}

/** Positions that can be reached from these, themselves included. */
export function reachedFrom(entries: readonly LockEntry[], starts: Iterable<number>): ReadonlySet<number> {
  const reached = new Set(starts);
  for (const position of reached) for (const next of entries[position]?.dependsOn ?? []) reached.add(next);
  return reached;
}
