/** yarn.lock of all versions. What is asked for directly and for development stands in the package.json files only. */
import type { SourceFile } from "#model/source-file.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { conflictIn } from "../../reading/json-problems.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { folderMatcher } from "./folder-pattern.ts";
import { isInstalled } from "./installed-path.ts";
import type { LockEntry } from "./lock-entries.ts";
import { filesOfLock, joinProjects, type LockAsk } from "./lock-projects.ts";
import { addNamed, findNamed, type NamedPositions, onlyNamed } from "./named-positions.ts";
import { divideAtName, gitSource, npmSpecOf, remoteSource } from "./npm-spec.ts";
import { readYarnLock, type YarnEntry, type YarnLock } from "./yarn-entries.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "yarn.lock",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "yarn.lock" && !isInstalled(path),
    alone: "always",
    claims: filesOfLock,
    read,
  },
];

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  return readAsText(file, (text) => {
    const lock = readYarnLock(text);
    const entries = lock.entries.map((entry) => entryOf(entry, lock.isBerry));
    const find = finder(lock);
    for (const [position, { dependencies }] of lock.entries.entries()) {
      const dependsOn = entries[position]?.dependsOn;
      for (let at = 0; at < dependencies.length; at += 2) {
        const found = find(dependencies[at] ?? "", dependencies[at + 1] ?? "");
        if (found !== undefined) dependsOn?.push(found);
      }
    }
    joinPatched(lock, entries, find);
    const workspaces = workspacesOf(lock, entries);
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

function entryOf(entry: YarnEntry, isBerry: boolean): LockEntry {
  const { start, end, version, integrity } = entry;
  const known = {
    version,
    start,
    end,
    relation: "transitive",
    isDevelopment: false,
    integrity,
    dependsOn: [],
  } as const;
  return {
    ...known,
    dependsOn: [],
    ...(isBerry || entry.resolution !== undefined ? berryFields(entry) : classicFields(entry)),
  };
}

type Fields = Pick<LockEntry, "name"> & Partial<Pick<LockEntry, "version" | "source" | "relation">>;

const registryTarball = /\/((?:@[^/@]+(?:\/|%2f))?[^/@]+)\/-\/(?:@[^/]+\/)?[^/]+\.tgz(?:[?#]|$)/i;

/** A resolution may have put another package under the name; then only the address tells which. */
function nameOfResolved(name: string, resolved: string | undefined): string {
  if (resolved === undefined || (!resolved.includes("/@") && resolved.includes(`/${name}/-/`))) return name;
  return registryTarball.exec(resolved)?.[1]?.replace(/%2f/i, "/") ?? name;
}

function classicFields({ patterns, resolved }: YarnEntry): Fields {
  const divided = patterns.map(divideAtName);
  const [name = "", range = ""] = divided[0] ?? [];
  for (const [, spec] of divided) {
    const { is, ...asked } = npmSpecOf(spec);
    if (is !== "elsewhere" || !("source" in asked)) continue;
    const { source } = asked;
    // The address that was resolved has the commit too.
    if (resolved === undefined || source.is === "path") return { name, source };
    return {
      name,
      source: source.is === "git" && !resolved.includes("codeload") ? gitSource(resolved) : remoteSource(resolved),
    };
  }
  const alias = npmSpecOf(range);
  return { name: nameOfResolved((alias.is === "registry" ? alias.name : undefined) ?? name, resolved) };
}

function berryFields({ patterns, resolution, version }: YarnEntry): Fields {
  const [name, spec] = divideAtName(resolution ?? patterns[0] ?? "");
  if (spec.startsWith("workspace:")) {
    const folder = folderOfWorkspace(spec);
    const own = {
      name: divideAtName(patterns[0] ?? "")[0],
      version: versionOf(version),
    };
    if (folder === "") return { ...own, relation: "root" };
    return { ...own, relation: "workspace", source: { is: "path", path: folder } };
  }
  const asked = npmSpecOf(spec);
  if (asked.is === "elsewhere") return { name, version: versionOf(version), source: asked.source };
  return { name: asked.is === "registry" ? (asked.name ?? name) : name };
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
function finder({ entries, isBerry }: YarnLock): (name: string, spec: string) => number | undefined {
  const positions: NamedPositions = new Map();
  for (const [position, { patterns }] of entries.entries()) {
    for (const pattern of patterns) addNamed(positions, ...divideAtName(pattern), position);
  }
  return (name, spec) =>
    findNamed(positions, name, spec) ??
    (isBerry ? findNamed(positions, name, `npm:${spec}`) : undefined) ??
    onlyNamed(positions, name);
}

/** Who asks for a package that is patched asks for the one without: both are needed by the same. */
function joinPatched(lock: YarnLock, entries: readonly LockEntry[], find: ReturnType<typeof finder>): void {
  for (const [position, { patterns }] of lock.entries.entries()) {
    for (const pattern of lock.isBerry ? patterns : []) {
      const [name, spec] = divideAtName(pattern);
      const asked = spec.startsWith("patch:") ? npmSpecOf(spec) : undefined;
      const original = asked?.is === "registry" ? find(name, asked.range) : undefined;
      if (original !== undefined && original !== position) entries[original]?.dependsOn?.push(position);
    }
  }
}

function workspacesOf({ entries }: YarnLock, read: readonly LockEntry[]): ReadonlyMap<string, YarnEntry> {
  const workspaces = new Map<string, YarnEntry>();
  for (const [position, entry] of entries.entries()) {
    const { relation, source } = read[position] ?? {};
    if (relation === "root") workspaces.set("", entry);
    else if (relation === "workspace" && source?.is === "path") workspaces.set(source.path, entry);
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
