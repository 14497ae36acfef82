/** How answers show threads and comments. */
import { identityRef, organizationUrl, repositoryUrl } from "../shapes.ts";
import type {
  CommentState,
  OrganizationState,
  PullRequestState,
  RepositoryState,
  ThreadState,
  World,
} from "../world.ts";
import { notesOf } from "./pull-request-notes.ts";

export interface ThreadPlace {
  readonly world: World;
  readonly organization: OrganizationState;
  readonly repository: RepositoryState;
  readonly pullRequest: PullRequestState;
}

/** Threads are named without the project segment, unlike most of what belongs to a repository. */
export function threadUrl({ world, organization, repository, pullRequest }: ThreadPlace, thread: ThreadState): string {
  const base = organizationUrl(world, organization);
  return `${base}/_apis/git/repositories/${repository.id}/pullRequests/${pullRequest.id}/threads/${thread.id}`;
}

export function commentShape(place: ThreadPlace, thread: ThreadState, comment: CommentState): Record<string, unknown> {
  const { world, organization, repository, pullRequest } = place;
  const self = threadUrl(place, thread);
  const likers = notesOf(pullRequest).likes.get(`${thread.id}/${comment.id}`) ?? [];
  return {
    id: comment.id,
    parentCommentId: comment.parentCommentId,
    author: identityRef(world, comment.userId, organization),
    ...(comment.isDeleted ? {} : { content: comment.content }),
    publishedDate: comment.publishedDate.toISOString(),
    lastUpdatedDate: comment.lastUpdatedDate.toISOString(),
    lastContentUpdatedDate: comment.lastUpdatedDate.toISOString(),
    ...(comment.isDeleted ? { isDeleted: true } : {}),
    commentType: comment.commentType,
    usersLiked: [...likers].map((id) => identityRef(world, id, organization)),
    _links: {
      self: { href: `${self}/comments/${comment.id}` },
      repository: { href: repositoryUrl(world, organization, repository) },
      threads: { href: self },
      pullRequests: { href: `${organizationUrl(world, organization)}/_apis/git/pullRequests/${pullRequest.id}` },
    },
  };
}

export interface TrackedPosition {
  readonly threadContext: unknown;
  readonly trackingCriteria: unknown;
}

export function threadShape(
  place: ThreadPlace,
  thread: ThreadState,
  tracked?: TrackedPosition,
): Record<string, unknown> {
  const context = thread.pullRequestThreadContext as Record<string, unknown> | undefined;
  return {
    pullRequestThreadContext:
      context && tracked ? { ...context, trackingCriteria: tracked.trackingCriteria } : (context ?? null),
    id: thread.id,
    publishedDate: thread.publishedDate.toISOString(),
    lastUpdatedDate: thread.lastUpdatedDate.toISOString(),
    comments: thread.comments.map((comment) => withoutLinks(commentShape(place, thread, comment))),
    ...(thread.status ? { status: thread.status } : {}),
    threadContext: tracked ? tracked.threadContext : (thread.threadContext ?? null),
    properties: thread.properties,
    isDeleted: thread.comments.length > 0 && thread.comments.every((comment) => comment.isDeleted),
    _links: {
      self: { href: threadUrl(place, thread) },
      repository: { href: repositoryUrl(place.world, place.organization, place.repository) },
    },
  };
}

function withoutLinks({ _links, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
