/** Work items: asked for, looked at, taken up again. How they are wanted is in setting-routes.ts. */
import { askToSyncWorkItems } from "#flows/jobs/ask.ts";
import { type AskedWorkItem, askForWorkItems } from "#flows/work-items/ask-for-work-items.ts";
import { reopenWorkItem } from "#flows/work-items/reopen-work-item.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { WorkItemId } from "#model/work-item.ts";
import {
  getWorkItemOverview,
  listLinkedIssues,
  listWorkItems,
  lookNow,
  type WorkItemOverview,
} from "#store/fixes/work-items.ts";
import { type IssueRow, issuesById } from "#store/issues/issues.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type AskedWorkItems,
  askBody,
  askedAnswer,
  type WorkItemDetail,
  type WorkItemRow,
  workItemAnswer,
  workItemsAnswer,
  workItemsQuery,
} from "./contract.ts";
import { workItemSettingRoutes } from "./setting-routes.ts";

export const workItemRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  askRoutes(server, parts);
  changeRoutes(server, parts);
  workItemSettingRoutes(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/work-items",
    {
      schema: {
        summary: "Work items, changed last first",
        querystring: workItemsQuery,
        response: { 200: workItemsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { instanceId, repositoryId, issueId, ...filter } = request.query;
      const { rows, total } = await listWorkItems(app.db, viewerOf(request).scope, {
        ...filter,
        instanceId: instanceId as InstanceId | undefined,
        repositoryId: repositoryId as RepositoryId | undefined,
        issueId: issueId as IssueId | undefined,
      });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/work-items/:id",
    {
      schema: { summary: "One work item, with its issues", params: idParams, response: { 200: workItemAnswer } },
      config: { permission: "read" },
    },
    async (request) => detailOf(parts, await workItemFor(parts, viewerOf(request), request.params.id)),
  );
}

function askRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/work-items",
    {
      schema: {
        summary: "Asks for work items about open issues, one for each group",
        description: "A group has one at a time, which takes what comes later.",
        body: askBody,
        response: { 202: askedAnswer },
      },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { grouping } = request.body;
      const issues = await issuesFor(parts, viewer, request.body.issues);
      const answers: AskedWorkItem[] = [];
      await inTransaction(app.db, async (tx) => {
        for (const [repositoryId, own] of Map.groupBy(issues, (issue) => issue.repositoryId)) {
          const [first] = own;
          if (!first) continue;
          const { instanceId } = first;
          const askedBy = { is: "person", name: viewer.name } as const;
          const wish = { instanceId, repositoryId, issues: own.map(({ id }) => id), askedBy, grouping };
          answers.push(...(await askForWorkItems(app, tx, wish)));
        }
      });
      return reply.code(202).send({ answers: answers.map(answerOf) });
    },
  );
}

/** What the viewer may not see is not there. */
async function issuesFor({ app }: Parts, { scope }: Viewer, ids: readonly string[]): Promise<readonly IssueRow[]> {
  const wanted = [...new Set(ids)] as IssueId[];
  const found = (await issuesById(app.db, wanted)).filter(
    ({ instanceId }) => scope.is === "everything" || scope.ids.includes(instanceId),
  );
  if (found.length < wanted.length) throw notFound("issue");
  return found;
}

function answerOf(asked: AskedWorkItem): AskedWorkItems["answers"][number] {
  if (asked.is === "refused") return { ...asked, workItem: null, title: null, number: null };
  return { ...asked, number: asked.number ?? null, because: null };
}

function changeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/work-items/:id/reopen",
    {
      schema: {
        summary: "Takes up again what people closed in Boards while issues are open",
        params: idParams,
        response: { 200: workItemAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const item = await workItemFor(parts, viewer, request.params.id);
      const refused = await reopenWorkItem(app, item);
      if (refused !== undefined) throw conflict("This work item stays as it is.", refused);
      await insertAuditEvent(app.db, {
        ...{ actor: viewer.name, action: "work-item-reopened", instanceId: item.instanceId, at: app.now() },
        subject: `#${item.number} ${item.title}`,
      });
      return detailOf(parts, await workItemFor(parts, viewer, request.params.id));
    },
  );

  server.post(
    "/api/work-items/:id/sync",
    {
      schema: { summary: "Looks at a work item now", params: idParams, response: { 202: workItemAnswer } },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const item = await workItemFor(parts, viewerOf(request), request.params.id);
      await lookNow(app.db, item.id);
      await askToSyncWorkItems(app, app.db, { id: item.organizationId, instanceId: item.instanceId });
      return reply.code(202).send(await detailOf(parts, item));
    },
  );
}

async function workItemFor({ app }: Parts, { scope }: Viewer, id: string): Promise<WorkItemOverview> {
  const item = await getWorkItemOverview(app.db, scope, id as WorkItemId);
  if (!item) throw notFound("work item");
  return item;
}

function rowOf(item: WorkItemOverview): WorkItemRow {
  const { id, instanceId, title, state, askedBy, askedAt, changedAt, issues, openIssues } = item;
  const { reason = null, number = null, webUrl = null, type = null, remoteState = null } = item;
  return {
    ...{ id, instanceId, title, state, reason, number, webUrl, type, remoteState, issues, openIssues },
    repository: {
      id: item.repositoryId,
      name: item.repositoryName,
      project: item.projectName,
      organization: item.organizationName,
    },
    askedBy: { is: askedBy.is, name: askedBy.is === "policy" ? askedBy.policy : askedBy.name },
    ...{ askedAt: toTime(askedAt), changedAt: toTime(changedAt) },
  };
}

const listedIssues = 500;

async function detailOf({ app }: Parts, item: WorkItemOverview): Promise<WorkItemDetail> {
  const linked = (await listLinkedIssues(app.db, item.id)).slice(0, listedIssues);
  const issues = await issuesById(
    app.db,
    linked.map(({ id }) => id),
  );
  const listed = issues.map(({ id, severity, message, path, line = null, state }) => {
    return { id, severity, message, path, line, isOpen: state.is === "open" };
  });
  return { ...rowOf(item), listed };
}
