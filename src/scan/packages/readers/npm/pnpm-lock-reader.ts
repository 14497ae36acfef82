/** pnpm-lock.yaml, versions 5 to 9. A package that is installed several times with other peers is one, needed as its most needed. */
import type { SourceFile } from "#model/source-file.ts";
import {
  nothingRead,
  type PackageReader,
  type PackagesRead,
  type RepositoryPaths,
  type UnitFiles,
} from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { isInstalled } from "./installed-path.ts";
import type { LockEntry } from "./lock-entries.ts";
import { filesOfLock, joinProjects, type LockAsk, markPlace, nearestLockIsIn } from "./lock-projects.ts";
import { addNamed, findNamed, type NamedPositions } from "./named-positions.ts";
import { type PnpmAsk, type PnpmEntry, type PnpmLock, readPnpmLock, resolutionOf } from "./pnpm-entries.ts";
import { packageOfKey, withoutPeers, wordsOfKey } from "./pnpm-keys.ts";
import { type PnpmWorkspace, readPnpmWorkspace, type SharedRange } from "./pnpm-workspace.ts";
import { type RegistryOf, registryReader } from "./registry-of.ts";

const workspaceName = "pnpm-workspace.yaml";

export const readers: readonly PackageReader[] = [
  {
    format: "pnpm-lock.yaml",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "pnpm-lock.yaml" && !isInstalled(path),
    alone: "always",
    claims: (path, paths) => [...filesOfLock(path, paths), ...projectsOfRush(path, paths), besideLock(path)],
    read,
  },
  {
    format: workspaceName,
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === workspaceName && !isInstalled(path),
    alone: "never",
    read: () => nothingRead,
  },
];

function besideLock(path: string): string {
  const folder = folderOf(path);
  return folder === "" ? workspaceName : `${folder}/${workspaceName}`;
}

/** The root of a repository that Rush builds: its lock file lies in `common/config/rush` and is used in `common/temp`. */
function rootOfRush(path: string): string | undefined {
  const found = /^(?:(.+)\/)?common\/config\/rush\/pnpm-lock\.yaml$/.exec(path);
  return found ? (found[1] ?? "") : undefined;
}

function projectsOfRush(path: string, paths: RepositoryPaths): readonly string[] {
  const root = rootOfRush(path);
  if (root === undefined) return [];
  return paths.under(root, "package.json").filter((project) => nearestLockIsIn(root, folderOf(project), paths));
}

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  const root = rootOfRush(file.path);
  const folder = root === undefined ? undefined : `${root === "" ? "" : `${root}/`}common/temp`;
  return readAsText(file, (text) => {
    const lock = readPnpmLock(text);
    const { entries, find } = entriesOf(lock);
    const byAsk = new Map<string, number>();
    for (const { folder, name, version = "" } of lock.asks) {
      const found = find(name, version);
      if (found !== undefined) byAsk.set(`${folder}\n${name}`, found);
    }
    const workspace = textFileOf(files.get(besideLock(file.path)));
    if (workspace) markShared(lock, entries, byAsk, readPnpmWorkspace(workspace));
    return joinProjects(
      {
        file: text,
        folder,
        format: "pnpm-lock.yaml",
        entries,
        asks: lock.asks.map((ask) => askOf(ask, lock)),
        projects: () => (folder) => lock.folders.has(folder),
        resolve: ({ folder, name }) => byAsk.get(`${folder}\n${name}`),
        hasFlags: lock.packages.some(({ isDevelopment }) => isDevelopment !== undefined),
        problems: lock.problems,
      },
      files,
    );
  });
}

/** A version that a catalogue decides is edited there, and one that is overridden where it is overridden. */
function markShared(
  { asks, specifiers }: PnpmLock,
  entries: readonly LockEntry[],
  byAsk: ReadonlyMap<string, number>,
  { catalogs, overrides }: PnpmWorkspace,
): void {
  const marked = new Set<SharedRange>();
  for (const { folder, name, specifier } of asks) {
    const key = `${folder}\n${name}`;
    const shared = catalogs.get(`${specifier ?? specifiers.get(key) ?? ""}\n${name}`);
    const entry = entries[byAsk.get(key) ?? -1];
    if (!shared || !entry || marked.has(shared)) continue;
    marked.add(shared);
    entry.requirement ??= shared.spec;
    markPlace(entry, shared);
  }
  if (overrides.size === 0) return;
  for (const entry of entries) {
    const shared = overrides.get(entry.name);
    if (shared) markPlace(entry, shared);
  }
}

