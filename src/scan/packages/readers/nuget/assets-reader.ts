/** `obj/project.assets.json`, which a restore writes, and `project.lock.json`, which was its name before. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { type AssetsFile, type FrameworkSettings, readAssets } from "./assets-file.ts";
import { netCoreApp } from "./framework-packages.ts";
import type { FrameworkUse } from "./join-frameworks.ts";
import { type JoinedProjects, lockedPackages, projectsIn, withProject } from "./locked-packages.ts";
import { isProject } from "./project-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(text: TextFile, files: UnitFiles): PackagesRead {
  const joined = projectsIn(projectFolderOf(text.path), files);
  const assets = readAssets(text);
  const libraries = librariesOf(assets);
  const sections = { settings: byFramework(assets.frameworks), direct: byFramework(requirementsIn(assets)) };
  const uses = [...assets.targets.keys()].flatMap((one) => usesIn(assets, one, libraries, joined, sections));
  const listed = new Set([...assets.targets.values()].flatMap((names) => [...names.keys()]));
  for (const [key, use] of libraries)
    if (!listed.has(key)) uses.push({ use: withProject(use, joined), target: undefined, frameworks: [] });
  const root = joined.root ?? (assets.projectName === undefined ? undefined : { name: assets.projectName });
  const manifest = {
    path: text.path,
    format: "project.assets.json",
    ecosystem: "NuGet" as const,
    ...(root ? { root } : {}),
    isLocked: true,
    packages: lockedPackages(uses),
  };
  return { manifests: [manifest, ...joined.runtimes], problems: [...endOfJson(assets.cursor), ...joined.problems] };
}

function projectFolderOf(path: string): string {
  const folder = folderOf(path);
  return fileNameOf(folder).toLowerCase() === "obj" ? folderOf(folder) : folder;
}

/** By their key, `name/version`. */
function librariesOf({ libraries }: AssetsFile): ReadonlyMap<string, PackageUse> {
  const uses = new Map<string, PackageUse>();
  for (const [key, { at, type, integrity }] of libraries) {
    const slash = key.indexOf("/");
    const version = key.slice(slash + 1);
    // Without a name or a version it is no package of NuGet.
    if (slash <= 0 || version === "") continue;
    uses.set(key, {
      ecosystem: "NuGet",
      name: key.slice(0, slash),
      version,
      at: spanOf(at),
      relation: type === "project" ? "workspace" : "transitive",
      isDevelopment: false,
      ...(integrity === undefined ? {} : { integrity }),
    });
  }
  return uses;
}

interface Sections {
  readonly settings: ReadonlyMap<string, FrameworkSettings>;
  /** Requirements by lower-case name. */
  readonly direct: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function usesIn(
  { targets }: AssetsFile,
  framework: string,
  libraries: ReadonlyMap<string, PackageUse>,
  joined: JoinedProjects,
  { settings: allSettings, direct: allDirect }: Sections,
): FrameworkUse[] {
  const target = targetFrameworkOf(framework);
  const settings = allSettings.get(target.name);
  const requirementOf = (name: string) => allDirect.get(target.name)?.get(name) ?? allDirect.get("")?.get(name);
  const own = [netCoreApp, ...(settings?.references ?? [])];
  const frameworks = joined.projects.length > 0 ? joined.frameworksOf(target) : own;
  return [...(targets.get(framework) ?? [])].flatMap(([key, wants]): readonly FrameworkUse[] => {
    const use = libraries.get(key);
    if (!use) return [];
    if (use.relation === "workspace") return [{ use, target, frameworks, wants }];
    const name = use.name.toLowerCase();
    const requirement = requirementOf(name);
    if (requirement === undefined) return [{ use: withProject(use, joined), target, frameworks, wants }];
    const isDevelopment = settings?.development.has(name) === true;
    const asked = {
      ...use,
      relation: "direct" as const,
      isDevelopment,
      ...(requirement === "" ? {} : { requirement }),
    };
    return [{ use: withProject(asked, joined), target, frameworks, wants }];
  });
}

/** Sections name a framework in its short or in its long form; this finds it by either. */
function byFramework<T>(kept: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...kept].map(([key, value]) => [key === "" ? "" : targetFrameworkOf(key).name, value]));
}

function requirementsIn({ direct }: AssetsFile): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const requirementIn = (line: string) => {
    const [name = ""] = line.split(" ", 1);
    return [name.toLowerCase(), line.slice(name.length).trim()] as const;
  };
  return new Map([...direct].map(([framework, lines]) => [framework, new Map(lines.map(requirementIn))]));
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
