/** The entries of a lock file while it is read, and the packages that they come to: the same one twice is one, with both places. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { addNamed, findNamed, type NamedPositions } from "./named-positions.ts";

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
  /** Where its tarball was found, see `PackageUse`. */
  registry?: string | undefined;
  integrity?: string | undefined;
  licenses?: readonly string[] | undefined;
  /** Positions of entries; undefined if the format does not tell what depends on what. */
  dependsOn?: number[] | undefined;
  alsoAt?: Span[] | undefined;
  versionAt?: Span | undefined;
}

/** The lists of what depends on what become the packages' own. */
export function packagesOf(file: TextFile, entries: readonly LockEntry[]): readonly PackageUse[] {
  const firsts: LockEntry[] = [];
  const others = new Map<number, LockEntry[]>();
  const known: NamedPositions = new Map();
  const positions = entries.map((entry) => {
    const { name, version = "", source } = entry;
    const words = source ? `${version}\n${JSON.stringify(source)}` : version;
    const position = findNamed(known, name, words);
    if (position === undefined) {
      addNamed(known, name, words, firsts.length);
      return firsts.push(entry) - 1;
    }
    const same = others.get(position);
    if (same) same.push(entry);
    else others.set(position, [entry]);
    return position;
  });
  return firsts.map((first, own) => {
    const same = others.get(own);
    const entry = same ? joined(first, same) : first;
    const use = packageOf(file, entry, same ? placesOf(file, first, same) : first.alsoAt);
    if (entry.dependsOn) use.dependsOn = positionsOf(entry.dependsOn, positions, own);
    return use;
  });
}

type Written<T> = { -readonly [K in keyof T]: T[K] };

/** Member by member: copying parts into one object would take a fifth of the time of reading a large lock file. */
function packageOf(file: TextFile, entry: LockEntry, alsoAt: readonly Span[] | undefined): Written<PackageUse> {
  const { ecosystem = "npm", name, relation, isDevelopment, start, end } = entry;
  const use: Written<PackageUse> = { ecosystem, name, at: spanOf({ file, start, end }), relation, isDevelopment };
  if (entry.version) use.version = entry.version;
  if (entry.requirement !== undefined) use.requirement = entry.requirement;
  if (alsoAt) use.alsoAt = alsoAt;
  if (entry.versionAt) use.versionAt = entry.versionAt;
  if (entry.groups && entry.groups.length > 0) use.groups = entry.groups;
  if (entry.source) use.source = entry.source;
  else if (entry.registry !== undefined) use.registry = entry.registry;
  if (entry.integrity !== undefined) use.integrity = entry.integrity;
  if (entry.licenses && entry.licenses.length > 0) use.licenses = entry.licenses;
  return use;
}

/** Written over the entries: most of these lists stay as they are, and a second of each would take a tenth of all memory. */
function positionsOf(entries: number[], positions: readonly number[], own: number): readonly number[] {
  const seen = entries.length > 8 ? new Set<number>() : undefined;
  let kept = 0;
  for (let at = 0; at < entries.length; at++) {
    const position = positions[entries[at] ?? 0] ?? 0;
    if (position === own) continue;
    if (seen ? seen.has(position) : isAmong(entries, kept, position)) continue;
    seen?.add(position);
    entries[kept++] = position;
  }
  if (kept < entries.length) entries.length = kept;
  return entries;
}

function isAmong(list: readonly number[], count: number, one: number): boolean {
  for (let at = 0; at < count; at++) if (list[at] === one) return true;
  return false;
}

function placesOf(file: TextFile, first: LockEntry, others: readonly LockEntry[]): readonly Span[] {
  const starts = new Set([first.start]);
  const own = others.flatMap(({ start, end }) => {
    if (starts.has(start)) return [];
    starts.add(start);
    return [spanOf({ file, start, end })];
  });
  return [...own, ...[first, ...others].flatMap(({ alsoAt = [] }) => alsoAt)];
}

const byNearness: readonly Relation[] = ["root", "workspace", "direct", "transitive", "unknown"];

function joined(first: LockEntry, others: readonly LockEntry[]): LockEntry {
  const all = [first, ...others];
  const groups = new Set(all.flatMap((entry) => entry.groups ?? []));
  const dependsOn = all.flatMap((entry) => entry.dependsOn ?? []);
  return {
    ...first,
    relation: byNearness.find((relation) => all.some((entry) => entry.relation === relation)) ?? "unknown",
    isDevelopment: all.every(({ isDevelopment }) => isDevelopment),
    groups: [...groups],
    requirement: all.find(({ requirement }) => requirement !== undefined)?.requirement,
    registry: all.find(({ registry }) => registry !== undefined)?.registry,
    integrity: all.find(({ integrity }) => integrity !== undefined)?.integrity,
    licenses: all.find(({ licenses }) => licenses !== undefined)?.licenses,
    versionAt: all.find(({ versionAt }) => versionAt !== undefined)?.versionAt,
    dependsOn: all.every((entry) => entry.dependsOn === undefined) ? undefined : dependsOn,
  };
}

/** By position, 1 for what can be reached from these, themselves included; what a workspace asks for it asks for by itself. */
export function reachedFrom(entries: readonly LockEntry[], starts: readonly number[]): Uint8Array {
  const reached = new Uint8Array(entries.length);
  const open = [...starts];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    if (reached[position] !== 0) continue;
    reached[position] = 1;
    const { relation, dependsOn = [] } = entries[position] ?? {};
    if (relation === "root" || relation === "workspace") continue;
    for (const next of dependsOn) if (reached[next] === 0) open.push(next);
  }
  return reached;
}
