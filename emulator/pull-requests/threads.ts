/** Routes of comment threads. */
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { nextId, type PullRequestState, type ThreadState, type World } from "../world.ts";
import { addComment, checkContent } from "./add-comment.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { mergePropertyBag, toPropertyBag } from "./property-bag.ts";
import { enumValue, invalidArgument, isRecord, numberQuery, requireBody } from "./request-body.ts";
import { checkIterationContext, checkThreadContext, trackPosition } from "./thread-position.ts";
import { type ThreadPlace, threadShape } from "./thread-shape.ts";

const threadStatuses = {
  0: "unknown",
  1: "active",
  2: "fixed",
  3: "wontFix",
  4: "closed",
  5: "byDesign",
  6: "pending",
} as const;

export function placeOf(call: Call, world: World): ThreadPlace {
  return { world, organization: call.organization, ...requirePullRequest(call, world) };
}

export function requireThread(pullRequest: PullRequestState, id: string): ThreadState {
  const thread = pullRequest.threads.find((one) => String(one.id) === id);
  if (thread) return thread;
  throw new Refusal(
    404,
    "DiscussionThreadNotFoundException",
    `The discussion thread ${id} was not found in pull request ${pullRequest.id}.`,
    "Microsoft.TeamFoundation.Discussion.WebApi.DiscussionThreadNotFoundException, Microsoft.TeamFoundation.Discussion.WebApi",
  );
}

function requireContribute(call: Call, { repository }: ThreadPlace): void {
  requireGitPermission(call, repository, "PullRequestContribute");
}

async function shape(call: Call, place: ThreadPlace, thread: ThreadState): Promise<Record<string, unknown>> {
  const iteration = numberQuery(call, "$iteration", 0);
  const tracked =
    iteration > 0
      ? await trackPosition(place.world, place.repository, place.pullRequest, thread, iteration)
      : undefined;
  return threadShape(place, thread, tracked);
}

async function listThreads(call: Call, world: World) {
  const place = placeOf(call, world);
  return list(await Promise.all(place.pullRequest.threads.map((thread) => shape(call, place, thread))));
}

async function getThread(call: Call, world: World) {
  const place = placeOf(call, world);
  return { body: await shape(call, place, requireThread(place.pullRequest, call.params.threadId ?? "")) };
}

async function createThread(call: Call, world: World) {
  const place = placeOf(call, world);
  requireContribute(call, place);
  const body = requireBody(call);
  const comments = Array.isArray(body.comments) ? body.comments.filter(isRecord) : [];
  if (comments.length === 0) throw invalidArgument("comments");
  for (const comment of comments) checkContent(comment.content);
  const context = checkThreadContext(body.threadContext);
  const iterations = checkIterationContext(place.pullRequest, body.pullRequestThreadContext);
  const status = enumValue(body.status, threadStatuses, "status") ?? "unknown";
  const now = world.clock.now();
  const thread: ThreadState = {
    id: nextId(world, `thread ${place.pullRequest.artifactId}`),
    status,
    publishedDate: now,
    lastUpdatedDate: now,
    ...(context ? { threadContext: context } : {}),
    ...(iterations
      ? { pullRequestThreadContext: iterations }
      : context
        ? { pullRequestThreadContext: latest(place.pullRequest) }
        : {}),
    properties: toPropertyBag(body.properties),
    comments: [],
  };
  place.pullRequest.threads.push(thread);
  for (const comment of comments) await addComment(place, thread, call.user, comment);
  return { body: threadShape(place, thread) };
}

/** A thread on a file that names no iterations is written on the newest one. */
function latest(pullRequest: PullRequestState): Record<string, unknown> {
  const last = pullRequest.iterations.length;
  return { iterationContext: { firstComparingIteration: 1, secondComparingIteration: last } };
}

async function updateThread(call: Call, world: World) {
  const place = placeOf(call, world);
  requireContribute(call, place);
  const thread = requireThread(place.pullRequest, call.params.threadId ?? "");
  const body = requireBody(call);
  const status = enumValue(body.status, threadStatuses, "status");
  const context = checkThreadContext(body.threadContext);
  const iterations = checkIterationContext(place.pullRequest, body.pullRequestThreadContext);
  if (status) thread.status = status;
  if (context) thread.threadContext = context;
  if (iterations) thread.pullRequestThreadContext = iterations;
  if ("properties" in body) thread.properties = mergePropertyBag(thread.properties, body.properties);
  const comments = Array.isArray(body.comments) ? body.comments.filter(isRecord) : [];
  for (const comment of comments) {
    if (comment.id === undefined && comment.content !== undefined) await addComment(place, thread, call.user, comment);
  }
  thread.lastUpdatedDate = world.clock.now();
  return { body: threadShape(place, thread) };
}

const at = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads";
const reading = ["code", "threads_full"] as const;
const writing = ["code_write", "threads_full"] as const;

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: reading, handle: listThreads },
  { method: "POST", path: at, scopes: writing, handle: createThread },
  { method: "GET", path: `${at}/{threadId}`, scopes: reading, handle: getThread },
  { method: "PATCH", path: `${at}/{threadId}`, scopes: writing, handle: updateThread },
];
