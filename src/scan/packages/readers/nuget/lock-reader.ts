/** `packages.lock.json`, versions 1 and 2: every package of every target framework, joined with the project beside it. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, RepositoryPaths, UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { objectOf, wordOf } from "../../reading/json-fields.ts";
import { placeOfSlice } from "../../reading/json-slices.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { type JoinedProjects, lockedPackages, projectsIn, withProject } from "./locked-packages.ts";
import type { FrameworkUse } from "./merged-packages.ts";
import { pathIn } from "./msbuild-files.ts";
import { type JsonSections, jsonSections } from "./nuget-json.ts";
import { projectsOf } from "./project-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(text: TextFile, files: UnitFiles): PackagesRead {
  const sections = jsonSections(text);
  const joined = projectsIn(folderOf(text.path), files);
  const uses = sections.members("dependencies").flatMap(({ key }) => usesIn(sections, key, joined));
  const { root, runtimes } = joined;
  const manifest = {
    path: text.path,
    format: "packages.lock.json",
    ecosystem: "NuGet" as const,
    ...(root ? { root } : {}),
    isLocked: true,
    packages: lockedPackages(uses),
  };
  return { manifests: [manifest, ...runtimes], problems: [...sections.problems(), ...joined.problems] };
}

function usesIn(sections: JsonSections, framework: string, joined: JoinedProjects): readonly FrameworkUse[] {
  const target = targetFrameworkOf(framework);
  const frameworks = joined.frameworksOf(target);
  return sections.members("dependencies", framework).flatMap((slice): readonly FrameworkUse[] => {
    const entry = objectOf(sections.valueIn(slice));
    if (!entry || slice.key.trim() === "") return [];
    const type = wordOf(entry.type)?.toLowerCase();
    const version = wordOf(entry.resolved);
    const requirement = wordOf(entry.requested);
    const integrity = wordOf(entry.contentHash);
    const use: PackageUse = {
      ecosystem: "NuGet",
      name: slice.key,
      ...(version === undefined ? {} : { version }),
      ...(requirement === undefined ? {} : { requirement }),
      at: spanOf(placeOfSlice(sections.file, slice)),
      relation: type === "direct" ? "direct" : type === "project" ? "workspace" : "transitive",
      isDevelopment: false,
      ...(type === "centraltransitive" ? { groups: ["CentralTransitive"] } : {}),
      ...(integrity === undefined ? {} : { integrity }),
    };
    const wants = Object.keys(objectOf(entry.dependencies) ?? {}).map((name) => name.toLowerCase());
    return [{ use: type === "project" ? use : withProject(use, joined), target, frameworks, wants }];
  });
}

function claims(path: string, paths: RepositoryPaths): readonly string[] {
  return [...projectsOf(path, paths), pathIn(folderOf(path), "obj/project.assets.json")];
}

export const readers: readonly PackageReader[] = [
  {
    format: "packages.lock.json",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)packages\.(?:[^/]+\.)?lock\.json$/i.test(path),
    alone: "always",
    claims,
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];
