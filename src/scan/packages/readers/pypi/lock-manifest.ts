/** Makes a manifest of the entries of a Python lock file: the graph, what was asked for directly, what is for development. */
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackagesRead } from "../../package-reader.ts";
import { problemAt, problemOfFormat } from "../../reading/manifest-text.ts";
import { joinedPackage, samePackages } from "../../reading/merged-packages.ts";
import type { AskedFor } from "./asked-for.ts";
import type { LockEntries, LockEntry } from "./lock-entries.ts";

export interface Drafted {
  readonly entry: LockEntry;
  /** Names, and `name@version` where the entry says which of several it means. */
  readonly wants: readonly string[];
  readonly relation?: Relation;
  readonly source?: PackageSource;
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
}

export function lockManifest({ file, format, lock, drafts, asked }: LockReading): PackagesRead {
  const uses = oncePerVersion(drafts.map(useOf), drafts);
  const linkedUses = withLinks(uses);
  const packages = withRelations(linkedUses, asked);
  const root = asked?.root;
  const manifest: Manifest = {
    path: file.path,
    format,
    ecosystem: "PyPI",
    ...(root ? { root } : {}),
    isLocked: true,
    packages,
  };
  return { manifests: [manifest], problems: [...lock.problems.map(problemOfFormat), ...noLock(file, format, lock)] };
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
  readonly wants: readonly string[];
  readonly isDevelopment: boolean | undefined;
}

function useOf({ entry, relation = "unknown", source, groups = [], isDevelopment = false }: Drafted): PackageUse {
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
    ...(source ? { source } : {}),
  };
}

/** The same version twice, for other extras or platforms, is one package with two places. */
function oncePerVersion(uses: readonly PackageUse[], drafts: readonly Drafted[]): readonly Linking[] {
  return samePackages(uses).flatMap((positions) => {
    const [first, ...others] = positions.flatMap((position) => uses[position] ?? []);
    if (!first) return [];
    const same = positions.flatMap((position) => drafts[position] ?? []);
    const isSaid = same.every(({ isDevelopment }) => isDevelopment !== undefined);
    return [
      {
        use: joinedPackage([first, ...others]),
        wants: same.flatMap(({ wants }) => wants),
        isDevelopment: isSaid ? same.every(({ isDevelopment }) => isDevelopment) : undefined,
      },
    ];
  });
}

/** More of one name are an attack: products of large numbers are refused. */
const mostMentions = 20;

/** A name without a version means every version of it: which one is taken depends on the machine. */
function withLinks(linking: readonly Linking[]): readonly (Linking & { readonly use: PackageUse })[] {
  const positions = new Map<string, number[]>();
  const note = (key: string, position: number): void => {
    const known = positions.get(key);
    if (known) known.push(position);
    else positions.set(key, [position]);
  };
  for (const [position, { use }] of linking.entries()) {
    const name = packageKey("PyPI", use.name);
    note(name, position);
    if (use.version !== undefined) note(`${name}@${use.version}`, position);
  }
  return linking.map((one) => ({
    ...one,
    use: {
      ...one.use,
      dependsOn: [...new Set(one.wants.flatMap((want) => (positions.get(want) ?? []).slice(0, mostMentions)))],
    },
  }));
}

function withRelations(linking: readonly Linking[], asked: AskedFor | undefined): readonly PackageUse[] {
  const uses = linking.map(({ use }) => use);
  const wanted = new Set(uses.flatMap(({ dependsOn = [] }) => dependsOn));
  const isForProduction = productionIn(uses, asked);
  return linking.map(({ use, isDevelopment }, position) => {
    const names = asked?.byName.get(packageKey("PyPI", use.name));
    const relation = relationOf(use, names !== undefined, asked !== undefined, wanted.has(position));
    const isForDevelopment = isDevelopment ?? (isForProduction ? !isForProduction.has(position) : use.isDevelopment);
    const alsoAt = [...(use.alsoAt ?? []), ...(names?.slice(0, mostMentions).flatMap(({ at }) => at ?? []) ?? [])];
    return {
      ...use,
      relation,
      isDevelopment: relation === "root" || relation === "workspace" ? false : isForDevelopment,
      ...(alsoAt.length > 0 ? { alsoAt } : {}),
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
function productionIn(uses: readonly PackageUse[], asked: AskedFor | undefined): ReadonlySet<number> | undefined {
  if (!asked) return undefined;
  const isForProduction = ({ name }: PackageUse) =>
    asked.byName.get(packageKey("PyPI", name))?.some(({ isDevelopment }) => !isDevelopment) === true;
  const reached = new Set(uses.flatMap((use, position) => (isForProduction(use) ? [position] : [])));
  for (const position of reached) {
    const use = uses[position];
    if (!use || use.relation === "root" || use.relation === "workspace") continue;
    for (const next of use.dependsOn ?? []) reached.add(next);
  }
  return reached;
}
