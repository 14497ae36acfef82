/** The threads that Azure DevOps writes itself: no status, one system comment, the reason in the properties. */
import { nextId, type PullRequestState, type World } from "../world.ts";
import { toPropertyBag } from "./property-bag.ts";

export type SystemThreadKind =
  | "RefUpdate"
  | "VoteUpdate"
  | "StatusUpdate"
  | "ReviewersUpdate"
  | "MergeAttempt"
  | "TargetChanged";

export function addSystemThread(
  world: World,
  pullRequest: PullRequestState,
  userId: string,
  kind: SystemThreadKind,
  content: string,
  properties: Readonly<Record<string, string | number>> = {},
): void {
  const now = world.clock.now();
  pullRequest.threads.push({
    id: nextId(world, `thread ${pullRequest.artifactId}`),
    publishedDate: now,
    lastUpdatedDate: now,
    properties: toPropertyBag({ CodeReviewThreadType: kind, ...properties }),
    comments: [
      {
        id: 1,
        parentCommentId: 0,
        content,
        commentType: "system",
        userId,
        publishedDate: now,
        lastUpdatedDate: now,
        isDeleted: false,
      },
    ],
  });
}
