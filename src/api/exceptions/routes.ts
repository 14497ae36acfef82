/** Exceptions: the one register of what people decided not to fix. */
import { Readable } from "node:stream";
import {
  agreeToException,
  type Decided,
  prolongException,
  refuseException,
  revokeException,
} from "#flows/exceptions/decide-exception.ts";
import { exceptIssues, type IssueOutcome } from "#flows/exceptions/except-issues.ts";
import type { ExceptionId } from "#model/exception.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import { type ExceptionFilter, listExceptions } from "#store/exceptions/list-exceptions.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict, invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import type { Viewer } from "../viewer.ts";
import {
  type ExceptionRow,
  type ExceptionsBody,
  type ExceptionsQuery,
  exceptionAnswer,
  exceptionsAnswer,
  exceptionsBody,
  exceptionsCsvQuery,
  exceptionsQuery,
  extendBody,
  type MadeExceptions,
  madeAnswer,
} from "./contract.ts";
import { exportExceptions } from "./export-exceptions.ts";
import { rowOf } from "./row-of.ts";
import { settingsRoutes } from "./settings-routes.ts";

export const exceptionRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  makeRoute(server, parts);
  decisionRoutes(server, parts);
  settingsRoutes(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/exceptions",
    {
      schema: {
        summary: "Exceptions, and what the code silences; newest first",
        querystring: exceptionsQuery,
        response: { 200: exceptionsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { offset, limit } = request.query;
      const filter = { ...filterOf(request.query, app.now()), offset, limit };
      const { rows, total } = await listExceptions(app.db, viewerOf(request).scope, filter);
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/exceptions.csv",
    {
      schema: { summary: "The same as CSV, all of it", querystring: exceptionsCsvQuery, produces: ["text/csv"] },
      config: { permission: "read" },
    },
    async (request, reply) =>
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="exceptions.csv"')
        .send(Readable.from(exportExceptions(app.db, viewerOf(request).scope, filterOf(request.query, app.now())))),
  );

  server.get(
    "/api/exceptions/:id",
    {
      schema: { summary: "One exception", params: idParams, response: { 200: exceptionAnswer } },
      config: { permission: "read" },
    },
    async (request) => answerFor(parts, viewerOf(request), request.params.id),
  );
}

const dueDays = 14;

function filterOf(query: ExceptionsQuery, now: Date): Omit<ExceptionFilter, "offset" | "limit"> {
  const { state, source, due, author, instanceId, repositoryId, search } = query;
  return {
    ...{ state, source, author, search },
    dueBefore: due ? new Date(now.getTime() + dueDays * 24 * 60 * 60_000) : undefined,
    instanceId: instanceId as InstanceId | undefined,
    repositoryId: repositoryId as RepositoryId | undefined,
  };
}

function makeRoute(server: ApiServer, { app }: Parts): void {
  server.post(
    "/api/exceptions",
    {
      schema: {
        summary: "Makes exceptions for issues; several of one problem are one exception",
        description:
          "Without `until` it lasts as long as its instance allows at most. Each issue has an outcome of its own.",
        body: exceptionsBody,
        response: { 200: madeAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      return makeAll(app, viewer, request.body);
    },
  );
}

async function makeAll(app: Parts["app"], viewer: Viewer, body: ExceptionsBody): Promise<MadeExceptions> {
  const { issues, reach = "finding", everywhere = false, reason, comment = "", justification, until } = body;
  const outcomes = await exceptIssues(app, {
    ...{ ids: issues as IssueId[], scope: viewer.scope, reach, everywhere, reason, comment, author: viewer.name },
    ...{ until: until === undefined ? undefined : new Date(until), justification, source: sourceOf(viewer) },
  });
  return { outcomes: outcomes.map(outcomeOf) };
}

function outcomeOf({ issue, outcome }: IssueOutcome): MadeExceptions["outcomes"][number] {
  switch (outcome.is) {
    case "not-there":
      return { issue, is: "refused", exception: null, why: "There is no such issue, or you may not see it." };
    case "not-open":
      return { issue, is: "refused", exception: null, why: `The issue is ${outcome.state}, not open.` };
    case "refused":
      return { issue, is: "refused", exception: null, why: `${outcome.field} ${outcome.why}` };
    case "made":
    case "there": {
      const { id, state } = outcome.exception;
      return {
        issue,
        is: state.is === "pending" ? "pending" : outcome.is,
        exception: id,
        why: null,
      };
    }
  }
}

/** Who signed in by a cookie sits before the console. */
export function sourceOf({ csrf }: Viewer): "console" | "api" {
  return csrf === undefined ? "api" : "console";
}

function decisionRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const decisions = {
    approve: ["Agrees to an exception that waits for a second person", agreeToException],
    refuse: ["Refuses an exception that waits for a second person", refuseException],
    revoke: ["Ends an exception: what it covered is open again", revokeException],
  } as const;
  for (const [verb, [summary, decide]] of Object.entries(decisions)) {
    server.post(
      `/api/exceptions/:id/${verb}`,
      { schema: { summary, params: idParams, response: { 200: exceptionAnswer } }, config: { permission: "triage" } },
      async (request) => {
        const viewer = viewerOf(request);
        const id = request.params.id as ExceptionId;
        return answerTo(parts, viewer, await decide(app, { id, scope: viewer.scope, by: viewer.name }));
      },
    );
  }

  server.post(
    "/api/exceptions/:id/extend",
    {
      schema: {
        summary: "Gives an exception another end",
        params: idParams,
        body: extendBody,
        response: { 200: exceptionAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const until = request.body.until === null ? undefined : new Date(request.body.until);
      const asked = { id: request.params.id as ExceptionId, scope: viewer.scope, by: viewer.name, until };
      return answerTo(parts, viewer, await prolongException(app, asked));
    },
  );
}

async function answerTo(parts: Parts, viewer: Viewer, decided: Decided): Promise<ExceptionRow> {
  switch (decided.is) {
    case "not-there":
      throw notFound("exception");
    case "refused":
      if (decided.field === "until") throw invalid("#/until", decided.why);
      throw conflict(`The ${decided.field} does not fit: ${decided.why}.`);
    case "done":
      return answerFor(parts, viewer, decided.exception.id);
  }
}

async function answerFor({ app }: Parts, viewer: Viewer, id: string): Promise<ExceptionRow> {
  const { rows } = await listExceptions(app.db, viewer.scope, { id: id as ExceptionId, offset: 0, limit: 1 });
  const [entry] = rows;
  if (!entry) throw notFound("exception");
  return rowOf(entry);
}
