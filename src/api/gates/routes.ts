/** On which branches a red scan blocks; gates are asked for here, and made by a job. */
import { askForGates, askToCheckGates } from "#flows/gates/want-gates.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import { listGates, type GateRow as StoredGate } from "#store/pull-requests/gates.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, invalid } from "../problem-error.ts";
import { branchName } from "../shapes/branch-name.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import { type GateRow, gatesAnswer, gatesAsked, gatesBody, gatesQuery } from "./contract.ts";

export const gateRoutes: Routes = (server, parts) => {
  readingRoutes(server, parts);
  askingRoutes(server, parts);
};

function readingRoutes(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/gates",
    {
      schema: {
        summary: "Branches with and without a gate: those first on which a wanted one does not hold",
        querystring: gatesQuery,
        response: { 200: gatesAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { instanceId, repositoryId, ...filter } = request.query;
      const { rows, total } = await listGates(app.db, viewerOf(request).scope, {
        ...filter,
        instanceId: instanceId as InstanceId | undefined,
        repositoryId: repositoryId as RepositoryId | undefined,
      });
      return { rows: rows.map(rowOf), total };
    },
  );
}

function askingRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.put(
    "/api/instances/:id/gates",
    {
      schema: {
        summary: "Asks for gates on branches, or for their end; the answer does not wait for Azure DevOps",
        params: idParams,
        body: gatesBody,
        response: { 202: gatesAsked },
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const instance = await instanceFor(parts, viewer, request.params.id);
      if (instance.state === "disabled") throw conflict("This instance is paused, or being deleted.");
      const { wanted, repositoryIds, projectId, branch } = request.body;
      if (wanted && !instance.features.status) {
        throw conflict("Statuses are switched off for this instance.", "Switch them on in its settings first.");
      }
      const asked = await askForGates(app, {
        ...{ instance: instance.id, wanted, by: viewer.name },
        ...(repositoryIds && { repositories: repositoryIds as readonly string[] as readonly RepositoryId[] }),
        ...(projectId !== undefined && { project: projectId as ProjectId }),
        ...(branch !== undefined && { ref: branch }),
      });
      if (asked.is === "no-ref") {
        throw invalid("#/branch", "This is neither the name of a branch nor a folder of branches like release/*.");
      }
      if (asked.is === "nothing") throw conflict("None of these repositories is scanned by this instance.");
      return reply.code(202).send({ branches: asked.branches });
    },
  );

  server.post(
    "/api/instances/:id/gates/check",
    {
      schema: { summary: "Looks at all gates of the instance now; the answer does not wait for it", params: idParams },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const instance = await instanceFor(parts, viewerOf(request), request.params.id);
      if (instance.state === "disabled") throw conflict("This instance is paused, or being deleted.");
      await askToCheckGates(app, instance.id);
      return reply.code(202).send();
    },
  );
}

function rowOf(gate: StoredGate): GateRow {
  const { evaluation } = gate;
  return {
    instanceId: gate.instanceId,
    repositoryId: gate.repositoryId,
    repository: gate.repositoryName,
    project: gate.projectName,
    organization: gate.organizationName,
    branch: branchName(gate.ref) ?? gate.ref,
    isDefault: gate.isDefault,
    wanted: gate.wanted,
    changedBy: gate.changedBy ?? null,
    changedAt: toTime(gate.changedAt),
    state: gate.state,
    flaws: gate.flaws.map(({ code, said }) => ({ code, said })),
    directPushes: gate.directPushes ?? null,
    bypassers: gate.bypassers?.map((one) => ({ ...one, permissions: [...one.permissions] })) ?? null,
    bypassersAt: toTime(gate.bypassersAt),
    evaluation: evaluation ? { ...evaluation } : null,
    checkedAt: toTime(gate.checkedAt),
  };
}
