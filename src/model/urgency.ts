/** Urgency: what to look at first, as a sum of points of which each can be shown. */

/** The signals that a weight exists for. */
export const urgencySignals = [
  "severity",
  "exploit-likelihood",
  "known-exploited",
  "reachability",
  "fix-available",
  "secret-live",
  "in-head",
  "exposure",
  "production",
  "package-risk",
  "attack-path",
  "age",
  "overdue",
] as const;

export type UrgencySignal = (typeof urgencySignals)[number];

export interface UrgencyPoint {
  readonly signal: UrgencySignal;
  /** May be negative: what makes it less urgent. */
  readonly points: number;
  /** The datum in words: "EPSS 0.92", "not imported", "not known: nothing tells whether the branch is deployed". */
  readonly because: string;
  /** Set where the datum is missing: then the points are those of not knowing, which is not safety. */
  readonly isMissing?: boolean;
}

export interface Urgency {
  /** 0 to 100. */
  readonly score: number;
  readonly points: readonly UrgencyPoint[];
}

/** How an open issue stands to its due date; `none`: it is not open, or has none. */
export const dueStates = ["on-track", "approaching", "overdue", "none"] as const;

export type DueState = (typeof dueStates)[number];

/** Where an owner comes from: a file of the repository, who changed the path last, or the project, which always has one. */
export const ownerSources = ["file", "commits", "project"] as const;

export type OwnerSource = (typeof ownerSources)[number];
