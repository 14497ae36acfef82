/** `obj/project.assets.json`, which a restore writes, and `project.lock.json`, which was its name before. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { type JsonObject, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { placeOfSlice } from "../../reading/json-slices.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { netCoreApp } from "./framework-packages.ts";
import { type JoinedProjects, lockedPackages, projectsIn, withProject } from "./locked-packages.ts";
import type { FrameworkUse } from "./merged-packages.ts";
import { type JsonSections, jsonSections } from "./nuget-json.ts";
import { isProject } from "./project-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(text: TextFile, files: UnitFiles): PackagesRead {
  const sections = jsonSections(text);
  const joined = projectsIn(projectFolderOf(text.path), files);
  const libraries = librariesIn(sections);
  const uses = sections.members("targets").flatMap(({ key }) => usesIn(sections, key, libraries, joined));
  const listed = new Set(uses.map(({ use }) => `${use.name}/${use.version ?? ""}`.toLowerCase()));
  const others = [...libraries.values()]
    .filter(({ use }) => !listed.has(`${use.name}/${use.version ?? ""}`.toLowerCase()))
    .map(({ use }): FrameworkUse => ({ use: withProject(use, joined), target: undefined, frameworks: [] }));
  const restore = objectOf(objectOf(sections.object("project").restore)) ?? {};
  const name = joined.root?.name ?? wordOf(restore.projectName);
  const manifest = {
    path: text.path,
    format: "project.assets.json",
    ecosystem: "NuGet" as const,
    ...(joined.root ? { root: joined.root } : name === undefined ? {} : { root: { name } }),
    isLocked: true,
    packages: lockedPackages([...uses, ...others]),
  };
  return { manifests: [manifest, ...joined.runtimes], problems: [...sections.problems(), ...joined.problems] };
}

function projectFolderOf(path: string): string {
  const folder = folderOf(path);
  return fileNameOf(folder).toLowerCase() === "obj" ? folderOf(folder) : folder;
}

interface Library {
  readonly use: PackageUse;
  readonly isProject: boolean;
}

/** By their lower-case key, `name/version`. */
function librariesIn(sections: JsonSections): ReadonlyMap<string, Library> {
  const libraries = new Map<string, Library>();
  for (const slice of sections.members("libraries")) {
    const entry = objectOf(sections.valueIn(slice)) ?? {};
    const slash = slice.key.indexOf("/");
    const name = slice.key.slice(0, slash);
    const version = slice.key.slice(slash + 1);
    // Without a name or a version it is no package of NuGet.
    if (slash <= 0 || version === "") continue;
    const integrity = wordOf(entry.sha512);
    const isOwn = wordOf(entry.type) === "project";
    const use: PackageUse = {
      ecosystem: "NuGet",
      name,
      version,
      at: spanOf(placeOfSlice(sections.file, slice)),
      relation: isOwn ? "workspace" : "transitive",
      isDevelopment: false,
      ...(integrity === undefined ? {} : { integrity }),
    };
    libraries.set(slice.key.toLowerCase(), { use, isProject: isOwn });
  }
  return libraries;
}

function usesIn(
  sections: JsonSections,
  framework: string,
  libraries: ReadonlyMap<string, Library>,
  joined: JoinedProjects,
): readonly FrameworkUse[] {
  const target = targetFrameworkOf(framework);
  const settings = settingsOf(sections, target.name, framework);
  const direct = directIn(sections, target.name, framework);
  const frameworks = joined.projects.length > 0 ? joined.frameworksOf(target) : settings.frameworks;
  return Object.entries(sections.object("targets", framework)).flatMap(([key, value]): readonly FrameworkUse[] => {
    const library = libraries.get(key.toLowerCase());
    if (!library) return [];
    const { use } = library;
    const wants = Object.keys(objectOf(objectOf(value)?.dependencies) ?? {}).map((name) => name.toLowerCase());
    const requirement = direct.get(use.name.toLowerCase());
    if (library.isProject || requirement === undefined)
      return [{ use: library.isProject ? use : withProject(use, joined), target, frameworks, wants }];
    const isDevelopment = settings.development.has(use.name.toLowerCase());
    const asked = {
      ...use,
      relation: "direct" as const,
      isDevelopment,
      ...(requirement === "" ? {} : { requirement }),
    };
    return [{ use: withProject(asked, joined), target, frameworks, wants }];
  });
}

/** Requirements by lower-case name, from lines such as `Newtonsoft.Json >= 13.0.1`. */
function directIn(sections: JsonSections, short: string, written: string): ReadonlyMap<string, string> {
  const lines = sections
    .members("projectFileDependencyGroups")
    .filter(({ key }) => key === "" || key === written || targetFrameworkOf(key).name === short)
    .flatMap((slice) => wordsOf(sections.valueIn(slice)));
  return new Map(
    lines.map((line) => {
      const [name = ""] = line.split(" ", 1);
      return [name.toLowerCase(), line.slice(name.length).trim()];
    }),
  );
}

interface Settings {
  readonly frameworks: readonly string[];
  /** Lower-case names of what nothing of is compiled in. */
  readonly development: ReadonlySet<string>;
}

function settingsOf(sections: JsonSections, short: string, written: string): Settings {
  const all = objectOf(sections.object("project").frameworks) ?? {};
  const [, found] = Object.entries(all).find(([key]) => key === written || targetFrameworkOf(key).name === short) ?? [];
  const framework = objectOf(found) ?? {};
  const dependencies = Object.entries(objectOf(framework.dependencies) ?? {});
  return {
    frameworks: [netCoreApp, ...Object.keys(objectOf(framework.frameworkReferences) ?? {})],
    development: new Set(
      dependencies.flatMap(([name, value]) => (isForDevelopment(objectOf(value) ?? {}) ? [name.toLowerCase()] : [])),
    ),
  };
}

function isForDevelopment(dependency: JsonObject): boolean {
  const isPrivate = wordOf(dependency.suppressParent)?.toLowerCase() === "all";
  const included = wordOf(dependency.include)?.toLowerCase() ?? "";
  return isPrivate && !/\b(?:compile|all)\b/.test(included);
}

export const readers: readonly PackageReader[] = [
  {
    format: "project.assets.json",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)project\.(?:assets|lock)\.json$/i.test(path),
    alone: "unless-claimed",
    claims: (path, paths) => paths.in(projectFolderOf(path)).filter(isProject),
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];
