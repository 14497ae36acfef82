/** What lock files and the projects beside them say together: versions from the lock, lines and edits from the project. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { reachedFrom } from "../../reading/linked-packages.ts";
import { netCoreApp } from "./framework-packages.ts";
import { type FrameworkUse, joinFrameworks } from "./join-frameworks.ts";
import { evaluateProject, type Project, type ProjectEvaluation } from "./project-evaluations.ts";
import { isProject } from "./project-files.ts";
import { projectManifest, projectRoot } from "./project-manifest.ts";
import { centralPlace, isTest, projectPackages } from "./project-packages.ts";
import { runtimePackages } from "./runtime-packages.ts";
import type { TargetFramework } from "./target-framework.ts";

export interface JoinedProjects {
  readonly projects: readonly Project[];
  /** What the projects ask for, by lower-case name. */
  readonly asked: ReadonlyMap<string, PackageUse>;
  /** Where a package's central version stands. */
  readonly central: ReturnType<typeof centralPlace>;
  readonly root: Manifest["root"];
  /** Projects that only test need nothing in production. */
  readonly isTest: boolean;
  /** The projects' runtimes, each project's as a manifest of its own. */
  readonly runtimes: readonly Manifest[];
  readonly problems: readonly Problem[];
  /** The shared frameworks of a target framework, as the projects say. */
  frameworksOf(target: TargetFramework): readonly string[];
}

/** The projects in the folder, as far as the unit holds them. */
export function projectsIn(folder: string, files: UnitFiles): JoinedProjects {
  const projects = files.paths
    .filter((path) => isProject(path) && folderOf(path) === folder)
    .flatMap((path) => files.get(path) ?? [])
    .map((file) => evaluateProject(file, files));
  const [first] = projects;
  const evaluations = projects.flatMap((project) => project.evaluations);
  return {
    projects,
    asked: new Map(
      projects.flatMap((project) =>
        projectPackages(project).packages.map((use) => [use.name.toLowerCase(), use] as const),
      ),
    ),
    central: centralPlace(projects),
    root: first && projects.length === 1 ? projectRoot(first) : undefined,
    isTest: evaluations.length > 0 && evaluations.every(({ evaluated }) => isTest(evaluated)),
    runtimes: projects.flatMap((project) => projectManifest(project, runtimePackages(project))),
    problems: projects.flatMap(({ problems }) => problems),
    frameworksOf: (target) => frameworksOf(evaluations, target),
  };
}

function frameworksOf(evaluations: readonly ProjectEvaluation[], { name, identifier, version }: TargetFramework) {
  const same = evaluations.find(
    ({ target }) => target?.name === name || (target?.identifier === identifier && target.version === version),
  );
  return same?.frameworks ?? [netCoreApp];
}

/** Adds what the project says of a package that the lock lists. */
export function withProject(use: PackageUse, { projects, asked, central, isTest }: JoinedProjects): PackageUse {
  if (projects.length === 0) return use;
  const reference = asked.get(use.name.toLowerCase());
  const place = reference ?? central(use.name);
  if (!place) return isTest ? { ...use, isDevelopment: true } : use;
  const alsoAt = [place.at, ...(reference?.alsoAt ?? [])];
  const groups = [...new Set([...(use.groups ?? []), ...(reference?.groups ?? [])])];
  return {
    ...use,
    alsoAt: [...(use.alsoAt ?? []), ...alsoAt],
    ...(place.versionAt ? { versionAt: place.versionAt } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    isDevelopment: isTest || use.isDevelopment || (use.relation === "direct" && reference?.isDevelopment === true),
  };
}

/** Merged over frameworks, with what only development packages bring in marked as well. */
export function lockedPackages(uses: readonly FrameworkUse[]): readonly PackageUse[] {
  const targets = new Set(uses.flatMap(({ target }) => target?.name ?? []));
  const packages = joinFrameworks(uses, [...targets]);
  const positions = [...packages.keys()];
  const isStart = (position: number) => {
    const relation = packages[position]?.relation;
    return relation === "direct" || relation === "workspace";
  };
  const starts = positions.filter(isStart);
  if (!starts.some((position) => packages[position]?.isDevelopment)) return packages;
  const forProduction = reachedFrom(
    packages,
    starts.filter((position) => !packages[position]?.isDevelopment),
  );
  const forDevelopment = reachedFrom(
    packages,
    starts.filter((position) => packages[position]?.isDevelopment),
  );
  return packages.map((use, position) =>
    forDevelopment.has(position) && !forProduction.has(position) ? { ...use, isDevelopment: true } : use,
  );
}
