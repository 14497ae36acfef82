/** Packages: what all repositories depend on, who uses what since when, under which licences, and how that is judged. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { ecosystemName, relationName, risk } from "../shapes/package-finding.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { time } from "../shapes/time.ts";

const packageSorts = ["name", "-name", "uses", "-uses", "since", "-since"] as const;

const filters = {
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of the name" })),
  ecosystem: Type.Optional(Type.Array(ecosystemName)),
  relation: Type.Optional(Type.Array(relationName)),
  isDevelopment: Type.Optional(Type.Boolean()),
  instanceId: Type.Optional(id),
  projectId: Type.Optional(id),
  repositoryId: Type.Optional(id),
};

/** Repeat a parameter for several values: `ecosystem=NuGet&ecosystem=npm`. */
export const packagesQuery = Type.Object({
  ...pageQuery,
  ...filters,
  license: Type.Optional(
    Type.String({ maxLength: 500, description: "As declared; empty for packages that declare none" }),
  ),
  sort: Type.Optional(Type.Enum(packageSorts)),
});
export type PackagesQuery = Partial<Static<typeof packagesQuery>>;

const packageRow = Type.Object({
  ecosystem: ecosystemName,
  /** The normalised name, for addresses. */
  key: Type.String(),
  name: Type.String(),
  versions: Type.Array(Type.String({ description: "Newest first; unknown ones are left out" })),
  licenses: Type.Array(Type.String()),
  repositories: Type.Integer(),
  openIssues: Type.Integer({ description: "Open issues about it, vulnerabilities and others" }),
  isDirect: Type.Boolean({ description: "Some repository asks for it by itself" }),
  isDevelopment: Type.Boolean({ description: "Nowhere needed by what runs in production" }),
  since: time,
});
export type PackageRow = Static<typeof packageRow>;

export const packagesAnswer = pageOf(packageRow);
export type Packages = Static<typeof packagesAnswer>;

/** A package by ecosystem and name, both url-encoded; any spelling of the name that its ecosystem takes for the same. */
export const packageParams = Type.Object({ ecosystem: ecosystemName, key: Type.String({ maxLength: 500 }) });

const packageUse = Type.Object({
  instanceId: id,
  repository: repositoryReference,
  branch: Type.String(),
  manifest: Type.String(),
  version: nullable(Type.String()),
  purl: Type.String(),
  relation: relationName,
  isDevelopment: Type.Boolean(),
  licenses: Type.Array(Type.String()),
  path: Type.String(),
  line: Type.Integer(),
  webUrl: nullable(Type.String({ description: "The line in Azure DevOps" })),
  since: time,
});
export type PackageUse = Static<typeof packageUse>;

export const packageUsesQuery = Type.Object({
  ...pageQuery,
  version: Type.Optional(Type.String({ maxLength: 300 })),
});
export type PackageUsesQuery = Partial<Static<typeof packageUsesQuery>>;
export const packageUsesAnswer = pageOf(packageUse);
export type PackageUses = Static<typeof packageUsesAnswer>;

export const packageAnswer = Type.Object({
  ...packageRow.properties,
  /** Of each version in use: what its maintenance tells; null if nothing is known of it. */
  risks: Type.Array(Type.Object({ version: Type.String(), risk: nullable(risk) })),
  /** Everything that is known against the package, whether a version in use is affected or not. */
  advisories: Type.Array(
    Type.Object({
      id: Type.String(),
      aliases: Type.Array(Type.String()),
      title: Type.String(),
      published: nullable(Type.String()),
      isMalicious: Type.Boolean(),
      affectedVersions: Type.Array(Type.String({ description: "Of those in use" })),
      source: Type.String(),
    }),
  ),
});
export type PackageDetail = Static<typeof packageAnswer>;

export const licensesQuery = Type.Object(filters);
export type LicensesQuery = Partial<Static<typeof licensesQuery>>;

export const licensesAnswer = Type.Object({
  rows: Type.Array(
    Type.Object({
      license: Type.String({ description: "As declared; empty for packages that declare none" }),
      category: Type.String({ description: "`permissive`, `weak-copyleft` ..." }),
      packages: Type.Integer(),
      repositories: Type.Integer(),
    }),
  ),
});
export type Licenses = Static<typeof licensesAnswer>;

/** How an instance judges packages, as YAML: `licenses:` and `operationalRisk:`. */
export const packageSettingsAnswer = Type.Object({
  text: Type.String(),
  /** Null: as Sallyport comes. */
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type PackageSettings = Static<typeof packageSettingsAnswer>;

/** Empty text: as Sallyport comes. What is wrong with it is answered with `problems` by line. */
export const packageSettingsBody = Type.Object(
  { text: Type.String({ maxLength: 200_000 }) },
  { additionalProperties: false },
);
export type PackageSettingsBody = Static<typeof packageSettingsBody>;

export const sbomQuery = Type.Object({ format: Type.Enum(["cyclonedx", "spdx", "vex", "openvex"] as const) });
