import type { OrganizationId, ProjectId, RepositoryId } from "./ids.ts";

/** The event types Sallyport subscribes to: pushes, pull requests, builds, new repositories, and replies that may be commands. */
export const subscribedEventTypes = [
  "git.push",
  "git.pullrequest.created",
  "git.pullrequest.updated",
  "git.pullrequest.merged",
  "build.complete",
  "git.repo.created",
  "ms.vss-code.git-pullrequest-comment-event",
] as const;

export type SubscribedEventType = (typeof subscribedEventTypes)[number];

export interface RefUpdate {
  readonly ref: string;
  readonly oldObjectId: string;
  readonly newObjectId: string;
}

/** What a delivery says, in our words. A hint only: flows read the truth from the remote. */
export type HookEvent = {
  /** The event's GUID: the same in every delivery of one event. */
  readonly id: string;
  readonly organizationId?: OrganizationId;
  readonly projectId?: ProjectId;
  readonly at: Date;
} & (
  | { readonly is: "push"; readonly repositoryId: RepositoryId; readonly refUpdates: readonly RefUpdate[] }
  | {
      readonly is: "pull-request-created" | "pull-request-updated" | "pull-request-merged";
      readonly repositoryId: RepositoryId;
      readonly pullRequest: number;
      /** As the payload says; `merged` is only an attempt, `completed` is the fact. */
      readonly status: "active" | "completed" | "abandoned" | "unknown";
    }
  | {
      readonly is: "build-completed";
      readonly buildId: number;
      readonly buildNumber: string;
      readonly definition: string;
      readonly result: string;
      readonly commit?: string;
      readonly branch?: string;
      readonly repositoryId?: RepositoryId;
      readonly finishedAt?: Date;
      /** Whom the build was for, by name. */
      readonly requestedBy?: string;
      readonly webUrl?: string;
    }
  | { readonly is: "repository-created"; readonly repositoryId: RepositoryId }
  | {
      readonly is: "pull-request-comment";
      readonly repositoryId: RepositoryId;
      readonly pullRequest: number;
      /** Absent in deliveries that say little. */
      readonly content?: string;
    }
  | { readonly is: "other"; readonly eventType: string }
);
