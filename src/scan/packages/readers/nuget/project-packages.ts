/** The packages that a project asks for, with the lines where they and their versions stand. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { type FrameworkUse, joinFrameworks } from "./join-frameworks.ts";
import type { Evaluated } from "./msbuild-evaluate.ts";
import type { Item, Metadata } from "./msbuild-items.ts";
import { isVersion, lowestVersion } from "./nuget-version.ts";
import { noticeIn, type Project, type ProjectEvaluation } from "./project-evaluations.ts";

interface ProjectPackages {
  readonly packages: readonly PackageUse[];
  /** What cannot be told; notices. */
  readonly problems: readonly Problem[];
}

export function projectPackages(project: Project): ProjectPackages {
  const uses = project.evaluations.flatMap(usesIn);
  const packages = joinFrameworks(uses, targetNames(project));
  const unresolved = packages.filter(({ version }) => version === undefined);
  return { packages, problems: unresolved.length > 0 ? [unresolvedNotice(project, unresolved)] : [] };
}

export function targetNames({ evaluations }: Project): readonly string[] {
  return evaluations.flatMap(({ target }) => target?.name ?? []);
}

function unresolvedNotice(project: Project, unresolved: readonly PackageUse[]): Problem {
  const named = unresolved
    .slice(0, 5)
    .map(({ name, requirement }) => `${name}${requirement ? ` (${requirement})` : ""}`);
  const more = unresolved.length > named.length ? ` and ${unresolved.length - named.length} more` : "";
  const message = `The files do not tell which version is used of ${named.join(", ")}${more}. A packages.lock.json would tell it.`;
  const { at } = unresolved[0] ?? {};
  return { ...noticeIn(project, "unresolved", message), ...(at ? { path: at.path, line: at.startLine } : {}) };
}

/** The packages of a file of central versions that no project uses. */
export function centralPackages(evaluated: Evaluated): readonly PackageUse[] {
  const kinds = ["packageversion", "packagereference", "globalpackagereference"];
  const uses = kinds.flatMap((kind) =>
    evaluated.items(kind).map((item) => {
      const isDevelopment = kind === "globalpackagereference" || isForDevelopment(item.metadata);
      return { ...packageOf(item, undefined, []), isDevelopment, relation: "unknown" as const };
    }),
  );
  const named = uses.filter(({ name }) => name !== "" && !name.includes("$("));
  return joinFrameworks(
    named.map((use) => ({ use, target: undefined, frameworks: [] })),
    [],
  );
}

function usesIn({ evaluated, target, frameworks }: ProjectEvaluation): readonly FrameworkUse[] {
  const central = centralVersions(evaluated);
  const groups = isTest(evaluated) ? ["test"] : [];
  const use = (item: Item, more: Partial<PackageUse> = {}): FrameworkUse => ({
    use: { ...packageOf(item, central(item.name), groups), ...more },
    target,
    frameworks,
  });
  const references = evaluated.items("packagereference").map((item) => use(item));
  const globals = evaluated.items("globalpackagereference").map((item) => use(item, { isDevelopment: true }));
  const tools = ["packagedownload", "dotnetclitoolreference"].flatMap((type) =>
    evaluated.items(type).map((item) => use(item, { isDevelopment: true, groups: ["build tool"] })),
  );
  return [...references, ...globals, ...tools].filter(({ use: { name } }) => name !== "" && !name.includes("$("));
}

function isTrue(evaluated: Evaluated, name: string): boolean {
  return evaluated.properties.get(name)?.text.trim().toLowerCase() === "true";
}

/** A project that only tests: nothing of it runs in production. */
export function isTest(evaluated: Evaluated): boolean {
  if (isTrue(evaluated, "istestproject")) return true;
  if (evaluated.sdks.some((sdk) => sdk.toLowerCase() === "mstest.sdk")) return true;
  return evaluated.items("packagereference").some(({ name }) => name.toLowerCase() === "microsoft.net.test.sdk");
}

/** Where the central version of a package stands that projects do not ask for themselves. Of several projects the last says it. */
export function centralPlace(
  projects: readonly Project[],
): (name: string) => Pick<PackageUse, "at" | "versionAt"> | undefined {
  const all = projects.flatMap(({ evaluations }) => evaluations.map(({ evaluated }) => centralVersions(evaluated)));
  return (name) => {
    const item = all.reduceRight<Item | undefined>((found, central) => found ?? central(name), undefined);
    if (!item) return undefined;
    const { versionAt } = versionOf(filled(item.metadata.get("version")));
    return { at: spanOf(item.at), ...(versionAt ? { versionAt } : {}) };
  };
}

/** `PackageVersion` by name; none if the project switches central versions off. */
function centralVersions(evaluated: Evaluated): (name: string) => Item | undefined {
  const isOff = evaluated.properties.get("managepackageversionscentrally")?.text.trim().toLowerCase() === "false";
  return (name) => (isOff ? undefined : evaluated.central(name.toLowerCase()));
}

function packageOf(item: Item, central: Item | undefined, groups: readonly string[]): PackageUse {
  const { metadata } = item;
  const own = metadata.get("versionoverride") ?? filled(metadata.get("version"));
  const chosen = own ?? filled(central?.metadata.get("version"));
  const isDevelopment = groups.length > 0 || isForDevelopment(metadata);
  return {
    ecosystem: "NuGet",
    name: item.name,
    ...versionOf(chosen),
    at: spanOf(item.at),
    ...(central && !own ? { alsoAt: [spanOf(central.at)] } : {}),
    relation: "direct",
    isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
  };
}

function filled(version: Metadata | undefined): Metadata | undefined {
  return version && version.written !== "" ? version : undefined;
}

function versionOf(chosen: Metadata | undefined): Pick<PackageUse, "version" | "requirement" | "versionAt"> {
  if (!chosen) return {};
  const isKnown = chosen.isKnown && chosen.unset === undefined && chosen.text !== "";
  const version = isKnown ? lowestVersion(chosen.text) : undefined;
  const { from } = chosen;
  return {
    ...(version === undefined ? {} : { version }),
    requirement: chosen.written,
    ...(isKnown && from && (isVersion(chosen.text) || version !== undefined) ? { versionAt: spanOf(from) } : {}),
  };
}

/** Nothing of it is compiled in or deployed: analyzers, build tools, test adapters. */
function isForDevelopment(metadata: Item["metadata"]): boolean {
  const assets = (name: string) =>
    metadata
      .get(name)
      ?.text.toLowerCase()
      .split(";")
      .map((asset) => asset.trim());
  const excluded = assets("excludeassets") ?? [];
  if (excluded.includes("all") || excluded.includes("runtime")) return true;
  const included = assets("includeassets");
  if (!assets("privateassets")?.includes("all")) return false;
  return !included?.some((asset) => asset === "compile" || asset === "all");
}
