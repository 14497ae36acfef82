/**
 * Joins a lock file with the package.json files that it was made for: they tell what is asked for directly, what only
 * development needs, and where a version can be edited. Those that it was not made for are read for themselves.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { feedSettingsNames } from "../../feed-settings.ts";
import type { PackagesRead, RepositoryPaths, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { noticeAt, textFileOf } from "../../reading/manifest-text.ts";
import { type LockEntry, packagesOf, reachedFrom } from "./lock-entries.ts";
import { npmSpecOf } from "./npm-spec.ts";
import { pinPlace } from "./pin-place.ts";
import { type Ask, type ProjectFile, readProjectFile, type Section } from "./project-file.ts";
import { manifestOfProject } from "./project-manifest.ts";

export const lockNames = [
  "npm-shrinkwrap.json",
  "package-lock.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
] as const;

/** The package.json beside a lock file and those below it that have no nearer one, and settings that say where packages come from. */
export function filesOfLock(path: string, paths: RepositoryPaths): readonly string[] {
  const folder = folderOf(path);
  const projects = paths
    .under(folder, "package.json")
    .filter((project) => nearestLockIsIn(folder, folderOf(project), paths));
  return [...projects, ...settingsAbove(path, paths)];
}

/** Folders are not nested deeper; more are only there to take time. */
const mostFolders = 64;

/** Beside a lock file and in the folders above it: a scope that they give to a registry is that registry's. */
function settingsAbove(path: string, paths: RepositoryPaths): readonly string[] {
  const names = feedSettingsNames(fileNameOf(path));
  const found: string[] = [];
  for (let folder = folderOf(path), steps = 0; steps < mostFolders; folder = folderOf(folder), steps++) {
    for (const name of names) {
      const settings = folder === "" ? name : `${folder}/${name}`;
      if (paths.has(settings)) found.push(settings);
    }
    if (folder === "") break;
  }
  return found;
}

/** Whether no folder between them has a lock file of its own. */
export function nearestLockIsIn(folder: string, project: string, paths: RepositoryPaths): boolean {
  for (let at = project; at !== folder; at = folderOf(at)) {
    if (lockNames.some((name) => paths.has(at === "" ? name : `${at}/${name}`))) return false;
  }
  return true;
}

/** What a lock file says itself about what is asked for. */
export interface LockAsk {
  /** The project's folder, relative to the lock file's. */
  readonly folder: string;
  readonly name: string;
  readonly spec: string;
  readonly section: Section;
}

interface LockRead {
  readonly file: TextFile;
  /** Where it is used, if that is another folder than its own: what it says of folders is seen from there. */
  readonly folder?: string | undefined;
  readonly format: string;
  readonly entries: LockEntry[];
  readonly asks: readonly LockAsk[];
  readonly root?: { readonly name?: string | undefined; readonly version?: string | undefined };
  /** Tells which folders' projects the lock file was made for; `root` is what the package.json beside it says. */
  projects(root: ProjectFile | undefined): (folder: string) => boolean;
  /** The entry that a project's ask leads to. */
  resolve(ask: LockAsk): number | undefined;
  /** True if the entries say themselves what is for development only. */
  readonly hasFlags: boolean;
  readonly problems: readonly Problem[];
}

/** A project's ask with its place; those of the lock file have none. */
interface PlacedAsk extends LockAsk {
  readonly ask?: Ask;
}

export function joinProjects(lock: LockRead, files: UnitFiles): PackagesRead {
  const lockFolder = lock.folder ?? folderOf(lock.file.path);
  const projects = projectFiles(files).map((project) => ({
    project,
    folder: relativeFolder(lockFolder, project.file.path),
  }));
  const beside = projects.find(({ folder }) => folder === "")?.project;
  const isProject = lock.projects(beside);
  const own = projects.filter(({ folder }) => folder === "" || isProject(folder));
  const others = projects.filter((one) => !own.includes(one));
  const placed = own.flatMap(({ project, folder }) => placedAsks(project, folder));
  const problems = [...lock.problems, ...markAsked(lock, placed), ...own.flatMap(({ project }) => project.problems)];
  const root = rootOf(lock, beside);
  const pinAt = beside && pinPlace(beside, lock.format);
  const manifest: Manifest = {
    path: lock.file.path,
    format: lock.format,
    ecosystem: "npm",
    ...(root ? { root } : {}),
    isLocked: true,
    packages: packagesOf(lock.file, lock.entries) satisfies readonly PackageUse[],
    ...(pinAt ? { pinAt } : {}),
  };
  const alone = others.map(({ project }) => manifestOfProject(project));
  return {
    manifests: [manifest, ...alone.flatMap(({ manifests }) => manifests)],
    problems: [...problems, ...alone.flatMap((one) => one.problems)],
  };
}

/** A peer that the project installs for its own development is not asked for by those who use it. */
function placedAsks({ asks }: ProjectFile, folder: string): readonly PlacedAsk[] {
  const development = new Set(asks.flatMap(({ name, section }) => (section === "devDependencies" ? [name] : [])));
  return asks
    .filter(({ name, section }) => section !== "peerDependencies" || !development.has(name))
    .map((ask) => ({ ...ask, folder, ask }));
}

