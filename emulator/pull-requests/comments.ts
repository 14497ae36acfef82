/** Routes of the comments in a thread and of who likes them. */
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef } from "../shapes.ts";
import type { CommentState, ThreadState, World } from "../world.ts";
import { addComment, checkContent } from "./add-comment.ts";
import { notesOf } from "./pull-request-notes.ts";
import { requireBody } from "./request-body.ts";
import { commentShape, type ThreadPlace } from "./thread-shape.ts";
import { placeOf, requireThread } from "./threads.ts";

interface Found {
  readonly place: ThreadPlace;
  readonly thread: ThreadState;
}

function find(call: Call, world: World, writes: boolean): Found {
  const place = placeOf(call, world);
  if (writes) requireGitPermission(call, place.repository, "PullRequestContribute");
  return { place, thread: requireThread(place.pullRequest, call.params.threadId ?? "") };
}

function requireComment(call: Call, thread: ThreadState): CommentState {
  const id = call.params.commentId ?? "";
  const comment = thread.comments.find((one) => String(one.id) === id);
  if (comment) return comment;
  throw new Refusal(
    404,
    "DiscussionCommentNotFoundException",
    `The comment ${id} was not found in thread ${thread.id}.`,
    "Microsoft.TeamFoundation.Discussion.WebApi.DiscussionCommentNotFoundException, Microsoft.TeamFoundation.Discussion.WebApi",
  );
}

function requireAuthor(call: Call, comment: CommentState): void {
  if (comment.userId === call.user.id && comment.commentType !== "system") return;
  throw new Refusal(
    403,
    "DiscussionCommentCannotBeUpdatedException",
    "Only the author of a comment can change it.",
    "Microsoft.TeamFoundation.Discussion.WebApi.DiscussionCommentCannotBeUpdatedException, Microsoft.TeamFoundation.Discussion.WebApi",
  );
}

function listComments(call: Call, world: World) {
  const { place, thread } = find(call, world, false);
  return list(thread.comments.map((comment) => commentShape(place, thread, comment)));
}

function getComment(call: Call, world: World) {
  const { place, thread } = find(call, world, false);
  return { body: commentShape(place, thread, requireComment(call, thread)) };
}

async function createComment(call: Call, world: World) {
  const { place, thread } = find(call, world, true);
  const comment = await addComment(place, thread, call.user, requireBody(call));
  return { body: commentShape(place, thread, comment) };
}

function updateComment(call: Call, world: World) {
  const { place, thread } = find(call, world, true);
  const comment = requireComment(call, thread);
  requireAuthor(call, comment);
  const content = checkContent(requireBody(call).content);
  comment.content = content;
  comment.lastUpdatedDate = world.clock.now();
  thread.lastUpdatedDate = comment.lastUpdatedDate;
  return { body: commentShape(place, thread, comment) };
}

/** The comment stays, without its words. */
function deleteComment(call: Call, world: World) {
  const { thread } = find(call, world, true);
  const comment = requireComment(call, thread);
  requireAuthor(call, comment);
  comment.isDeleted = true;
  comment.lastUpdatedDate = world.clock.now();
  thread.lastUpdatedDate = comment.lastUpdatedDate;
  return { status: 200 };
}

function likesOf(call: Call, { place, thread }: Found): Set<string> {
  const { likes } = notesOf(place.pullRequest);
  const key = `${thread.id}/${requireComment(call, thread).id}`;
  const users = likes.get(key) ?? new Set<string>();
  likes.set(key, users);
  return users;
}

function listLikes(call: Call, world: World) {
  return list([...likesOf(call, find(call, world, false))].map((id) => identityRef(world, id, call.organization)));
}

function like(call: Call, world: World) {
  likesOf(call, find(call, world, true)).add(call.user.id);
  return { status: 200 };
}

function unlike(call: Call, world: World) {
  likesOf(call, find(call, world, true)).delete(call.user.id);
  return { status: 200 };
}

const at =
  "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads/{threadId}/comments";
const reading = ["code", "threads_full"] as const;
const writing = ["code_write", "threads_full"] as const;

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: reading, handle: listComments },
  { method: "POST", path: at, scopes: writing, handle: createComment },
  { method: "GET", path: `${at}/{commentId}`, scopes: reading, handle: getComment },
  { method: "PATCH", path: `${at}/{commentId}`, scopes: writing, handle: updateComment },
  { method: "DELETE", path: `${at}/{commentId}`, scopes: writing, handle: deleteComment },
  { method: "GET", path: `${at}/{commentId}/likes`, scopes: reading, handle: listLikes },
  { method: "POST", path: `${at}/{commentId}/likes`, scopes: writing, handle: like },
  { method: "DELETE", path: `${at}/{commentId}/likes`, scopes: writing, handle: unlike },
];
