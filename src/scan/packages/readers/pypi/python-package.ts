/** A requirement as a package of a manifest. */
import { packageKey } from "#model/package-key.ts";
import type { PackageUse, Relation } from "#model/package-manifest.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import type { PythonRequirement } from "./python-requirement.ts";

export interface Asked {
  /** The whole entry. */
  readonly at: Place;
  /** Offset in the file of the text that was read as the requirement. */
  readonly offset: number;
  readonly relation: Relation;
  readonly isDevelopment: boolean;
  readonly groups?: readonly string[];
}

export function packageOf(requirement: PythonRequirement, asked: Asked): PackageUse {
  const { name, version, specifier, versionAt, source } = requirement;
  const { at, offset, relation, isDevelopment, groups = [] } = asked;
  const place = versionAt && { file: at.file, start: offset + versionAt[0], end: offset + versionAt[1] };
  return {
    ecosystem: "PyPI",
    name,
    ...(version === undefined ? {} : { version }),
    ...(specifier === "" ? {} : { requirement: specifier }),
    at: spanOf(at),
    ...(place ? { versionAt: spanOf(place) } : {}),
    relation,
    isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
    ...(source ? { source } : {}),
  };
}

/** Groups, extras and files whose names say that nothing in production needs them. */
const developmentWords: ReadonlySet<string> = new Set([
  ..."dev devel develop development test tests testing lint linting linters format doc docs documentation ci qa".split(
    " ",
  ),
  ..."typing types mypy bench benchmark benchmarks tox nox pytest pre precommit coverage style".split(" "),
]);

export function isDevelopmentName(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => developmentWords.has(word));
}

/** Positions of the packages that are the same one: by name, by version or else by what is asked for, by source. */
export function samePackages(packages: readonly PackageUse[]): readonly (readonly number[])[] {
  const byKey = new Map<string, number[]>();
  for (const [position, use] of packages.entries()) {
    const source = use.source ? JSON.stringify(use.source) : "";
    const key = [packageKey(use.ecosystem, use.name), use.version ?? `?${use.requirement ?? ""}`, source].join("\n");
    const known = byKey.get(key);
    if (known) known.push(position);
    else byKey.set(key, [position]);
  }
  return [...byKey.values()];
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

export function merged(packages: readonly PackageUse[]): readonly PackageUse[] {
  return samePackages(packages).flatMap((positions) => {
    const [first, ...others] = positions.flatMap((position) => packages[position] ?? []);
    return first ? [joinedPackage([first, ...others])] : [];
  });
}
