/** `packages.config` of older projects: what is installed, without saying what asked for it. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { problemAt, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { joinFrameworks } from "./join-frameworks.ts";
import { type JoinedProjects, projectsIn } from "./locked-packages.ts";
import { projectsOf } from "./project-files.ts";
import { projectManifest } from "./project-manifest.ts";
import { projectPackages } from "./project-packages.ts";
import { runtimePackages } from "./runtime-packages.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(text: TextFile, files: UnitFiles): PackagesRead {
  const joined = projectsIn(folderOf(text.path), files);
  const { root, problems } = readXml(text);
  const elements = childrenOf(root, "package");
  const uses = elements.flatMap((element) => useOf(element, joined) ?? []);
  const nameless = elements.find((element) => useOf(element, joined) === undefined);
  const manifest: Manifest = {
    path: text.path,
    format: "packages.config",
    ecosystem: "NuGet",
    ...(joined.root ? { root: joined.root } : {}),
    isLocked: true,
    // Its packages are copied beside the program: none of them is taken for the framework's own.
    packages: joinFrameworks(
      uses.map((use) => ({ use, target: undefined, frameworks: [] })),
      [],
    ),
  };
  const message = "A package needs an id and a version; this entry is left out.";
  const incomplete = nameless ? [problemAt(nameless.at, "syntax", message)] : [];
  const projects = joined.projects.flatMap((project) =>
    projectManifest(project, [...projectPackages(project).packages, ...runtimePackages(project)]),
  );
  return {
    manifests: [manifest, ...projects],
    problems: [...problems.map(problemOfFormat), ...incomplete, ...joined.problems],
  };
}

function useOf(element: XmlElement, { isTest }: JoinedProjects): PackageUse | undefined {
  const value = (name: string) => attributeOf(element, name)?.value.trim() ?? "";
  const name = value("id");
  const version = value("version");
  const versionAt = attributeOf(element, "version")?.at;
  if (name === "" || version === "" || !versionAt) return undefined;
  const allowed = value("allowedVersions");
  const framework = value("targetFramework");
  return {
    ecosystem: "NuGet",
    name,
    version,
    ...(allowed === "" ? {} : { requirement: allowed }),
    at: spanOf(element.at),
    versionAt: spanOf(versionAt),
    relation: "unknown",
    isDevelopment: isTest || value("developmentDependency").toLowerCase() === "true",
    ...(framework === "" ? {} : { frameworks: [targetFrameworkOf(framework).name] }),
  };
}

export const readers: readonly PackageReader[] = [
  {
    format: "packages.config",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)packages\.(?:[^/]+\.)?config$/i.test(path),
    alone: "always",
    claims: projectsOf,
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];
