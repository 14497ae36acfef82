/** Issues: what was found, its history, and what people decide about it. */
import type { Static } from "typebox";
import { revokeException } from "#flows/exceptions/decide-exception.ts";
import { exceptIssues } from "#flows/exceptions/except-issues.ts";
import { packageTimes } from "#flows/packages/package-times.ts";
import { type ExcerptLine, readExcerpt } from "#flows/repositories/read-excerpt.ts";
import type { IssueId } from "#model/ids.ts";
import type { Span } from "#model/span.ts";
import { exceptionOf } from "#store/exceptions/dismiss-issue.ts";
import type { IssueSort } from "#store/issues/issue-order.ts";
import { getIssue, type IssueDetail } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { sourceOf } from "../exceptions/routes.ts";
import { conflict, invalid, notFound, ProblemError } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { spanOf } from "../shapes/place-of.ts";
import type { Viewer } from "../viewer.ts";
import {
  dismissBody,
  type Excerpt,
  excerptAnswer,
  type IssuesQuery,
  issueAnswer,
  issuesAnswer,
  issuesQuery,
  reopenBody,
} from "./contract.ts";
import { decidedRoutes } from "./decided-routes.ts";
import { criteriaOf, manyRoutes } from "./many-routes.ts";
import { detailOf, rowOf, webUrlOf } from "./row-of.ts";

export const issueRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  manyRoutes(server, parts);
  decisionRoutes(server, parts);
  decidedRoutes(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/issues",
    {
      schema: { summary: "Issues", querystring: issuesQuery, response: { 200: issuesAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { sort, after, offset, limit, ...criteria } = request.query;
      const list = { ...criteriaOf(criteria), ...orderOf(sort), offset, limit, after: after as IssueId | undefined };
      const { rows, total, isExact } = await listIssues(app.db, viewerOf(request).scope, list, app.now());
      const last = rows.length < limit ? undefined : rows.at(-1);
      return { rows: rows.map((row) => rowOf(row, parts)), total, isExact, next: last?.id ?? null };
    },
  );

  server.get(
    "/api/issues/:id",
    {
      schema: { summary: "One issue, with places and history", params: idParams, response: { 200: issueAnswer } },
      config: { permission: "read" },
    },
    async (request) => answerFor(parts, viewerOf(request), request.params.id),
  );

  server.get(
    "/api/issues/:id/excerpt",
    {
      schema: {
        summary: "The lines around an issue, with every secret of the file masked",
        params: idParams,
        response: { 200: excerptAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => excerptFor(parts, await issueFor(parts, viewerOf(request), request.params.id)),
  );
}

function decisionRoutes(server: ApiServer, parts: Parts): void {
  server.post(
    "/api/issues/:id/dismiss",
    {
      schema: {
        summary: "Dismisses an open issue: an exception for this problem in its repository",
        description:
          "Where its instance wants a second person the issue stays open until one agrees. Without `until` it lasts as long as the instance allows.",
        params: idParams,
        body: dismissBody,
        response: { 200: issueAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => dismiss(parts, viewerOf(request), request.params.id, request.body),
  );

  server.post(
    "/api/issues/:id/reopen",
    {
      schema: {
        summary: "Ends the exception that an issue is dismissed by",
        params: idParams,
        body: reopenBody,
        response: { 200: issueAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => reopen(parts, viewerOf(request), request.params.id),
  );
}

async function dismiss(
  parts: Parts,
  viewer: Viewer,
  id: string,
  { reason, comment = "", until }: Static<typeof dismissBody>,
) {
  const issue = await issueFor(parts, viewer, id);
  const [done] = await exceptIssues(parts.app, {
    ...{ ids: [issue.id], scope: viewer.scope, reach: "finding", everywhere: false, reason, comment },
    ...{ until: until === undefined ? undefined : new Date(until), author: viewer.name, source: sourceOf(viewer) },
  });
  if (done?.outcome.is === "refused") throw invalid(`#/${done.outcome.field}`, done.outcome.why);
  if (done?.outcome.is !== "made") throw conflict("This issue is not open any more, or somebody asked for the same.");
  return answerFor(parts, viewer, id);
}

async function reopen(parts: Parts, viewer: Viewer, id: string) {
  const { app } = parts;
  const issue = await issueFor(parts, viewer, id);
  const exception = await exceptionOf(app.db, issue.id);
  const decided =
    exception === undefined
      ? undefined
      : await revokeException(app, { id: exception, scope: viewer.scope, by: viewer.name });
  if (decided?.is !== "done") throw conflict("This issue is not dismissed.");
  return answerFor(parts, viewer, id);
}

async function issueFor({ app }: Parts, { scope }: Viewer, id: string): Promise<IssueDetail> {
  const issue = await getIssue(app.db, scope, id as IssueId);
  if (!issue) throw notFound("issue");
  return issue;
}

async function answerFor(parts: Parts, viewer: Viewer, id: string) {
  const issue = await issueFor(parts, viewer, id);
  return detailOf(issue, await packageTimes(parts.app, issue, issue.finding), parts);
}

async function excerptFor(parts: Parts, issue: IssueDetail): Promise<Excerpt> {
  const { finding, scannedCommit, repositoryId } = issue;
  const [branch] = rowOf(issue, parts).branches;
  const revision = scannedCommit ?? (branch === undefined ? undefined : `refs/heads/${branch}`);
  const excerpt =
    revision === undefined ? undefined : await readExcerpt(parts.app, { repositoryId, revision, finding });
  if (!excerpt) throw new ProblemError(404, "gone", "The file of this issue cannot be read any more.");
  const { commit, at } = excerpt;
  const block = finding.resource?.at;
  return {
    path: at.path,
    commit,
    webUrl: webUrlOf({ ...issue, scannedCommit: commit }, at, parts),
    at: spanOf(at),
    lines: excerpt.lines.map((line) => markedLine(line, at, at.path)),
    resource:
      excerpt.resource && block
        ? {
            path: block.path,
            webUrl: webUrlOf(issue, block, parts),
            lines: excerpt.resource.map((line) => markedLine(line, at, block.path)),
          }
        : null,
    fix:
      excerpt.fix?.map(({ path, lines }) => ({
        path,
        lines: lines.map(({ is, number = null, text }) => ({ is, number, text })),
      })) ?? null,
  };
}

function markedLine({ number, text }: ExcerptLine, at: Span, path: string): Excerpt["lines"][number] {
  const marked = path === at.path && number >= at.startLine && number <= Math.max(at.startLine, at.endLine);
  return { number, text, marked };
}

function orderOf(sort: IssuesQuery["sort"]): { readonly sort?: IssueSort; readonly descending?: boolean } {
  if (sort === undefined) return {};
  const descending = sort.startsWith("-");
  const name = descending ? sort.slice(1) : sort;
  return { sort: (name === "age" ? "first-seen" : name) as IssueSort, descending };
}
