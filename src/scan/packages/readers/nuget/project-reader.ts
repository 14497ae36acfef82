/** Projects of MSBuild, evaluated without running anything; a lock file beside a project reads it together with itself. */
import type { SourceFile } from "#model/source-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { notLocked } from "../../reading/manifest-text.ts";
import { evaluateProject, startOf } from "./project-evaluations.ts";
import { importsOf, isProject, isShared, sharedAbove } from "./project-files.ts";
import { projectManifest } from "./project-manifest.ts";
import { projectPackages } from "./project-packages.ts";
import { runtimePackages } from "./runtime-packages.ts";

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  const project = evaluateProject(file, files);
  const { packages, problems } = projectPackages(project);
  const runtimes = runtimePackages(project);
  const notices =
    packages.length > 0 ? [notLocked(startOf(project).file, "packages.lock.json"), ...problems] : problems;
  const manifests = projectManifest(project, [...packages, ...runtimes]);
  return { manifests, problems: [...project.problems, ...notices] };
}

export const readers: readonly PackageReader[] = [
  {
    format: "*.csproj",
    ecosystem: "NuGet",
    matches: isProject,
    alone: "unless-claimed",
    claims: sharedAbove,
    pullsIn: importsOf,
    read,
  },
  {
    format: "MSBuild import",
    ecosystem: "NuGet",
    matches: (path) => isShared(path) && !/(?:^|\/)(?:directory\.)?packages\.props$/i.test(path),
    alone: "never",
    pullsIn: importsOf,
    read: () => ({ manifests: [], problems: [] }),
  },
];
