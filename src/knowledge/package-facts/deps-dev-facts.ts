/**
 * Reads answers of the deps.dev API: a package with its versions, a version with licences and links, a project, the count of
 * dependents. Shapes: docs.deps.dev/api/v3, and v3alpha for deprecation and dependents.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { VersionFacts } from "#model/package-facts.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts } from "../loose-json.ts";
import type { PartFacts } from "./source-part.ts";

const systems: Readonly<Partial<Record<Ecosystem, string>>> = {
  npm: "npm",
  PyPI: "pypi",
  Go: "go",
  Maven: "maven",
  "crates.io": "cargo",
  NuGet: "nuget",
  RubyGems: "rubygems",
};

export function isInDepsDev(ecosystem: Ecosystem): boolean {
  return systems[ecosystem] !== undefined;
}

export interface DepsDevAddresses {
  readonly package: string;
  version(version: string): string;
  dependents(version: string): string;
}

export function depsDevAddresses(address: string, ecosystem: Ecosystem, name: string): DepsDevAddresses {
  const path = `systems/${systems[ecosystem]}/packages/${encodeURIComponent(name)}`;
  // Go's versions are written with a letter there.
  const written = (version: string) =>
    encodeURIComponent(ecosystem === "Go" && /^\d/.test(version) ? `v${version}` : version);
  return {
    package: `${address}/v3alpha/${path}`,
    version: (version) => `${address}/v3/${path}/versions/${written(version)}`,
    dependents: (version) => `${address}/v3alpha/${path}/versions/${written(version)}:dependents`,
  };
}

export function projectAddress(address: string, project: string): string {
  return `${address}/v3/projects/${encodeURIComponent(project)}`;
}

const most = { versions: 10_000, licenses: 20 };

export interface DepsDevPackage {
  readonly versions: readonly VersionFacts[];
  /** What is installed where no version is asked for. */
  readonly main?: string;
}

export function readDepsDevPackage(answer: Loose): DepsDevPackage {
  const read = looseList(answer.versions).slice(0, most.versions).map(looseObject);
  const main = read.find(({ isDefault }) => isDefault === true);
  const version = main && versionIn(main);
  return { versions: read.flatMap(versionFacts), ...(version !== undefined && { main: version }) };
}

function versionIn(answer: Loose): string | undefined {
  const key = looseObject(answer.versionKey);
  const version = looseText(key.version);
  return key.system === "GO" ? version?.replace(/^v(?=\d)/, "") : version;
}

function versionFacts(answer: Loose): readonly VersionFacts[] {
  const version = versionIn(answer);
  if (version === undefined) return [];
  const published = looseText(answer.publishedAt);
  const isDeprecated = answer.isDeprecated === true;
  return [
    {
      version,
      ...(published !== undefined && { published }),
      ...(isDeprecated && { deprecated: looseText(answer.deprecatedReason) ?? "" }),
    },
  ];
}

export interface DepsDevVersion {
  readonly facts?: VersionFacts;
  readonly repository?: string;
  /** `github.com/owner/name`. */
  readonly project?: string;
}

export function readDepsDevVersion(answer: Loose): DepsDevVersion {
  const [facts] = versionFacts(answer);
  const licenses = looseTexts(answer.licenses, most.licenses);
  const hasProvenance = looseList(answer.slsaProvenances).length + looseList(answer.attestations).length > 0;
  const links = looseList(answer.links).map(looseObject);
  const repository = looseText(links.find(({ label }) => label === "SOURCE_REPO")?.url);
  const related = looseList(answer.relatedProjects).map(looseObject);
  const source = related.find(({ relationType }) => relationType === "SOURCE_REPO");
  const project = looseText(looseObject(source?.projectKey).id);
  return {
    ...(facts && {
      facts: { ...facts, ...(licenses.length > 0 && { licenses }), ...(hasProvenance && { hasProvenance }) },
    }),
    repository: repository ?? (project === undefined ? "" : `https://${project}`),
    ...(project !== undefined && { project }),
  };
}

/** OpenSSF's scorecard says in words that a project is archived. Undefined if there is no word about it. */
export function readDepsDevProject(answer: Loose): Pick<PartFacts, "isArchived"> {
  const checks = looseList(looseObject(answer.scorecard).checks).map(looseObject);
  const maintained = checks.find(({ name }) => name === "Maintained");
  const reason = looseText(maintained?.reason);
  return reason === undefined ? {} : { isArchived: /\barchived\b/i.test(reason) };
}

export function readDepsDevDependents(answer: Loose): Pick<PartFacts, "dependents"> {
  const { dependentCount } = answer;
  return typeof dependentCount === "number" && dependentCount >= 0 ? { dependents: dependentCount } : {};
}