function askOf({ folder, name, specifier, section, version }: PnpmAsk, { specifiers }: PnpmLock): LockAsk {
  const spec = specifier ?? specifiers.get(`${folder}\n${name}`) ?? version ?? "";
  if (section === "dependencies" || section === "optionalDependencies") return { folder, name, spec, section };
  // What configures or runs pnpm itself is in no product either.
  return { folder, name, spec, section: "devDependencies" };
}

interface Entries {
  readonly entries: LockEntry[];
  readonly find: (name: string, words: string) => number | undefined;
}

/** Since version 9 `packages` says what they are, and `snapshots`, once for each set of peers, what they lead to. */
function entriesOf(lock: PnpmLock): Entries {
  const entries: LockEntry[] = [];
  const byName: NamedPositions = new Map();
  const wants: (readonly string[])[] = [];
  const registryOf = registryReader();
  const add: Add = (entry, snapshot) => {
    const named = packageOfKey(entry, lock.version);
    if (!named) return;
    const [name, words] = wordsOfKey(snapshot.key, lock.version);
    addNamed(byName, name, words, entries.length);
    wants.push(snapshot.dependencies ?? nothing);
    entries.push(entryOf(entry, snapshot, named, registryOf));
  };
  // An alias and what comes from elsewhere are led to by their whole keys.
  const find = (name: string, words: string): number | undefined =>
    findNamed(byName, name, words) ?? findNamed(byName, ...wordsOfKey(words, lock.version));
  addSnapshots(lock, add);
  for (let position = 0; position < entries.length; position++) {
    const dependencies = wants[position] ?? nothing;
    const dependsOn = entries[position]?.dependsOn;
    for (let at = 0; at < dependencies.length; at += 2) {
      const found = find(dependencies[at] ?? "", dependencies[at + 1] ?? "");
      if (found !== undefined) dependsOn?.push(found);
    }
  }
  return { entries, find };
}

const nothing: readonly string[] = [];

type Add = (entry: PnpmEntry, snapshot: PnpmEntry) => void;

function addSnapshots({ packages, snapshots }: PnpmLock, add: Add): void {
  let at = 0;
  for (let index = 0; index < packages.length; index++) {
    const entry = packages[index];
    if (!entry) continue;
    const first = at;
    while (at < snapshots.length && withoutPeers(snapshots[at]?.key ?? "") === entry.key)
      add(entry, snapshots[at++] ?? entry);
    if (at > first) continue;
    if (at < snapshots.length) {
      // Both are in the same order as pnpm writes them; here they are not.
      addInAnyOrder(packages.slice(index), snapshots.slice(at), add);
      return;
    }
    add(entry, entry);
  }
  for (const snapshot of snapshots.slice(at)) add(snapshot, snapshot);
}

function addInAnyOrder(packages: readonly PnpmEntry[], snapshots: readonly PnpmEntry[], add: Add): void {
  const byPackage = Map.groupBy(snapshots, ({ key }) => withoutPeers(key));
  for (const entry of packages) {
    for (const snapshot of byPackage.get(entry.key) ?? [entry]) add(entry, snapshot);
  }
  const known = new Set(packages.map(({ key }) => key));
  for (const snapshot of snapshots) if (!known.has(withoutPeers(snapshot.key))) add(snapshot, snapshot);
}

function entryOf(entry: PnpmEntry, snapshot: PnpmEntry, named: Named, registryOf: RegistryOf): LockEntry {
  const { name, version, source } = named;
  const { start, end, isDevelopment = false } = entry;
  const isOptional = snapshot.isOptional === true;
  const groups =
    isDevelopment || isOptional ? [...(isDevelopment ? ["dev"] : []), ...(isOptional ? ["optional"] : [])] : undefined;
  const integrity = resolutionOf(entry, "integrity");
  // Both are there only if they do not follow from the settings of whoever made the file.
  const registry = registryOf(resolutionOf(entry, "registry") ?? resolutionOf(entry, "tarball"));
  const rest = { isDevelopment, groups, source, registry, integrity, dependsOn: [] };
  return { name, version, start, end, relation: "transitive", ...rest };
}

type Named = NonNullable<ReturnType<typeof packageOfKey>>;