function projectFiles(files: UnitFiles): readonly ProjectFile[] {
  return files.paths.flatMap((path) => {
    const text = fileNameOf(path) === "package.json" ? textFileOf(files.get(path)) : undefined;
    return text ? [readProjectFile(text)] : [];
  });
}

function relativeFolder(lockFolder: string, path: string): string {
  if (lockFolder === "") return folderOf(path);
  let above = lockFolder;
  let steps = "";
  for (; above !== "" && !path.startsWith(`${above}/`); above = folderOf(above)) steps += "../";
  return (steps + folderOf(above === "" ? path : path.slice(above.length + 1))).replace(/\/$/, "");
}

function rootOf({ root }: LockRead, beside: ProjectFile | undefined): Manifest["root"] {
  const name = root?.name || beside?.name;
  const version = root?.version || beside?.version;
  return name ? { name, ...(version ? { version } : {}) } : undefined;
}

function markAsked(lock: LockRead, placed: readonly PlacedAsk[]): readonly Problem[] {
  const production: number[] = [];
  const development: number[] = [];
  const missing: PlacedAsk[] = [];
  const overrides = placed.filter(({ section }) => isOverride(section));
  // Where the project's own file is there, it is the one to ask.
  const known = new Set(placed.map(({ folder }) => folder));
  const others: readonly PlacedAsk[] = lock.asks.filter(({ folder }) => !known.has(folder));
  for (const one of [...others, ...placed]) {
    if (isOverride(one.section)) continue;
    const position = lock.resolve(one);
    const entry = position === undefined ? undefined : lock.entries[position];
    if (position === undefined || !entry) missing.push(one);
    else {
      markDirect(entry, one);
      (one.section === "devDependencies" ? development : production).push(position);
    }
  }
  if (!lock.hasFlags) markDevelopment(lock.entries, production, development);
  markOverrides(lock.entries, overrides);
  return staleLock(lock, missing);
}

function isOverride(section: Section): boolean {
  return section === "overrides" || section === "resolutions";
}

function markDirect(entry: LockEntry, { spec, section, ask }: PlacedAsk): void {
  if (entry.relation === "transitive" || entry.relation === "unknown") entry.relation = "direct";
  entry.requirement ??= spec;
  if (section === "peerDependencies") entry.groups = [...new Set([...(entry.groups ?? []), "peer"])];
  if (ask) markPlace(entry, ask);
}

/** Where else a range for the entry stands, and that it is edited there, unless another place is known. */
export function markPlace(entry: LockEntry, { spec, whole, specAt }: Pick<Ask, "spec" | "whole" | "specAt">): void {
  entry.alsoAt ??= [];
  entry.alsoAt.push(spanOf(whole));
  const asked = npmSpecOf(spec);
  if (asked.is !== "registry" || entry.versionAt) return;
  entry.versionAt = spanOf({ ...specAt, start: Math.min(specAt.end, specAt.start + asked.rangeAt) });
}

/** A transitive package is raised where it is overridden. */
function markOverrides(entries: readonly LockEntry[], overrides: readonly PlacedAsk[]): void {
  if (overrides.length === 0) return;
  const byName = Map.groupBy(overrides, ({ name }) => name);
  for (const entry of entries) for (const { ask } of byName.get(entry.name) ?? []) if (ask) markPlace(entry, ask);
}

function markDevelopment(
  entries: readonly LockEntry[],
  production: readonly number[],
  development: readonly number[],
): void {
  if (development.length === 0) return;
  const needed = reachedFrom(entries, production);
  const wanted = reachedFrom(entries, development);
  for (let position = 0; position < entries.length; position++) {
    if (wanted[position] !== 1 || needed[position] === 1) continue;
    const entry = entries[position];
    if (!entry || entry.relation === "root" || entry.relation === "workspace") continue;
    entry.isDevelopment = true;
    entry.groups = [...new Set([...(entry.groups ?? []), "dev"])];
  }
}

/** Said once for a lock file; optional and peer packages may rightly be absent. */
function staleLock({ file, entries }: LockRead, missing: readonly PlacedAsk[]): readonly Problem[] {
  const asked = missing.filter(({ section, spec, ask }) => {
    return ask && (section === "dependencies" || section === "devDependencies") && npmSpecOf(spec).is === "registry";
  });
  const known = new Set(asked.length === 0 ? [] : entries.map(({ name }) => name));
  const [first, ...more] = asked.filter(({ name }) => !known.has(name));
  if (!first?.ask) return [];
  const [those, them] =
    more.length === 0 ? [`${first.name} is`, "it"] : [`${first.name} and ${more.length} more are`, "them"];
  const message = `${those} asked for here, but ${file.path} does not hold ${them}: the lock file is older than this file. Install again and commit the lock file; until then nothing is said about such packages.`;
  return [noticeAt(first.ask.whole, "stale-lock", message)];
}
