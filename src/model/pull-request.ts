import type { RepositoryId } from "./ids.ts";

export type PullRequestState = "active" | "completed" | "abandoned";

/** A pull request as the remote tells it. */
export interface PullRequest {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  /** Of the identity in Azure DevOps. */
  readonly authorId?: string;
  readonly state: PullRequestState;
  readonly isDraft: boolean;
  readonly sourceRef: string;
  readonly targetRef: string;
  /** Tip of the source branch; absent if the branch was deleted. */
  readonly sourceCommit?: string;
  readonly targetCommit?: string;
  readonly mergeStatus?: string;
  readonly webUrl: string;
}

/** A push, force push or retarget makes a new one; they count from 1. */
export interface Iteration {
  readonly id: number;
  readonly sourceCommit: string;
  readonly targetCommit: string;
  /** The common commit of source and target: what the iteration is compared with. */
  readonly commonCommit: string;
}

/** A file that an iteration changes, with the id that threads are anchored by. */
export interface IterationChange {
  readonly changeTrackingId: number;
  readonly path: string;
  readonly changeType: string;
  readonly objectId?: string;
}

export type PullRequestStatusState = "pending" | "succeeded" | "failed" | "error" | "notApplicable";
