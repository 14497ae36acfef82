/** The files that complete a build file of Gradle, and what they say together. */
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { RepositoryPaths, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { textFileOf } from "../../reading/manifest-text.ts";
import { buildTokens } from "./build-tokens.ts";
import { buildPackages } from "./gradle-packages.ts";
import { type GradleText, type GradleVariables, plainName, propertiesIn, variablesIn } from "./gradle-variables.ts";
import { type SettingsCatalog, settingsCatalogs } from "./settings-catalogs.ts";
import { accessorOf, type CatalogEntry, readVersionCatalog, type VersionCatalog } from "./version-catalog.ts";

const deepestFolder = 30;

function foldersAbove(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== "" && folders.length < deepestFolder; folders.push(at)) at = folderOf(at);
  return folders;
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

const buildNames = ["build.gradle", "build.gradle.kts"];
const settingsNames = ["settings.gradle", "settings.gradle.kts"];

/** Of a build file: the build files above it, properties, catalogues, and the lock file beside it. */
export function claimedByBuild(path: string, paths: RepositoryPaths): readonly string[] {
  const own = folderOf(path);
  const above = foldersAbove(own).flatMap((folder) => [
    ...[...buildNames, ...settingsNames, "gradle.properties"].map((name) => inFolder(folder, name)),
    ...paths.in(inFolder(folder, "gradle")).filter((one) => one.endsWith(".versions.toml")),
  ]);
  return [...above, inFolder(own, "gradle.lockfile")].filter((one) => one !== path && paths.has(one));
}

export function isLockedBeside(path: string, files: UnitFiles): boolean {
  return buildNames.includes(fileNameOf(path)) && files.get(inFolder(folderOf(path), "gradle.lockfile")) !== undefined;
}

export interface GradleSettings {
  readonly lookUp: (name: string) => GradleText | undefined;
  /** The entries that words such as `libs.bundles.spring` stand for. */
  readonly entriesOf: (chain: string) => readonly CatalogEntry[];
}

/** What stands nearest counts first: the file itself, then the folders above it. */
export function settingsOf(file: TextFile, files: UnitFiles): GradleSettings {
  const others = files.paths.flatMap((path) => (path === file.path ? [] : (textFileOf(files.get(path)) ?? [])));
  const nearestFirst = others.toSorted((a, b) => b.path.split("/").length - a.path.split("/").length);
  const variables: GradleVariables[] = [variablesIn(file, buildTokens(file.text))];
  const catalogs = new Map<string, VersionCatalog>();
  for (const { name, from, written } of nearestFirst.filter(isSettings).flatMap(settingsCatalogs))
    if (!catalogs.has(name)) catalogs.set(name, joinedCatalog(written, from, files));
  for (const other of nearestFirst) {
    const name = fileNameOf(other.path);
    const catalog = /^(.*)\.versions\.toml$/.exec(name)?.[1];
    if (catalog !== undefined) {
      if (!catalogs.has(catalog)) catalogs.set(catalog, readVersionCatalog(other));
    } else if (name === "gradle.properties") variables.push(propertiesIn(other));
    // Build files do not see what settings call by a name.
    else if (/\.gradle(?:\.kts)?$/.test(name) && !isSettings(other))
      variables.push(variablesIn(other, buildTokens(other.text)));
  }
  return {
    lookUp: (name) => {
      for (const some of variables) {
        const found = some.get(name);
        if (found) return found;
      }
      return catalogVersion(catalogs, name);
    },
    entriesOf: (chain) => catalogEntries(catalogs, chain),
  };
}

function isSettings({ path }: TextFile): boolean {
  return settingsNames.includes(fileNameOf(path));
}

/** What the settings write out counts before what stands in the files that they name. */
function joinedCatalog(
  written: SettingsCatalog["written"],
  from: SettingsCatalog["from"],
  files: UnitFiles,
): VersionCatalog {
  const read = from.flatMap((path) => textFileOf(files.get(path)) ?? []).map(readVersionCatalog);
  const all = [...read, written];
  return {
    libraries: new Map(all.flatMap(({ libraries }) => [...libraries])),
    plugins: new Map(all.flatMap(({ plugins }) => [...plugins])),
    bundles: new Map(all.flatMap(({ bundles }) => [...bundles])),
    versions: new Map(all.flatMap(({ versions }) => [...versions])),
    problems: [],
  };
}

/** `libs.versions.kotlin`. */
function catalogVersion(catalogs: ReadonlyMap<string, VersionCatalog>, name: string): GradleText | undefined {
  const [, catalog = "", alias = ""] = /^(\w+)\.versions\.(.+)$/.exec(name) ?? [];
  return catalogs.get(catalog)?.versions.get(accessorOf(alias));
}

function catalogEntries(catalogs: ReadonlyMap<string, VersionCatalog>, chain: string): readonly CatalogEntry[] {
  const [, name = "", alias = ""] = /^(\w+)\.(.+)$/.exec(plainName(chain)) ?? [];
  const catalog = catalogs.get(name);
  if (!catalog) return [];
  const bundle = /^bundles\.(.+)$/.exec(alias)?.[1];
  if (bundle !== undefined)
    return (catalog.bundles.get(bundle) ?? []).flatMap((word) => catalog.libraries.get(word) ?? []);
  const plugin = /^plugins\.(.+)$/.exec(alias)?.[1];
  const entry = plugin === undefined ? catalog.libraries.get(alias) : catalog.plugins.get(plugin);
  return entry ? [entry] : [];
}

/** Names that the build file beside a lock file asks for; undefined if there is none. */
export function directNames(path: string, files: UnitFiles): ReadonlyMap<string, PackageUse> | undefined {
  const build = buildNames.flatMap((name) => textFileOf(files.get(inFolder(folderOf(path), name))) ?? [])[0];
  if (!build) return undefined;
  const { packages } = buildPackages(build, settingsOf(build, files));
  return new Map(packages.map((use) => [packageKey("Maven", use.name), use]));
}
