/** What bears on one issue: the exceptions for it, the policies that hold it, and the fixes that end it. */
import { policiesAbout } from "#flows/policies/policies-about.ts";
import type { IssueId } from "#model/ids.ts";
import { exceptionsAbout } from "#store/exceptions/exceptions-about.ts";
import { listExceptions } from "#store/exceptions/list-exceptions.ts";
import { listFixes } from "#store/fixes/fixes.ts";
import { getIssue } from "#store/issues/issues.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { rowOf } from "../exceptions/row-of.ts";
import { rowOf as fixOf } from "../fixes/row-of.ts";
import { notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { decidedAnswer } from "./contract.ts";

/** More about one problem say nothing that the first do not. */
const mostShown = 10;

export function decidedRoutes(server: ApiServer, { app }: Parts): void {
  server.get(
    "/api/issues/:id/decided",
    {
      schema: {
        summary: "The exceptions for an issue that are not over, the policies that hold it, and the fixes that end it",
        params: idParams,
        response: { 200: decidedAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const issue = await getIssue(app.db, scope, request.params.id as IssueId);
      if (!issue) throw notFound("issue");
      const about = (await exceptionsAbout(app.db, issue)).slice(0, mostShown);
      const found = await Promise.all(
        about.map(({ id }) => listExceptions(app.db, scope, { id, offset: 0, limit: 1 })),
      );
      const policies = await policiesAbout(app, issue);
      const { repositoryId, finding } = issue;
      const ending = { repositoryId, fingerprint: finding.fingerprint, offset: 0, limit: mostShown };
      const fixes = await listFixes(app.db, scope, ending);
      return {
        exceptions: found.flatMap(({ rows }) => rows.map(rowOf)),
        policies: policies.map(({ id, name, triggers, actions, graceUntil = null }) => ({
          ...{ id, name, graceUntil, triggers: [...triggers], actions: [...actions] },
        })),
        fixes: fixes.rows.map(fixOf),
      };
    },
  );
}
