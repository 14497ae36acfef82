/** Packages of all repositories: a list, one by one, and their licences. */
import { aboutPackage, categoryOfLicense, newestFirst } from "#flows/packages/about-package.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import { packageKey } from "#model/package-key.ts";
import {
  countLicenses,
  listPackages,
  listPackageUses,
  type PackageFilter,
  type PackageUseRow,
  type PackageRow as StoredPackage,
} from "#store/packages/packages.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { branchName } from "../shapes/branch-name.ts";
import { toTime } from "../shapes/time.ts";
import {
  type LicensesQuery,
  licensesAnswer,
  licensesQuery,
  type PackageDetail,
  type PackageRow,
  type PackagesQuery,
  type PackageUse,
  packageAnswer,
  packageParams,
  packagesAnswer,
  packagesQuery,
  packageUsesAnswer,
  packageUsesQuery,
} from "./contract.ts";

export const packageRoutes: Routes = (server, parts) => {
  listRoutes(server, parts);
  packageDetailRoutes(server, parts);
  packageUsesRoutes(server, parts);
};

function listRoutes(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/packages",
    {
      schema: {
        summary: "Packages that any repository depends on",
        querystring: packagesQuery,
        response: { 200: packagesAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { sort, license, offset, limit, ...filter } = request.query;
      const { rows, total } = await listPackages(app.db, viewerOf(request).scope, {
        ...storeFilter(filter),
        ...{ offset, limit, license },
        ...orderOf(sort),
      });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/licenses",
    {
      schema: {
        summary: "Licences that packages declare, with how many do",
        querystring: licensesQuery,
        response: { 200: licensesAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const rows = await countLicenses(app.db, viewerOf(request).scope, storeFilter(request.query));
      return {
        rows: rows.map((row) => ({
          ...row,
          category: row.license === "" ? "unknown" : categoryOfLicense(row.license),
        })),
      };
    },
  );
}

function packageDetailRoutes(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/packages/:ecosystem/:key",
    {
      schema: {
        summary: "A package: versions in use, what is known against it, how it is kept up",
        params: packageParams,
        response: { 200: packageAnswer },
      },
      config: { permission: "read" },
    },
    async (request): Promise<PackageDetail> => {
      const { ecosystem } = request.params;
      const key = packageKey(ecosystem, request.params.key);
      const [found] = (
        await listPackages(app.db, viewerOf(request).scope, { ecosystem: [ecosystem], key, offset: 0, limit: 1 })
      ).rows;
      if (!found) throw notFound("package");
      const row = rowOf(found);
      const { advisories, risks } = aboutPackage(app, { ecosystem, key, versions: row.versions });
      return {
        ...row,
        risks: risks.map(({ version, risk }) => ({ version, risk: risk ? structuredClone(risk) : null })) as never,
        advisories: advisories.map(({ advisory, affected }) => ({
          id: advisory.id,
          aliases: [...advisory.aliases],
          title: advisory.title,
          published: advisory.published ?? null,
          isMalicious: advisory.isMalicious,
          affectedVersions: [...affected],
          source: advisory.source,
        })),
      };
    },
  );
}

function packageUsesRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/packages/:ecosystem/:key/uses",
    {
      schema: {
        summary: "Who uses a package, in which version, since when",
        params: packageParams,
        querystring: packageUsesQuery,
        response: { 200: packageUsesAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { ecosystem } = request.params;
      const { rows, total } = await listPackageUses(app.db, viewerOf(request).scope, {
        ...request.query,
        ecosystem,
        key: packageKey(ecosystem, request.params.key),
      });
      return { rows: rows.map((row) => useOf(row, parts)), total };
    },
  );
}

function storeFilter({
  instanceId,
  projectId,
  repositoryId,
  ...filter
}: LicensesQuery): Omit<PackageFilter, "offset" | "limit"> {
  return {
    ...filter,
    instanceId: instanceId as InstanceId | undefined,
    projectId: projectId as ProjectId | undefined,
    repositoryId: repositoryId as RepositoryId | undefined,
  };
}

function orderOf(sort: PackagesQuery["sort"]): Pick<PackageFilter, "sort" | "descending"> {
  if (sort === undefined) return {};
  const descending = sort.startsWith("-");
  return { descending, sort: (descending ? sort.slice(1) : sort) as NonNullable<PackageFilter["sort"]> };
}

function rowOf({ since, versions, licenses, ...row }: StoredPackage): PackageRow {
  return {
    ...row,
    versions: [...newestFirst(row.ecosystem, versions)],
    licenses: [...licenses],
    since: toTime(since),
  };
}

function useOf(row: PackageUseRow, { links }: Pick<Parts, "links">): PackageUse {
  const { repositoryId: id, repositoryName: name, projectName: project, organizationName: organization } = row;
  const { path, line, scannedCommit } = row;
  const at = { path, startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
  return {
    instanceId: row.instanceId,
    repository: { id, name, project, organization },
    branch: branchName(row.branch),
    manifest: row.manifest,
    version: row.version === "" ? null : row.version,
    purl: row.purl,
    relation: row.relation,
    isDevelopment: row.isDevelopment,
    licenses: [...row.licenses],
    ...{ path, line },
    webUrl: scannedCommit === null ? null : links.line(row.repositoryWebUrl, scannedCommit, at),
    since: toTime(row.since),
  };
}
