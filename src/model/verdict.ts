/** What the policies say about the findings of one pull request, push or build. */

import type { Finding } from "./finding.ts";
import type { RepositoryId } from "./ids.ts";
import type { BranchKind, Novelty, PolicyAction, PolicyTrigger } from "./policy.ts";
import type { ScannerName } from "./scanner-name.ts";

/** A finding with all that a condition may ask about it. */
export interface PolicySubject {
  /** As it counts: its rule's setting is applied. */
  readonly finding: Finding;
  readonly urgency?: number;
  readonly novelty: Novelty;
  readonly firstSeen: Date;
}

/** Where the findings are. */
export interface PolicyPlace {
  readonly repositoryId?: RepositoryId;
  /** `project/repository`. */
  readonly repository: string;
  readonly project: string;
  readonly tags: readonly string[];
  /** Of a pull request: its target. Where it is of several kinds, all of them (`branch-kinds.ts`). */
  readonly branch: BranchKind | readonly BranchKind[];
  readonly trigger: PolicyTrigger;
}

/** One finding under all policies that match it: the strictest wins. What no policy matches has none. */
export interface PolicyMatch {
  readonly fingerprint: string;
  readonly scanner: ScannerName;
  /** What follows, each action once, by the policy that asks for it. */
  readonly actions: readonly { readonly action: PolicyAction; readonly policy: string }[];
  /** Set if it would block and is in its days of grace. */
  readonly graceUntil?: string;
}

/** `unfinished`: the scan did not end, and a policy that fails closed says so. */
export type VerdictOutcome = "passed" | "blocked" | "unfinished";

export interface Verdict {
  readonly outcome: VerdictOutcome;
  /** Ids of the policies that made it what it is, strictest first; empty if nothing blocks. */
  readonly decidedBy: readonly string[];
  readonly matches: readonly PolicyMatch[];
}

/** What a verdict rests on: with it, `sallyport replay` comes to the same. */
export interface VerdictEvidence {
  readonly commit: string;
  /** What a pull request was compared with. */
  readonly base?: string;
  readonly scannersVersion: string;
  readonly knowledgeVersion: string;
  /** A hash of all policies that were in force. */
  readonly policiesVersion: string;
}
