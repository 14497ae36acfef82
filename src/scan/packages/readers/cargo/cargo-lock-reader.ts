/** `Cargo.lock` with the manifests of its workspace, which tell what only development needs. */
import type { Manifest, PackageSource, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { reachedFrom } from "../../reading/linked-packages.ts";
import { problemAt, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { isManifest, manifestBeside, readManifest } from "./cargo-files.ts";
import { type CargoLock, cargoLock, type LockedCrate } from "./cargo-lock.ts";
import type { CargoManifest, CargoWant } from "./cargo-manifest.ts";

const format = "Cargo.lock";

const cargoLockReader: PackageReader = {
  format,
  ecosystem: "crates.io",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  // A lock file further down has a workspace of its own.
  claims: (path, paths) =>
    paths.under(folderOf(path), "Cargo.toml").filter((one) => paths.nearest(folderOf(one), format) === path),
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

export const readers: readonly PackageReader[] = [cargoLockReader];

interface Member {
  readonly manifest: CargoManifest;
  /** The one beside the lock file is the project itself. */
  readonly isRoot: boolean;
}

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const lock = cargoLock(file);
  const members = membersOf(file, files);
  const graph = graphOf(lock.crates);
  const crates = lock.crates.map((crate, at) => useOf(crate, graph[at] ?? [], lock, members));
  const packages = withRelations(crates, members);
  const root = packages.find(({ relation }) => relation === "root");
  const manifest: Manifest = {
    path: file.path,
    format,
    ecosystem: "crates.io",
    ...(root && { root: { name: root.name, ...(root.version !== undefined && { version: root.version }) } }),
    isLocked: true,
    packages,
  };
  return { manifests: lock.isLock ? [manifest] : [], problems: problemsOf(file, lock) };
}

function membersOf(file: TextFile, files: UnitFiles): ReadonlyMap<string, Member> {
  const found = new Map<string, Member>();
  for (const path of files.paths.filter(isManifest)) {
    const text = textByHand(files.get(path));
    const manifest = text && readManifest(text, files);
    if (manifest?.crate) found.set(manifest.crate.name, { manifest, isRoot: path === manifestBeside(file.path) });
  }
  return found;
}

function useOf(
  crate: LockedCrate,
  dependsOn: readonly number[],
  lock: CargoLock,
  members: ReadonlyMap<string, Member>,
): PackageUse {
  const { name, version, source } = crate;
  const integrity =
    crate.checksum ?? (lock.checksums.size > 0 ? lock.checksums.get(`${name} ${version} (${source})`) : undefined);
  const from = sourceOf(source);
  const registry = registryOf(source);
  const license = source === undefined ? members.get(name)?.manifest.crate?.license : undefined;
  return {
    ecosystem: "crates.io",
    name,
    version,
    at: spanOf(crate.at),
    versionAt: spanOf(crate.versionAt),
    relation: source === undefined ? "workspace" : "transitive",
    isDevelopment: false,
    ...(from && { source: from }),
    ...(registry !== undefined && { registry }),
    ...(integrity !== undefined && integrity !== "<none>" && { integrity }),
    ...(license !== undefined && { licenses: [license] }),
    dependsOn,
  };
}

/** Positions of what each crate asks for. A name alone is enough where the file has one crate of that name. */
function graphOf(crates: readonly LockedCrate[]): readonly (readonly number[])[] {
  const byName = new Map<string, number[]>();
  for (const [position, { name }] of crates.entries()) {
    const known = byName.get(name);
    if (known) known.push(position);
    else byName.set(name, [position]);
  }
  const positionOf = (want: string): number | undefined => {
    const blank = want.indexOf(" ");
    const named = byName.get(blank < 0 ? want : want.slice(0, blank)) ?? [];
    if (named.length < 2 || blank < 0) return named[0];
    const isMeant = ({ name, version, source }: LockedCrate) =>
      want === `${name} ${version}` || want === `${name} ${version} (${source})`;
    return named.find((position) => isMeant(crates[position] as LockedCrate));
  };
  return crates.map(({ wants }) => wants.flatMap((want) => positionOf(want) ?? []));
}

/** `git+https://host/name.git?branch=main#0123abc`; everything else comes from a registry, or lies in the repository. */
function sourceOf(source: string | undefined): PackageSource | undefined {
  if (!source?.startsWith("git+")) return undefined;
  const [, url, commit] = /^git\+([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(source) ?? [];
  return url === undefined ? undefined : { is: "git", url, ...(commit !== undefined && { commit }) };
}

/** Of another one than crates.io. */
function registryOf(source: string | undefined): string | undefined {
  const [, address] = /^(?:registry|sparse)\+(.+)$/.exec(source ?? "") ?? [];
  const isUsual =
    address === undefined || /^https:\/\/(?:github\.com\/rust-lang\/|index\.)crates\.io(?:-index|\/)?$/.test(address);
  return isUsual ? undefined : address;
}

function withRelations(crates: readonly PackageUse[], members: ReadonlyMap<string, Member>): readonly PackageUse[] {
  const own = crates.flatMap(({ relation }, position) => (relation === "workspace" ? [position] : []));
  // A lock file without the project's own crates does not say who asks.
  if (own.length === 0) return crates.map((use) => ({ ...use, relation: "unknown" }));
  const wanted = new Set(own.flatMap((position) => crates[position]?.dependsOn ?? []));
  const requests = requestsOf(crates, own, members);
  const isRoot = rootTest(crates, own, wanted, members);
  const starts = new Set(own.filter((position) => !isDevelopmentOnly(requests.get(position))));
  for (const position of wanted) if (!isDevelopmentOnly(requests.get(position))) starts.add(position);
  const needed = reachedFrom(withoutDevelopment(crates, members), starts);
  return crates.map((use, position): PackageUse => {
    if (use.relation === "workspace") return isRoot(position) ? { ...use, relation: "root" } : use;
    const asked = requests.get(position);
    if (!asked) {
      const isDirect = wanted.has(position);
      return !isDirect && needed.has(position)
        ? use
        : { ...use, relation: isDirect ? "direct" : "transitive", isDevelopment: !needed.has(position) };
    }
    const groups = [...new Set(asked.flatMap(groupsOf))];
    const requirement = asked.find((want) => want.requirement !== undefined)?.requirement;
    return {
      ...use,
      relation: wanted.has(position) ? "direct" : "transitive",
      isDevelopment: !needed.has(position),
      ...(groups.length > 0 && { groups }),
      ...(requirement !== undefined && { requirement }),
      ...(asked.length > 0 && { alsoAt: asked.map(({ at }) => spanOf(at)) }),
    };
  });
}

/** What the manifests of the repository say about each crate that one of its own crates depends on. */
function requestsOf(
  crates: readonly PackageUse[],
  own: readonly number[],
  members: ReadonlyMap<string, Member>,
): ReadonlyMap<number, readonly CargoWant[]> {
  const found = new Map<number, CargoWant[]>();
  for (const position of own) {
    const wants = members.get(crates[position]?.name ?? "")?.manifest.wants ?? [];
    const byName = Map.groupBy(wants, ({ name }) => name);
    for (const target of crates[position]?.dependsOn ?? []) {
      const asked = byName.get(crates[target]?.name ?? "") ?? [];
      found.set(target, [...(found.get(target) ?? []), ...asked]);
    }
  }
  return found;
}

function isDevelopmentOnly(asked: readonly CargoWant[] | undefined): boolean {
  return asked !== undefined && asked.length > 0 && asked.every(({ section }) => section === "dev");
}

function groupsOf({ section, isOptional }: CargoWant): readonly string[] {
  return [...(section === "normal" ? [] : [section]), ...(isOptional ? ["optional"] : [])];
}

/** Crates of the repository lead on only to what they do not ask for in development alone. */
function withoutDevelopment(
  crates: readonly PackageUse[],
  members: ReadonlyMap<string, Member>,
): readonly PackageUse[] {
  return crates.map((use) => {
    const wants = use.relation === "workspace" ? members.get(use.name)?.manifest.wants : undefined;
    if (!wants) return use;
    const byName = Map.groupBy(wants, ({ name }) => name);
    const dependsOn = (use.dependsOn ?? []).filter((at) => !isDevelopmentOnly(byName.get(crates[at]?.name ?? "")));
    return { ...use, dependsOn };
  });
}

/** Without manifests the project is the only crate of the repository on which no other one depends. */
function rootTest(
  crates: readonly PackageUse[],
  own: readonly number[],
  wanted: ReadonlySet<number>,
  members: ReadonlyMap<string, Member>,
): (position: number) => boolean {
  if (members.size > 0) return (position) => members.get(crates[position]?.name ?? "")?.isRoot === true;
  const tops = own.filter((position) => !wanted.has(position));
  return (position) => tops.length === 1 && tops[0] === position;
}

function problemsOf(file: TextFile, lock: CargoLock): readonly Problem[] {
  if (!lock.isLock && file.text.trim() !== "") {
    const message = 'This is no Cargo.lock: entries "[[package]]" were expected. Nothing was read from it.';
    return [problemAt({ file, start: 0, end: 0 }, "syntax", message)];
  }
  const message = "Here an entry with name and version was expected, as Cargo writes it. The other entries were read.";
  return lock.trouble ? [problemAt(lock.trouble, "syntax", message)] : [];
}
