/** `libs.versions.toml`: the libraries and plugins that build files of Gradle name by short words. */
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { child, type Node, textOf } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf, unquoted, wordIn, wordsIn } from "../../reading/node-fields.ts";
import type { GradleText } from "./gradle-variables.ts";

export interface CatalogEntry {
  /** `group:artifact`; of plugins the package that Gradle looks for. */
  readonly name: string;
  /** As written: an exact version, a range, or nothing. */
  readonly version?: string;
  readonly versionAt?: Place;
  readonly at: Place;
}

export interface VersionCatalog {
  /** By the words with dots as build files write them: `spring.boot.starter`. */
  readonly libraries: ReadonlyMap<string, CatalogEntry>;
  readonly plugins: ReadonlyMap<string, CatalogEntry>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
  readonly versions: ReadonlyMap<string, GradleText>;
  readonly problems: readonly FormatProblem[];
}

/** Dashes, underscores and dots are one to Gradle. */
export function accessorOf(alias: string): string {
  return alias.replace(/[-_]/g, ".");
}

export function readVersionCatalog(file: TextFile): VersionCatalog {
  const { node, problems } = readToml(file);
  const versions = child(node, "versions");
  const libraries = new Map<string, CatalogEntry>();
  for (const { name, value, whole } of membersOf(child(node, "libraries"))) {
    const entry = libraryOf(value, whole, versions);
    if (entry) libraries.set(accessorOf(name), entry);
  }
  const plugins = new Map<string, CatalogEntry>();
  for (const { name, value, whole } of membersOf(child(node, "plugins"))) {
    const entry = pluginOf(value, whole, versions);
    if (entry) plugins.set(accessorOf(name), entry);
  }
  const bundles = membersOf(child(node, "bundles")).map(
    ({ name, value }) => [accessorOf(name), wordsIn(value).map(accessorOf)] as const,
  );
  const known = new Map<string, GradleText>();
  for (const { name } of membersOf(versions)) {
    const { version: text, versionAt: at } = versionOf(child(versions, name), versions);
    if (text !== undefined && at) known.set(accessorOf(name), { text, at, isTemplate: false });
  }
  return { libraries, plugins, bundles: new Map(bundles), versions: known, problems };
}

function libraryOf(value: Node, at: Place, versions: Node | undefined): CatalogEntry | undefined {
  const text = textOf(value);
  if (text !== undefined) {
    const [group, artifact, version] = text.split(":").map((part) => part.trim());
    if (!group || !artifact) return undefined;
    const end = unquoted(value.at).end;
    return {
      name: `${group}:${artifact}`,
      ...(version ? { version, versionAt: { ...value.at, start: end - version.length, end } } : {}),
      at,
    };
  }
  const group = wordIn(child(value, "group"));
  const artifact = wordIn(child(value, "name"));
  const name =
    wordIn(child(value, "module")) ??
    (group !== undefined && artifact !== undefined ? `${group}:${artifact}` : undefined);
  return name === undefined ? undefined : { name, ...versionOf(child(value, "version"), versions), at };
}

/** Gradle finds a plugin through a package that is named for it. */
function pluginOf(value: Node, at: Place, versions: Node | undefined): CatalogEntry | undefined {
  const text = textOf(value);
  const [short, shortVersion] = text?.split(":") ?? [];
  const id = short ?? wordIn(child(value, "id"));
  if (id === undefined) return undefined;
  const end = unquoted(value.at).end;
  const version = shortVersion
    ? { version: shortVersion, versionAt: { ...value.at, start: end - shortVersion.length, end } }
    : versionOf(child(value, "version"), versions);
  return { name: `${id}:${id}.gradle.plugin`, ...version, at };
}

/** A text, a reference to `[versions]`, or a table of wishes of which the strictest counts. */
function versionOf(node: Node | undefined, versions: Node | undefined): Pick<CatalogEntry, "version" | "versionAt"> {
  const reference = wordIn(child(node, "ref"));
  const meant = reference === undefined ? node : child(versions, reference);
  const wish = ["strictly", "require", "prefer"].map((key) => child(meant, key)).find((one) => one !== undefined);
  const value = wish ?? meant;
  const word = wordIn(value);
  if (word === undefined || !value) return {};
  return { version: word, versionAt: unquoted(value.at) };
}
