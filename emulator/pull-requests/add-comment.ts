/** Adding a comment to a thread, and the event that tells of it. */
import { raise } from "../hooks/raise.ts";
import { Refusal } from "../route.ts";
import type { CommentState, ThreadState, User } from "../world.ts";
import { pullRequestShape } from "./pull-request-shape.ts";
import { enumValue, invalidArgument, text } from "./request-body.ts";
import { commentShape, type ThreadPlace } from "./thread-shape.ts";

const commentTypes = { 0: "text", 1: "text", 2: "codeChange", 3: "system" } as const;

export function checkContent(value: unknown): string {
  const content = text(value);
  if (content === undefined || content.trim() === "") throw invalidArgument("content");
  if (content.length <= 150_000) return content;
  throw new Refusal(
    400,
    "DiscussionCommentTooLongException",
    "A discussion comment cannot be longer than 150000 characters.",
    "Microsoft.TeamFoundation.Discussion.WebApi.DiscussionCommentTooLongException, Microsoft.TeamFoundation.Discussion.WebApi",
  );
}

export async function addComment(
  place: ThreadPlace,
  thread: ThreadState,
  user: User,
  wanted: Readonly<Record<string, unknown>>,
): Promise<CommentState> {
  const { world } = place;
  const content = checkContent(wanted.content);
  const parent = typeof wanted.parentCommentId === "number" ? wanted.parentCommentId : 0;
  if (parent !== 0 && !thread.comments.some((one) => one.id === parent)) throw invalidArgument("parentCommentId");
  const now = world.clock.now();
  const comment: CommentState = {
    id: thread.comments.length + 1,
    parentCommentId: parent,
    content,
    commentType: enumValue(wanted.commentType, commentTypes, "commentType") ?? "text",
    userId: user.id,
    publishedDate: now,
    lastUpdatedDate: now,
    isDeleted: false,
  };
  thread.comments.push(comment);
  thread.lastUpdatedDate = now;
  await raiseComment(place, thread, comment);
  return comment;
}

async function raiseComment(place: ThreadPlace, thread: ThreadState, comment: CommentState): Promise<void> {
  const { world, organization, repository, pullRequest } = place;
  const who = world.users.get(comment.userId)?.displayName ?? "Somebody";
  raise(world, organization, {
    eventType: "ms.vss-code.git-pullrequest-comment-event",
    projectId: repository.projectId,
    repositoryId: repository.id,
    resourceVersion: "2.0",
    message: `${who} has commented on a pull request`,
    detailedMessage: `${who} has commented on a pull request\r\n${comment.content}\r\n`,
    resource: {
      comment: commentShape(place, thread, comment),
      pullRequest: await pullRequestShape(world, organization, repository, pullRequest, "hook"),
    },
    filters: { branch: pullRequest.targetRefName },
  });
}
