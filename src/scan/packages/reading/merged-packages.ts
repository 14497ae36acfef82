/** Several mentions of one package become one, with all their places. */
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";

/** Positions of the packages that are the same one: by name, by version or else by what is asked for, by source. */
export function samePackages(packages: readonly PackageUse[]): readonly (readonly number[])[] {
  const known = new Map<string, number[]>();
  return packages.flatMap((use, position) => {
    const source = use.source ? JSON.stringify(use.source) : "";
    const key = `${packageKey(use.ecosystem, use.name)}\n${use.version ?? `?${use.requirement ?? ""}`}\n${source}`;
    const same = known.get(key);
    if (same) {
      same.push(position);
      return [];
    }
    const positions = [position];
    known.set(key, positions);
    return [positions];
  });
}

/** Mentions of one package as one, with all places and groups. It is for development only if every mention is. */
export function joinedPackage(mentions: readonly [PackageUse, ...PackageUse[]]): PackageUse {
  const [first, ...others] = mentions;
  if (others.length === 0) return first;
  const groups = [...new Set(mentions.flatMap((use) => use.groups ?? []))];
  return {
    ...first,
    alsoAt: [...(first.alsoAt ?? []), ...others.flatMap(({ at, alsoAt = [] }) => [at, ...alsoAt])],
    relation: mentions.some(({ relation }) => relation === "direct") ? "direct" : first.relation,
    isDevelopment: mentions.every(({ isDevelopment }) => isDevelopment),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

/** Each package once, at the place of its first mention. */
export function merged(packages: readonly PackageUse[]): readonly PackageUse[] {
  return samePackages(packages).flatMap((positions) => {
    const [first, ...others] = positions.flatMap((position) => packages[position] ?? []);
    return first ? [joinedPackage([first, ...others])] : [];
  });
}
