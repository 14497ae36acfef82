/** Makes a manifest of the entries of a Python lock file: the graph, what was asked for directly, what is for development. */
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackagesRead, UnitFiles } from "../../package-reader.ts";
import { problemAt, problemOfFormat } from "../../reading/manifest-text.ts";
import { joinedPackage, samePackages } from "../../reading/merged-packages.ts";
import type { AskedFor } from "./asked-for.ts";
import type { LockEntries, LockEntry } from "./lock-entries.ts";
import { brokenProjects } from "./project-beside.ts";

export interface Drafted {
  readonly entry: LockEntry;
  /** Names, and `name@version` where the entry says which of several it means. */
  readonly wants: readonly string[];
  readonly relation?: Relation;
  readonly source?: PackageSource;
  /** See `PackageUse`; nothing where there is a source. */
  readonly registry?: string | undefined;
  readonly groups?: readonly string[];
  /** As the entry itself says it; otherwise it follows from the graph. */
  readonly isDevelopment?: boolean;
}

export interface LockReading {
  readonly file: TextFile;
  readonly format: string;
  readonly lock: LockEntries;
  readonly drafts: readonly Drafted[];
  /** What the project beside it asks for, if it is there. */
  readonly asked: AskedFor | undefined;
  readonly files: UnitFiles;
}

export function lockManifest({ file, format, lock, drafts, asked, files }: LockReading): PackagesRead {
  const packages = withRelations(oncePerVersion(drafts.map(useOf), drafts), asked);
  const root = asked?.root;
  const manifest: Manifest = {
    path: file.path,
    format,
    ecosystem: "PyPI",
    ...(root ? { root } : {}),
    isLocked: true,
    packages,
    ...(asked?.feeds && { feeds: asked.feeds }),
  };
  const own = [...lock.problems.map(problemOfFormat), ...noLock(file, format, lock)];
  return { manifests: [manifest], problems: [...own, ...brokenProjects(files)] };
}

/** A file that holds other things than a lock file has. */
function noLock(file: TextFile, format: string, lock: LockEntries): readonly Problem[] {
  if (
    lock.isEmpty ||
    lock.problems.length > 0 ||
    lock.entries.length > 0 ||
    /^\s*(?:#|\[|[\w"'.-]+\s*=)/m.test(file.text.slice(0, 4000))
  )
    return [];
  return [
    problemAt(
      { file, start: 0, end: 0 },
      "syntax",
      `A ${format} was expected, but nothing of one stands in this file.`,
    ),
  ];
}

interface Linking {
  readonly use: PackageUse;
  readonly key: string;
  readonly wants: readonly string[];
  readonly isDevelopment: boolean | undefined;
}

function useOf(draft: Drafted): PackageUse {
  const { entry, relation = "unknown", source, registry, groups = [], isDevelopment = false } = draft;
  const { name, version, versionAt, at } = entry;
  return {
    ecosystem: "PyPI",
    name,
    ...(version === undefined ? {} : { version }),
    at: spanOf(at),
    ...(versionAt ? { versionAt: spanOf(versionAt) } : {}),
    relation,
    isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
    ...(source ? { source } : registry === undefined ? {} : { registry: withoutUser(registry) }),
  };
}

function withoutUser(address: string): string {
  return address.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
}

/** The same version twice, for other extras or platforms, is one package with two places. */
function oncePerVersion(uses: readonly PackageUse[], drafts: readonly Drafted[]): readonly Linking[] {
  return samePackages(uses).flatMap((positions) => {
    const [position = 0] = positions;
    const first = uses[position];
    if (!first) return [];
    const { wants, isDevelopment } = drafts[position] ?? { wants: [] };
    const key = packageKey("PyPI", first.name);
    if (positions.length === 1) return [{ use: first, key, wants, isDevelopment }];
    const same = positions.flatMap((other) => drafts[other] ?? []);
    const isSaid = same.every((draft) => draft.isDevelopment !== undefined);
    return [
      {
        use: joinedPackage([first, ...positions.slice(1).flatMap((other) => uses[other] ?? [])]),
        key,
        wants: same.flatMap((draft) => draft.wants),
        isDevelopment: isSaid ? same.every((draft) => draft.isDevelopment) : undefined,
      },
    ];
  });
}

/** More of one name are an attack: products of large numbers are refused. */
const mostMentions = 20;

/** A name without a version means every version of it: which one is taken depends on the machine. */
function linksOf(linking: readonly Linking[]): readonly (readonly number[])[] {
  const positions = new Map<string, number[]>();
  for (const [position, { key }] of linking.entries()) {
    const known = positions.get(key);
    if (!known) positions.set(key, [position]);
    else if (known.length < mostMentions) known.push(position);
  }
  const meant = (want: string): readonly number[] => {
    const at = want.indexOf("@");
    const all = positions.get(at < 0 ? want : want.slice(0, at)) ?? [];
    return at < 0 ? all : all.filter((position) => linking[position]?.use.version === want.slice(at + 1));
  };
  return linking.map(({ wants }) => (wants.length === 0 ? [] : [...new Set(wants.flatMap(meant))]));
}

function withRelations(linking: readonly Linking[], asked: AskedFor | undefined): readonly PackageUse[] {
  const links = linksOf(linking);
  const wanted = new Set(links.flat());
  const production = productionIn(linking, links, asked);
  return linking.map(({ use, key, isDevelopment }, position) => {
    const mentions = asked?.byName.get(key);
    const relation = relationOf(use, mentions !== undefined, asked !== undefined, wanted.has(position));
    const isOwn = relation === "root" || relation === "workspace";
    const isForDevelopment = isDevelopment ?? (production ? !production.has(position) : use.isDevelopment);
    const places = mentions?.slice(0, mostMentions).flatMap(({ at }) => at ?? []) ?? [];
    return {
      ...use,
      relation,
      isDevelopment: !isOwn && isForDevelopment,
      dependsOn: links[position] ?? [],
      ...(places.length > 0 ? { alsoAt: [...(use.alsoAt ?? []), ...places] } : {}),
    };
  });
}

/** What nothing else in the lock file asks for was asked for by the project: why else would it be there? */
function relationOf({ relation }: PackageUse, isAsked: boolean, isKnown: boolean, isWanted: boolean): Relation {
  if (relation !== "unknown") return relation;
  if (isKnown) return isAsked ? "direct" : "transitive";
  return isWanted ? "unknown" : "direct";
}

/**
 * Undefined where nobody says what production asks for. Projects of the workspace are not gone through: what they ask for is
 * known, and some of it is for development.
 */
function productionIn(
  linking: readonly Linking[],
  links: readonly (readonly number[])[],
  asked: AskedFor | undefined,
): ReadonlySet<number> | undefined {
  if (!asked) return undefined;
  const isForProduction = (key: string) => asked.byName.get(key)?.some(({ isDevelopment }) => !isDevelopment) === true;
  const reached = new Set(linking.flatMap(({ key }, position) => (isForProduction(key) ? [position] : [])));
  for (const position of reached) {
    const relation = linking[position]?.use.relation;
    if (relation === "root" || relation === "workspace") continue;
    for (const next of links[position] ?? []) reached.add(next);
  }
  return reached;
}
