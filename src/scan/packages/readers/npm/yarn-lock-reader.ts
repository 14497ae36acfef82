/** yarn.lock of all versions. What is asked for directly and for development stands in the package.json files only. */
import type { SourceFile } from "#model/source-file.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { conflictIn } from "../../reading/json-problems.ts";
import { problemAt, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { folderMatcher } from "./folder-pattern.ts";
import { isInstalled } from "./installed-path.ts";
import type { LockEntry } from "./lock-entries.ts";
import { filesOfLock, joinProjects, type LockAsk, markPlace } from "./lock-projects.ts";
import { addNamed, findNamed, type NamedPositions, onlyNamed } from "./named-positions.ts";
import { divideAtName, gitSource, npmSpecOf, remoteSource } from "./npm-spec.ts";
import { type PnpmWorkspace, readPnpmWorkspace } from "./pnpm-workspace.ts";
import { type RegistryOf, registryReader } from "./registry-of.ts";
import { readYarnLock, type YarnEntry, type YarnLock } from "./yarn-entries.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "yarn.lock",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "yarn.lock" && !isInstalled(path),
    alone: "always",
    claims: (path, paths) => [...filesOfLock(path, paths), settingsBeside(path)],
    read,
  },
];

function settingsBeside(path: string): string {
  const folder = folderOf(path);
  return folder === "" ? ".yarnrc.yml" : `${folder}/.yarnrc.yml`;
}

type Catalogs = PnpmWorkspace["catalogs"];

/** Yarn 4.10 and later writes them like pnpm. */
function catalogsBeside(path: string, files: UnitFiles): Catalogs {
  const settings = textByHand(files.get(settingsBeside(path)));
  return settings ? readPnpmWorkspace(settings).catalogs : new Map();
}

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  return readAsText(file, (text) => {
    const lock = readYarnLock(text);
    const registryOf = registryReader();
    const entries = lock.entries.map((entry) => entryOf(entry, lock.isBerry, registryOf));
    const catalogs = catalogsBeside(file.path, files);
    const find = finder(lock, catalogs);
    for (let position = 0; position < entries.length; position++) {
      const dependencies = lock.entries[position]?.dependencies ?? [];
      const dependsOn = entries[position]?.dependsOn;
      for (let at = 0; at < dependencies.length; at += 2) {
        const found = find(dependencies[at] ?? "", dependencies[at + 1] ?? "");
        if (found !== undefined) dependsOn?.push(found);
      }
    }
    joinPatched(lock, entries, find);
    const workspaces = workspacesOf(lock, entries);
    markCatalogs(workspaces, entries, find, catalogs);
    return joinProjects(
      {
        file: text,
        format: "yarn.lock",
        entries,
        asks: [...workspaces].flatMap(([folder, { dependencies }]) => asksOf(folder, dependencies)),
        root: { name: entries.find(({ relation }) => relation === "root")?.name },
        projects: (root) => (lock.isBerry ? (folder) => workspaces.has(folder) : folderMatcher(root?.workspaces ?? [])),
        // Yarn leaves peers to those who ask for the package.
        resolve: ({ name, spec, section }) => (section === "peerDependencies" ? undefined : find(name, spec)),
        hasFlags: false,
        problems: problemsOf(text, lock),
      },
      files,
    );
  });
}

function entryOf(entry: YarnEntry, isBerry: boolean, registryOf: RegistryOf): LockEntry {
  const { start, end, integrity, resolved, resolution } = entry;
  const fields = isBerry || resolution !== undefined ? berryFields(entry) : classicFields(entry);
  const { name, version, source, relation = "transitive" } = fields;
  const registry = registryOf(resolution === undefined ? resolved : archiveOf(resolution));
  return { name, version, start, end, relation, isDevelopment: false, source, registry, integrity, dependsOn: [] };
}

const archiveMark = "::__archiveUrl=";

/** Later Yarns write an address only if it is not the one that follows from the registry. */
function archiveOf(resolution: string): string | undefined {
  const at = resolution.indexOf(archiveMark);
  if (at < 0) return undefined;
  try {
    return decodeURIComponent(resolution.slice(at + archiveMark.length).split("&", 1)[0] ?? "");
  } catch {
    return undefined;
  }
}

type Fields = Pick<LockEntry, "name" | "version"> & Partial<Pick<LockEntry, "source" | "relation">>;

