/** Bills of materials of a repository or an instance, and how an instance judges packages. */
import type { FastifyReply } from "fastify";
import { changePackageSettings } from "#flows/packages/change-settings.ts";
import { type SbomFormat, type SbomSubject, sbomOf } from "#flows/packages/sbom-of.ts";
import type { RepositoryId } from "#model/ids.ts";
import { getRepositoryOverview, listRepositories, type RepositoryOverview } from "#store/instances/repositories.ts";
import { findPackageSettings } from "#store/packages/package-settings.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import { type PackageSettings, packageSettingsAnswer, packageSettingsBody, sbomQuery } from "./contract.ts";

export const packageInstanceRoutes: Routes = (server, parts) => {
  sbomRoutes(server, parts);
  settingsRoutes(server, parts);
};

const largestInstance = 10_000;

function sbomRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const answer = async (reply: FastifyReply, subject: SbomSubject, format: SbomFormat) => {
    const text = await sbomOf(app, subject, format);
    if (text === undefined) throw notFound("scan of it");
    const ending = { cyclonedx: "cdx.json", spdx: "spdx.json", vex: "vex.cdx.json", openvex: "openvex.json" }[format];
    const file = `${subject.name.replace(/[^\w.-]+/g, "-")}.${ending}`;
    return reply.type("application/json").header("content-disposition", `attachment; filename="${file}"`).send(text);
  };

  server.get(
    "/api/repositories/:id/sbom",
    {
      schema: {
        summary:
          "The bill of materials of a repository's default branch: CycloneDX 1.6 or SPDX 2.3 as JSON; `vex`: what is known against it and was decided, as CycloneDX, `openvex` as OpenVEX",
        params: idParams,
        querystring: sbomQuery,
        produces: ["application/json"],
      },
      config: { permission: "read" },
    },
    async (request, reply) => {
      const id = request.params.id as RepositoryId;
      const found = await getRepositoryOverview(app.db, viewerOf(request).scope, id);
      if (!found) throw notFound("repository");
      const repositories = [{ ...subjectOf(found), folder: found.name }];
      return answer(reply, { name: found.name, repositories }, request.query.format);
    },
  );

  server.get(
    "/api/instances/:id/sbom",
    {
      schema: {
        summary: "The bill of materials of all repositories of an instance",
        params: idParams,
        querystring: sbomQuery,
        produces: ["application/json"],
      },
      config: { permission: "read" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name } = await instanceFor(parts, viewer, request.params.id);
      const filter = { instanceId, chosen: true, offset: 0, limit: largestInstance };
      const { rows } = await listRepositories(app.db, viewer.scope, filter);
      return answer(reply, { name, repositories: subjectsOf(rows) }, request.query.format);
    },
  );
}

/** Two projects may have repositories of one name, two organizations projects. */
function subjectsOf(rows: readonly RepositoryOverview[]): SbomSubject["repositories"] {
  const isOne = new Set(rows.map(({ organizationName }) => organizationName)).size < 2;
  return rows.map((row) => {
    const path = [...(isOne ? [] : [row.organizationName]), row.projectName, row.name];
    return { ...subjectOf(row), folder: path.join("/") };
  });
}

function subjectOf({ id, scannedRef, scannedCommit, lastScan }: RepositoryOverview) {
  return {
    ...{ id, branch: scannedRef ?? "" },
    ...(scannedCommit !== undefined && { commit: scannedCommit }),
    ...(lastScan && { scannedAt: new Date(lastScan.started) }),
  };
}

function settingsRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (id: Parameters<typeof findPackageSettings>[1]): Promise<PackageSettings> => {
    const row = await findPackageSettings(app.db, id);
    return row
      ? { text: row.text, changedBy: row.changedBy, changedAt: toTime(row.changedAt) }
      : { text: "", changedBy: null, changedAt: null };
  };

  server.get(
    "/api/instances/:id/package-settings",
    {
      schema: {
        summary: "How an instance judges packages, as YAML",
        params: idParams,
        response: { 200: packageSettingsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/package-settings",
    {
      schema: {
        summary: "Change how an instance judges packages; all that is stored is judged again",
        params: idParams,
        body: packageSettingsBody,
        response: { 200: packageSettingsAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name: subject } = await instanceFor(parts, viewer, request.params.id);
      const { text } = request.body;
      const changed = await changePackageSettings(app, { instanceId, text, by: viewer.name });
      if (changed.is === "mistakes") {
        const errors = changed.mistakes.map(({ line, message }) => ({
          pointer: "#/text",
          message: `Line ${line}: ${message}`,
        }));
        throw new ProblemError(422, "invalid", "The settings do not read.", { errors });
      }
      await insertAuditEvent(app.db, { actor: viewer.name, action: "package-settings-changed", subject, instanceId });
      return read(instanceId);
    },
  );
}
