/** Fixes: changes that Sallyport proposes as pull requests. Each is rescanned before anybody sees it. */
import type { FixGrouping, FixRisk } from "./fix-plan.ts";
import type { Brand, InstanceId, RepositoryId } from "./ids.ts";
import type { Severity } from "./severity.ts";

export type FixId = Brand<string, "FixId">;

/**
 * `planned`: asked for, it waits for its turn. `making`: being written. `rescanned`: written, and its scan is green, nothing
 * is pushed yet. `open`: a pull request waits for people. The others are over.
 */
export const fixStates = [
  "planned",
  "making",
  "rescanned",
  "open",
  "merged",
  "closed-by-people",
  "abandoned",
  "superseded",
  "refused",
  "failed",
] as const;

export type FixState = (typeof fixStates)[number];

/** Of one root cause at most one is in one of these. */
export const liveFixStates = ["planned", "making", "rescanned", "open"] as const satisfies readonly FixState[];

export function isLiveFix(state: FixState): boolean {
  return liveFixStates.some((live) => live === state);
}

export type FixAskedBy =
  | { readonly is: "person"; readonly name: string }
  | { readonly is: "policy"; readonly policy: string }
  /** A comment in a pull request. */
  | { readonly is: "reply"; readonly name: string; readonly pullRequest: number };

export interface Fix {
  readonly id: FixId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** Of the root cause: `package npm lodash`. */
  readonly key: string;
  readonly grouping: FixGrouping;
  readonly title: string;
  /** What it goes to; empty where there is no such thing. */
  readonly goal: string;
  /** Full names. */
  readonly branch: string;
  readonly targetRef: string;
  /** The pull request that it helps; its branch is the target then. */
  readonly forPullRequest?: number;
  readonly baseCommit?: string;
  /** What was written last. */
  readonly headCommit?: string;
  /** What we know of the branch at the remote. */
  readonly pushedCommit?: string;
  readonly pullRequest?: number;
  readonly pullRequestUrl?: string;
  readonly state: FixState;
  /** In words: why it waits, was refused, or is over. */
  readonly reason?: string;
  /** Fingerprints of what it ends. */
  readonly fixes: readonly FixedProblem[];
  /** What it brings in that was not there before; nothing of medium severity or worse, or it would not be. */
  readonly adds: readonly FixedProblem[];
  /** What people must run or should know. */
  readonly said: readonly string[];
  readonly risk?: FixRisk;
  readonly askedBy: FixAskedBy;
  readonly askedAt: Date;
  readonly changedAt: Date;
}

/** A finding, as far as a pull request's text needs it. */
export interface FixedProblem {
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  /** `CVE-2021-23337`, where the problem is known by such a name. */
  readonly advisory?: string;
}

export interface FixSettings {
  /** Open pull requests of fixes that one repository has at most; the others wait. */
  readonly openLimit: number;
  readonly grouping: FixGrouping;
  /** Whether policies may ask for fixes. */
  readonly automatic: boolean;
  /** Ids of identities of Azure DevOps who are asked to review, beside those whom branch policies require. */
  readonly reviewers: readonly string[];
  readonly drafts: boolean;
}

export const defaultFixSettings: FixSettings = {
  openLimit: 5,
  grouping: "root-cause",
  automatic: true,
  reviewers: [],
  drafts: false,
};
