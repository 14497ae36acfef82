/** Many issues at once: in groups, and dismissed by what they have in common. */
import type { Static, TObject } from "typebox";
import { exceptIssues } from "#flows/exceptions/except-issues.ts";
import type { InstanceId, IssueId, ProjectId, RepositoryId } from "#model/ids.ts";
import { groupIssues, type IssueGroup, type IssueGrouping } from "#store/issues/group-issues.ts";
import type { IssueCriteria } from "#store/issues/issue-filter.ts";
import { countMatches, listIssues } from "#store/issues/list-issues.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { sourceOf } from "../exceptions/routes.ts";
import { invalid } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";
import type { issueCriteria } from "./contract.ts";
import {
  type DismissMatching,
  dismissMatchingAnswer,
  dismissMatchingBody,
  groupsAnswer,
  groupsQuery,
  type IssueGroups,
} from "./many-contract.ts";
import { rowOf } from "./row-of.ts";

/** Each is an exception of its own: so many take some seconds. */
const mostAtOnce = 500;

export function manyRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/issues/groups",
    {
      schema: {
        summary: "Issues by what they have in common",
        querystring: groupsQuery,
        response: { 200: groupsAnswer },
      },
      config: { permission: "read" },
    },
    async (request): Promise<IssueGroups> => {
      const { by, offset, limit, ...criteria } = request.query;
      const asked = { ...criteriaOf(criteria), by, offset, limit };
      const { rows, total } = await groupIssues(app.db, viewerOf(request).scope, asked, app.now());
      return { rows: rows.map((group) => groupOf(group, by, parts)), total };
    },
  );

  server.post(
    "/api/issues/dismiss-matching",
    {
      schema: {
        summary: `Dismisses open issues that a filter fits, up to ${mostAtOnce} in one call, the most urgent first`,
        body: dismissMatchingBody,
        response: { 200: dismissMatchingAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => dismissMatching(parts, viewerOf(request), request.body),
  );
}

type Criteria = Partial<Static<TObject<typeof issueCriteria>>>;

/** Ids are checked by their form; what they name is looked up within the viewer's scope. */
export function criteriaOf({ repositoryId, projectId, instanceId, ...criteria }: Criteria): IssueCriteria {
  return {
    ...criteria,
    repositoryId: repositoryId as RepositoryId | undefined,
    projectId: projectId as ProjectId | undefined,
    instanceId: instanceId as InstanceId | undefined,
  };
}

function groupOf(
  { key, count, urgency, first }: IssueGroup,
  by: IssueGrouping,
  parts: Parts,
): IssueGroups["rows"][number] {
  const rows = first.map((issue) => rowOf(issue, parts));
  const [one] = rows;
  const titles: Readonly<Record<IssueGrouping, string | undefined>> = {
    repository: one && `${one.repository.project}/${one.repository.name}`,
    rule: one?.title,
    package: key.slice(key.indexOf("/") + 1),
    secret: one && `${one.title} ${one.masked ?? ""}`.trim(),
    owner: key,
  };
  return { key, title: titles[by] ?? key, count, urgency, first: rows };
}

async function dismissMatching(
  { app }: Parts,
  viewer: Viewer,
  { filter, reason, comment = "", justification, until }: Static<typeof dismissMatchingBody>,
): Promise<DismissMatching> {
  const end = until === undefined ? undefined : new Date(until);
  if (end && end <= app.now()) throw invalid("#/until", "must be in the future");
  const criteria = { ...criteriaOf(filter), state: ["open"] as const };
  if (reason === "rotated") {
    if (criteria.scanner?.some((scanner) => scanner !== "secrets")) throw invalid("#/reason", "is for secrets only");
    criteria.scanner = ["secrets"];
  }
  const page = { ...criteria, sort: "urgency", offset: 0, limit: mostAtOnce } as const;
  const { rows } = await listIssues(app.db, viewer.scope, page, app.now());
  const outcomes = await exceptIssues(app, {
    ...{ ids: rows.map(({ id }): IssueId => id), scope: viewer.scope, reach: "finding", everywhere: false },
    ...{ reason, comment, justification, until: end, author: viewer.name, source: sourceOf(viewer) },
  });
  const left = await countMatches(app.db, viewer.scope, criteria, app.now());
  const refused = outcomes.flatMap(({ issue, outcome }) =>
    outcome.is === "refused" ? [{ issue, why: `${outcome.field} ${outcome.why}` }] : [],
  );
  const done = outcomes.flatMap(({ outcome }) => ("exception" in outcome ? outcome.exception : []));
  const pending = done.filter(({ state }) => state.is === "pending");
  return {
    ...{ dismissed: done.length - pending.length, pending: pending.length, refused },
    ...{ left: left.total, leftIsExact: left.isExact },
  };
}
