/** The runtimes and frameworks that a project runs on, as packages of the ecosystem `.NET`, where the project names them. */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { netCoreApp, netFramework } from "./framework-packages.ts";
import type { Evaluated } from "./msbuild-evaluate.ts";
import { isVersion } from "./nuget-version.ts";
import type { Project, ProjectEvaluation } from "./project-evaluations.ts";
import { isTest, targetNames } from "./project-packages.ts";

export function runtimePackages(project: Project): readonly PackageUse[] {
  const all = targetNames(project);
  return project.evaluations.flatMap((evaluation) =>
    runtimesOf(evaluation).map((use) =>
      all.length > 1 ? { ...use, frameworks: [evaluation.target?.name ?? ""] } : use,
    ),
  );
}

function runtimesOf(evaluation: ProjectEvaluation): readonly PackageUse[] {
  const { target, targetAt, evaluated, frameworks } = evaluation;
  if (!target || !targetAt) return [];
  const groups = groupsOf(evaluated);
  const use = (name: string, at: Place): PackageUse => ({
    ecosystem: ".NET",
    name,
    requirement: target.version,
    at: spanOf(at),
    versionAt: spanOf(targetAt),
    relation: "direct",
    isDevelopment: isTest(evaluated),
    ...(groups.length > 0 ? { groups } : {}),
  });
  if (target.identifier === ".NETFramework") return [use(netFramework, targetAt)];
  if (target.identifier !== ".NETCoreApp") return [];
  const pinned = evaluated.properties.get("runtimeframeworkversion");
  return frameworks.map((name) => {
    const asked = evaluated.items("frameworkreference").find((item) => item.name.toLowerCase() === name.toLowerCase());
    const found = use(name, asked?.at ?? targetAt);
    const isPinned =
      pinned?.isKnown && isVersion(pinned.text.trim()) && (name === netCoreApp || Boolean(groups.length));
    if (!isPinned) return found;
    const { from } = pinned;
    return {
      ...found,
      version: pinned.text.trim(),
      ...(from ? { versionAt: spanOf(from), alsoAt: [spanOf(from)] } : {}),
    };
  });
}

/** A project that brings its runtime with it does not get the patches of the machine. */
function groupsOf({ properties }: Evaluated): readonly string[] {
  const text = (name: string) => properties.get(name)?.text.trim() ?? "";
  const isSelfContained = text("selfcontained").toLowerCase() === "true" || text("publishaot").toLowerCase() === "true";
  const identifiers = (text("runtimeidentifiers") || text("runtimeidentifier")).split(";").map((one) => one.trim());
  return isSelfContained ? ["self-contained", ...identifiers.filter((one) => one !== "" && !one.includes("$("))] : [];
}
