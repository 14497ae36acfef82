/** Where an instance's policies come from, and how its repositories are tagged for them. */

import { judgeOpenPullRequests } from "#flows/policies/change-policies.ts";
import { policiesInForce } from "#flows/policies/policies-in-force.ts";
import { choosePolicySource, leavePolicySource } from "#flows/policies/read-policy-source.ts";
import type { RepositoryId } from "#model/ids.ts";
import { getRepositoryOverview } from "#store/instances/repositories.ts";
import { getRepositoryPlace, listTags, setRepositoryTags } from "#store/instances/repository-tags.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import type { Viewer } from "../viewer.ts";
import { policiesAnswer, policySourceBody, tagsAnswer, tagsBody } from "./contract.ts";
import { changeOf, policiesOf } from "./row-of.ts";

export function sourceRoutes(server: ApiServer, parts: Parts): void {
  placeRoutes(server, parts);
  tagRoutes(server, parts);
}

function placeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.put(
    "/api/instances/:id/policy-source",
    {
      schema: {
        summary: "Keep the policies in a repository; until it was read without mistakes, those of before decide",
        ...{ params: idParams, body: policySourceBody, response: { 200: policiesAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const change = await changeOf(parts, viewer, request.params.id);
      const { ref, folder } = request.body;
      const repository = await getRepositoryOverview(app.db, viewer.scope, request.body.repositoryId as RepositoryId);
      if (repository?.instanceId !== change.instanceId) throw notFound("repository in this instance");
      const branch = ref ?? repository.defaultBranch;
      if (branch === undefined) throw invalid("#/ref", "The repository has no default branch: name one.");
      if (/(^|\/)\.\.?(\/|$)/.test(folder)) throw invalid("#/folder", "A folder without . and .. is expected.");
      await choosePolicySource(app, change, {
        repositoryId: repository.id,
        ref: branch.startsWith("refs/") ? branch : `refs/heads/${branch}`,
        folder: folder.replace(/^\/+|\/+$/g, ""),
      });
      return policiesOf(parts, await policiesInForce(app.db, change.instanceId));
    },
  );

  server.delete(
    "/api/instances/:id/policy-source",
    {
      schema: {
        summary: "Keep the policies in the console again",
        params: idParams,
        response: { 200: policiesAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      if (!(await leavePolicySource(app, change))) throw notFound("repository of policies");
      return policiesOf(parts, await policiesInForce(app.db, change.instanceId));
    },
  );
}

function tagRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/repository-tags",
    { schema: { summary: "Every tag in use", response: { 200: tagsAnswer } }, config: { permission: "read" } },
    async (request) => ({ tags: [...(await listTags(app.db, viewerOf(request).scope))] }),
  );

  server.get(
    "/api/repositories/:id/tags",
    {
      schema: { summary: "How a repository is tagged", params: idParams, response: { 200: tagsAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { id } = await repositoryFor(parts, viewerOf(request), request.params.id);
      return { tags: [...((await getRepositoryPlace(app.db, id))?.tags ?? [])] };
    },
  );

  server.put(
    "/api/repositories/:id/tags",
    {
      schema: {
        summary: "Tag a repository, for policies; open pull requests are judged again",
        ...{ params: idParams, body: tagsBody, response: { 200: tagsAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id, instanceId, name } = await repositoryFor(parts, viewer, request.params.id);
      const tags = [...new Set(request.body.tags)].sort();
      await inTransaction(app.db, async (tx) => {
        await setRepositoryTags(tx, id, tags);
        const data = { tags };
        const about = { actor: viewer.name, subject: name, instanceId, data, at: app.now() };
        await insertAuditEvent(tx, { action: "repository-tagged", ...about });
        await judgeOpenPullRequests(app, tx, instanceId);
      });
      return { tags };
    },
  );
}

async function repositoryFor({ app }: Parts, { scope }: Viewer, id: string) {
  const repository = await getRepositoryOverview(app.db, scope, id as RepositoryId);
  if (!repository) throw notFound("repository");
  return repository;
}
