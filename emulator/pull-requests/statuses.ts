/** Routes of pull-request statuses: appended, never changed, closed pull requests take none. */
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, organizationUrl, repositoryUrl } from "../shapes.ts";
import { nextId, type PullRequestState, type RepositoryState, type World } from "../world.ts";
import { completeIfAsked } from "./completion.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { requireIteration } from "./iterations.ts";
import { toPropertyBag } from "./property-bag.ts";
import { notesOf } from "./pull-request-notes.ts";
import { sevenDigits } from "./pull-request-shape.ts";
import { enumValue, invalidArgument, isRecord, record, requireBody, text } from "./request-body.ts";

export const statusStates = {
  0: "notSet",
  1: "pending",
  2: "succeeded",
  3: "failed",
  4: "error",
  5: "notApplicable",
} as const;

interface Place {
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
  /** The statuses that the address speaks of: all, or those of one iteration. */
  readonly statuses: Record<string, unknown>[];
  readonly iterationId?: number;
}

function find(call: Call, world: World): Place {
  const { repository, pullRequest } = requirePullRequest(call, world);
  if (call.params.iterationId === undefined) return { repository, pullRequest, statuses: pullRequest.statuses };
  const iterationId = requireIteration(pullRequest, call.params.iterationId).id;
  const statuses = pullRequest.statuses.filter((one) => one.iterationId === iterationId);
  return { repository, pullRequest, statuses, iterationId };
}

function requireEditable(call: Call, world: World): Place {
  const place = find(call, world);
  requireGitPermission(call, place.repository, "PullRequestContribute");
  if (place.pullRequest.status === "active") return place;
  throw new Refusal(
    403,
    "GitPullRequestStatusNotEditableException",
    "The requested pull request status cannot be updated as it requires an active pull request.",
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestStatusNotEditableException, Microsoft.TeamFoundation.Git.Server",
  );
}

function requireStatus(place: Place, id: string): Record<string, unknown> {
  const status = place.statuses.find((one) => String(one.id) === id);
  if (status) return status;
  throw new Refusal(
    404,
    "GitPullRequestStatusNotFoundException",
    `The pull request status ${id} was not found.`,
    "Microsoft.TeamFoundation.Git.Server.GitPullRequestStatusNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

function shape(call: Call, world: World, place: Place, status: Record<string, unknown>): Record<string, unknown> {
  const base = `${organizationUrl(world, call.organization)}/_apis/git/repositories/${place.repository.id}`;
  return {
    ...status,
    createdBy: identityRef(world, String(status.createdBy), call.organization),
    _links: {
      self: { href: `${base}/pullRequests/${place.pullRequest.id}/statuses/${String(status.id)}` },
      repository: { href: repositoryUrl(world, call.organization, place.repository) },
    },
  };
}

/** The part of a status that pull requests and commits share, checked. */
export function readStatus(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const context = record(body.context);
  const name = text(context.name);
  if (!name) throw invalidArgument("context.name");
  const genre = text(context.genre);
  return {
    state: enumValue(body.state, statusStates, "state") ?? "notSet",
    ...(text(body.description) === undefined ? {} : { description: body.description }),
    context: { name, ...(genre ? { genre } : {}) },
    ...(text(body.targetUrl) === undefined ? {} : { targetUrl: body.targetUrl }),
  };
}

async function create(call: Call, world: World) {
  const place = requireEditable(call, world);
  const { repository, pullRequest } = place;
  const body = requireBody(call);
  const checked = readStatus(body);
  const iterationId = place.iterationId ?? (body.iterationId === undefined ? undefined : Number(body.iterationId));
  if (iterationId !== undefined && iterationId !== 0) requireIteration(pullRequest, String(iterationId));
  const now = sevenDigits(world.clock.now());
  const status: Record<string, unknown> = {
    ...(iterationId ? { iterationId } : {}),
    ...(isRecord(body.properties) ? { properties: toPropertyBag(body.properties) } : {}),
    id: nextId(world, `status ${pullRequest.artifactId}`),
    ...checked,
    creationDate: now,
    updatedDate: now,
    createdBy: call.user.id,
  };
  pullRequest.statuses.push(status);
  notesOf(pullRequest).postedAt.set(status, iterationId || pullRequest.iterations.length);
  await completeIfAsked(world, call.organization, repository, pullRequest);
  return { body: shape(call, world, place, status) };
}

function listStatuses(call: Call, world: World) {
  const place = find(call, world);
  return list(place.statuses.map((status) => shape(call, world, place, status)));
}

function getStatus(call: Call, world: World) {
  const place = find(call, world);
  return { body: shape(call, world, place, requireStatus(place, call.params.statusId ?? "")) };
}

function remove({ pullRequest }: Place, status: Record<string, unknown>): void {
  pullRequest.statuses.splice(pullRequest.statuses.indexOf(status), 1);
}

function deleteStatus(call: Call, world: World) {
  const place = requireEditable(call, world);
  remove(place, requireStatus(place, call.params.statusId ?? ""));
  return { status: 204 };
}

/** Takes nothing but `remove` of `/{id}`. */
function patchStatuses(call: Call, world: World) {
  const place = requireEditable(call, world);
  const operations = Array.isArray(call.body) ? call.body.map((one) => record(one)) : [];
  if (operations.length === 0) throw invalidArgument("patchDocument");
  const doomed = operations.map(({ op, path }) => {
    if (op !== "remove" && op !== 1) throw invalidArgument("op");
    return requireStatus(place, String(path).replace(/^\//, ""));
  });
  for (const status of doomed) remove(place, status);
  return { status: 204 };
}

const pullRequestAt = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}";
const reading = ["code", "code_status"] as const;
const writing = ["code_status", "code_write"] as const;

export const routes: readonly Route[] = ["", "/iterations/{iterationId}"].flatMap((below): Route[] => {
  const at = `${pullRequestAt}${below}/statuses`;
  return [
    { method: "GET", path: at, scopes: reading, handle: listStatuses },
    { method: "POST", path: at, scopes: writing, handle: create },
    { method: "PATCH", path: at, scopes: writing, handle: patchStatuses },
    { method: "GET", path: `${at}/{statusId}`, scopes: reading, handle: getStatus },
    { method: "DELETE", path: `${at}/{statusId}`, scopes: writing, handle: deleteStatus },
  ];
});