const registryTarball = /\/((?:@[^/@]+(?:\/|%2f))?[^/@]+)\/-\/(?:@[^/]+\/)?[^/]+\.tgz(?:[?#]|$)/i;

/** A resolution may have put another package under the name; then only the address tells which. */
function nameOfResolved(name: string, resolved: string | undefined): string {
  if (resolved === undefined || (!resolved.includes("/@") && resolved.includes(`/${name}/-/`))) return name;
  return registryTarball.exec(resolved)?.[1]?.replace(/%2f/i, "/") ?? name;
}

function classicFields({ asked, resolved, version }: YarnEntry): Fields {
  const [name = "", range = ""] = asked;
  for (let at = 1; at < asked.length; at += 2) {
    const spec = npmSpecOf(asked[at] ?? "");
    if (spec.is !== "elsewhere") continue;
    const { source } = spec;
    // The address that was resolved has the commit too.
    if (resolved === undefined || source.is === "path") return { name, version, source };
    const isGit = source.is === "git" && !resolved.includes("codeload");
    return { name, version, source: isGit ? gitSource(resolved) : remoteSource(resolved) };
  }
  const alias = npmSpecOf(range);
  return { name: nameOfResolved((alias.is === "registry" ? alias.name : undefined) ?? name, resolved), version };
}

function berryFields({ asked: [first = "", range = ""], resolution, version }: YarnEntry): Fields {
  const [name, spec] = resolution === undefined ? [first, range] : divideAtName(resolution);
  if (spec.startsWith("workspace:")) {
    const folder = folderOfWorkspace(spec);
    const own = { name: first, version: versionOf(version) };
    if (folder === "") return { ...own, relation: "root" };
    return { ...own, relation: "workspace", source: { is: "path", path: folder } };
  }
  const asked = npmSpecOf(spec);
  if (asked.is === "elsewhere") return { name, version: versionOf(version), source: asked.source };
  return { name: asked.is === "registry" ? (asked.name ?? name) : name, version };
}

/** What lies in the repository has no version to Yarn. */
function versionOf(version: string | undefined): string | undefined {
  return version === "0.0.0-use.local" ? undefined : version;
}

function folderOfWorkspace(spec: string): string {
  const folder = spec.slice("workspace:".length);
  return folder === "." ? "" : folder;
}

/** Finds the entry that a name and a range lead to. A resolution of the project's own may have put another range there. */
function finder(
  { entries, isBerry }: YarnLock,
  catalogs: Catalogs,
): (name: string, spec: string) => number | undefined {
  const positions: NamedPositions = new Map();
  for (let position = 0; position < entries.length; position++) {
    const asked = entries[position]?.asked ?? [];
    for (let at = 0; at < asked.length; at += 2) addNamed(positions, asked[at] ?? "", asked[at + 1] ?? "", position);
  }
  return (name, written) => {
    const spec = written.startsWith("catalog:") ? (catalogs.get(`${written}\n${name}`)?.spec ?? written) : written;
    return (
      findNamed(positions, name, spec) ??
      (isBerry ? findNamed(positions, name, `npm:${spec}`) : undefined) ??
      onlyNamed(positions, name)
    );
  };
}

/** A version that a catalogue decides is edited there. */
function markCatalogs(
  workspaces: ReadonlyMap<string, YarnEntry>,
  entries: readonly LockEntry[],
  find: ReturnType<typeof finder>,
  catalogs: Catalogs,
): void {
  if (catalogs.size === 0) return;
  const marked = new Set<string>();
  for (const { dependencies } of workspaces.values()) {
    for (let at = 0; at < dependencies.length; at += 2) {
      const [name = "", spec = ""] = [dependencies[at], dependencies[at + 1]];
      const key = `${spec}\n${name}`;
      const shared = catalogs.get(key);
      const entry = entries[find(name, spec) ?? -1];
      if (!shared || !entry || marked.has(key)) continue;
      marked.add(key);
      entry.requirement ??= shared.spec;
      markPlace(entry, shared);
    }
  }
}

/** Who asks for a package that is patched asks for the one without: both are needed by the same. */
function joinPatched(lock: YarnLock, entries: readonly LockEntry[], find: ReturnType<typeof finder>): void {
  if (!lock.isBerry) return;
  for (const [position, { asked }] of lock.entries.entries()) {
    for (let at = 0; at < asked.length; at += 2) {
      const spec = asked[at + 1] ?? "";
      const patched = spec.startsWith("patch:") ? npmSpecOf(spec) : undefined;
      const original = patched?.is === "registry" ? find(asked[at] ?? "", patched.range) : undefined;
      if (original !== undefined && original !== position) entries[original]?.dependsOn?.push(position);
    }
  }
}

function workspacesOf({ entries }: YarnLock, read: readonly LockEntry[]): ReadonlyMap<string, YarnEntry> {
  const workspaces = new Map<string, YarnEntry>();
  for (let position = 0; position < entries.length; position++) {
    const [entry, known] = [entries[position], read[position]];
    if (entry && known?.relation === "root") workspaces.set("", entry);
    else if (entry && known?.relation === "workspace" && known.source?.is === "path")
      workspaces.set(known.source.path, entry);
  }
  return workspaces;
}

function asksOf(folder: string, dependencies: readonly string[]): readonly LockAsk[] {
  const asks: LockAsk[] = [];
  for (let at = 0; at < dependencies.length; at += 2) {
    const spec = (dependencies[at + 1] ?? "").replace(/^npm:/, "");
    asks.push({ folder, name: dependencies[at] ?? "", spec, section: "dependencies" });
  }
  return asks;
}

function problemsOf(file: TextFile, { conflictAt, mistakeAt }: YarnLock) {
  const problems = conflictAt === undefined ? [] : [conflictIn(file, conflictAt)];
  if (mistakeAt === undefined) return problems;
  const message =
    "This line is none of a yarn.lock: an entry with a colon at its end was expected. The other lines were read.";
  return [...problems, problemAt({ file, start: mistakeAt, end: mistakeAt }, "syntax", message)];
}
