/** Imports: files of other scanners are taken, listed and forgotten again. */
import type { Readable } from "node:stream";
import { Type } from "typebox";
import { applyImport, endImport } from "#flows/imports/apply-import.ts";
import { readImport } from "#flows/imports/read-import.ts";
import type { ImportId, RepositoryId } from "#model/ids.ts";
import { getRepositoryOverview, type RepositoryOverview } from "#store/instances/repositories.ts";
import { getImport, listImports, type ImportRow as StoredImport } from "#store/scans/imports.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, invalid, notFound, ProblemError } from "../problem-error.ts";
import { branchName } from "../shapes/branch-name.ts";
import { id, idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type ImportedAnswer,
  type ImportQuery,
  type ImportRow,
  importedAnswer,
  importQuery,
  importsAnswer,
  importsQuery,
} from "./contract.ts";

export const importRoutes: Routes = (server, parts) => {
  listRoutes(server, parts);
  // In a scope of its own: only here the body is a stream, whatever its type.
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    importRoute(scope as unknown as ApiServer, parts);
  });
};

/** As it comes, packed: the reader stops at 50 MB of what is in it. */
const mostBytes = 50 * 1024 * 1024;

function importRoute(server: ApiServer, parts: Parts): void {
  server.post(
    "/api/repositories/:id/imports",
    {
      bodyLimit: mostBytes,
      schema: {
        summary: "Takes what another scanner found, as SARIF 2.1.0 of up to 50 MB",
        description:
          "The body is the file itself; `Content-Encoding: gzip` is understood. What the same tool brought in the same category before is replaced: problems that are gone count as fixed.",
        params: idParams,
        querystring: importQuery,
        consumes: ["application/sarif+json", "application/json"],
        response: { 200: importedAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const encoding = request.headers["content-encoding"] ?? "identity";
      if (!["gzip", "x-gzip", "identity"].includes(encoding)) {
        throw new ProblemError(415, "unsupported", "This encoding is not understood here.", {
          detail: "Send the file as it is, or packed by gzip.",
        });
      }
      const viewer = viewerOf(request);
      const repository = await repositoryFor(parts, viewer, request.params.id);
      return takeImport(parts, viewer, {
        ...{ repository, query: request.query, body: request.body as Readable | undefined },
        isPacked: encoding !== "identity",
      });
    },
  );
}

async function repositoryFor({ app }: Parts, { scope }: Viewer, repositoryId: string): Promise<RepositoryOverview> {
  const repository = await getRepositoryOverview(app.db, scope, repositoryId as RepositoryId);
  if (!repository) throw notFound("repository");
  return repository;
}

async function takeImport(
  { app }: Parts,
  viewer: Viewer,
  given: {
    readonly repository: RepositoryOverview;
    readonly query: ImportQuery;
    readonly body: Readable | undefined;
    readonly isPacked: boolean;
  },
): Promise<ImportedAnswer> {
  const { repository, query, body, isPacked } = given;
  const { branch = repository.defaultBranch, pullRequest, category, root, commit } = query;
  if (!repository.chosen) throw conflict("This repository is not watched.", "Choose it in its instance first.");
  if (query.branch !== undefined && pullRequest !== undefined) {
    throw invalid("#/branch", "branch and pullRequest exclude each other");
  }
  if (query.branch?.startsWith("refs/") && !query.branch.startsWith("refs/heads/")) {
    throw invalid("#/branch", "it is no branch; of a pull request, say its number as pullRequest");
  }
  if (pullRequest === undefined && branch === undefined) {
    throw conflict("This repository has no default branch yet.", "Say which branch is meant.");
  }
  if (!body) throw invalid("#", "a SARIF file was expected as the body");
  const read = await readImport(body, { category, root, isPacked, fingerprintKey: app.keys.fingerprintKey });
  if (read.is === "refused") {
    const where = read.at === "" ? "the file" : read.at;
    throw new ProblemError(422, "invalid", "This file cannot be imported.", {
      detail: `In ${where}: ${read.message}.`,
      errors: [{ pointer: `#/${read.at}`, message: read.message }],
    });
  }
  const target =
    pullRequest === undefined
      ? ({ is: "branch", ref: refOf(branch ?? "") } as const)
      : ({ is: "pull-request", number: pullRequest } as const);
  const { id: repositoryId, instanceId, name: repositoryName } = repository;
  const what = { repositoryId, instanceId, repositoryName, target, analyses: read.analyses };
  const done = await applyImport(app, { ...what, commit: commit?.toLowerCase(), by: viewer.name });
  if (done.is === "refused") throw conflict("These results cannot be taken.", done.because);
  return { imports: done.imports.map(rowOf) };
}

function refOf(branch: string): string {
  return branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
}

function listRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/repositories/:id/imports",
    {
      schema: {
        summary: "What other scanners brought, newest first: one for each tool, category and branch",
        params: idParams,
        querystring: importsQuery,
        response: { 200: importsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: repositoryId } = await repositoryFor(parts, viewer, request.params.id);
      const { rows, total } = await listImports(app.db, viewer.scope, { repositoryId, ...request.query });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.delete(
    "/api/repositories/:id/imports/:importId",
    {
      schema: {
        summary: "Forgets an import: what it brought counts as fixed",
        params: Type.Object({ id, importId: id }),
      },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { name: repositoryName, ...repository } = await repositoryFor(parts, viewer, request.params.id);
      const row = await getImport(app.db, viewer.scope, request.params.importId as ImportId);
      if (row?.repositoryId !== repository.id) throw notFound("import");
      await endImport(app, row, { by: viewer.name, repositoryName });
      return reply.code(204).send();
    },
  );
}

function rowOf(row: StoredImport): ImportRow {
  const { id: importId, instanceId, repositoryId, tool, category, by, counts, problems } = row;
  return {
    ...{ id: importId, instanceId, repositoryId, tool, category, by, counts },
    branch: branchName(row.branch),
    pullRequest: row.number ?? null,
    version: row.version ?? null,
    commit: row.commit ?? null,
    at: toTime(row.at),
    problems: problems.map(({ at, message }) => ({ at, message })),
  };
}
