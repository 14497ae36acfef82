/**
 * Which names of packages may be the organization's own, as far as its files tell: those that its settings take from feeds
 * that are not known to be public, and those that begin as its own projects do. Better one too many: they are only kept from
 * public addresses.
 */
import npmDefaults from "npm-registry-fetch/lib/default-opts.js";
import type { Ecosystem } from "#model/ecosystem.ts";
import { nameBeginning } from "#model/name-beginning.ts";
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest } from "#model/package-manifest.ts";
import { isPublicRegistry } from "#model/public-registry.ts";
import { matchesName } from "./facts-sources.ts";
import type { PackageName } from "./source-part.ts";

export interface OwnNames {
  /** The repository itself holds it. */
  isProject(about: PackageName): boolean;
  mayBePrivate(about: PackageName): boolean;
}

export function ownNames(manifests: readonly Manifest[]): OwnNames {
  const projects = new Set<string>();
  const beginnings = new Map<Ecosystem, Set<string>>();
  for (const { ecosystem, name } of manifests.flatMap(projectsOf)) {
    const key = packageKey(ecosystem, name);
    projects.add(`${ecosystem}\n${key}`);
    const beginning = nameBeginning(ecosystem, key);
    if (beginning === undefined) continue;
    beginnings.set(ecosystem, (beginnings.get(ecosystem) ?? new Set()).add(beginning));
  }
  const patterns = new Map<Ecosystem, readonly string[]>();
  for (const { ecosystem, feeds = [] } of manifests) {
    const own = feeds.filter((feed) => !isKnownPublic(ecosystem, feed)).flatMap(patternsOf);
    if (own.length > 0) patterns.set(ecosystem, [...(patterns.get(ecosystem) ?? []), ...own]);
  }
  return {
    isProject: ({ ecosystem, name }) => projects.has(`${ecosystem}\n${name}`),
    mayBePrivate: ({ ecosystem, name }) =>
      beginnings.get(ecosystem)?.has(nameBeginning(ecosystem, name) ?? "") === true ||
      (ecosystem === "Go" && isPrivateHost(name.split("/")[0] ?? "")) ||
      patterns.get(ecosystem)?.some((pattern) => matchesName(pattern, name)) === true,
  };
}

function projectsOf({ ecosystem, root, packages }: Manifest): readonly PackageName[] {
  const members = packages.filter(({ relation }) => relation === "root" || relation === "workspace");
  return [...(root ? [{ ecosystem, name: root.name }] : []), ...members];
}

function patternsOf({ scopes }: Feed): readonly string[] {
  return scopes?.map((scope) => (scope.startsWith("@") ? `${scope}/*` : scope)) ?? ["*"];
}

/** Where a lock file says that a package was found. */
export function isFoundPublicly(ecosystem: Ecosystem, address: string): boolean {
  return isPublicRegistry(address) || isKnownPublic(ecosystem, { address });
}

/**
 * As the clients' own default names itself: npm's address, the source that NuGet calls by the domain that it is at, and hosts at
 * the domain that the whole ecosystem is called by, which nobody else can have.
 */
function isKnownPublic(ecosystem: Ecosystem, { name, address }: Pick<Feed, "name" | "address">): boolean {
  if (!URL.canParse(address)) return false;
  const { host, href } = new URL(address);
  if (ecosystem === "npm") return host === new URL(npmDefaults.registry).host;
  if (ecosystem !== "NuGet" && ecosystem !== "PyPI" && ecosystem !== "RubyGems") return false;
  if (`.${host}`.endsWith(`.${ecosystem.toLowerCase()}.org`)) return true;
  return ecosystem === "NuGet" && name !== undefined && href === `https://api.${name.toLowerCase()}/v3/index.json`;
}

/** Repositories of Azure DevOps, and hosts within a network. */
function isPrivateHost(host: string): boolean {
  return (
    host.includes(".") &&
    /(?:^|\.)(?:dev\.azure\.com|visualstudio\.com|local|lan|internal|intranet|corp|home)$/.test(host)
  );
}
