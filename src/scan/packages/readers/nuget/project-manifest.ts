/** A project as a manifest of its own: what it is called, and what stands in it. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { fileNameOf } from "../../paths.ts";
import { withoutExtension } from "./msbuild-files.ts";
import type { Project } from "./project-evaluations.ts";
import { projectFeeds } from "./project-feeds.ts";

export function projectRoot({ path, evaluations }: Project): NonNullable<Manifest["root"]> {
  const properties = evaluations[0]?.evaluated.properties;
  const text = (name: string) => {
    const value = properties?.get(name);
    return value?.isKnown && value.unset === undefined && value.text.trim() !== "" ? value.text.trim() : undefined;
  };
  const version = text("version") ?? text("versionprefix");
  const name = text("packageid") ?? text("assemblyname") ?? withoutExtension(fileNameOf(path));
  return version === undefined ? { name } : { name, version };
}

/** None if the project names nothing: no package, no place that packages come from. */
export function projectManifest(project: Project, packages: readonly PackageUse[]): readonly Manifest[] {
  const feeds = projectFeeds(project);
  const isRuntime = feeds.length === 0 && packages.every((use) => use.ecosystem === ".NET");
  const manifest: Manifest = {
    path: project.path,
    format: "*.csproj",
    ecosystem: isRuntime ? ".NET" : "NuGet",
    root: projectRoot(project),
    isLocked: false,
    packages,
    ...(feeds.length > 0 && { feeds }),
  };
  return packages.length + feeds.length > 0 ? [manifest] : [];
}
