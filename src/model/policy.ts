/** Policies: what should follow from which findings, where. `scan/policies` reads, decides and tests them. */
import type { LiveVerdict } from "./finding.ts";
import type { Reachability } from "./package-finding.ts";
import type { ScannerName } from "./scanner-name.ts";
import type { Severity } from "./severity.ts";

export const policyTriggers = ["pull-request", "push", "schedule", "ci"] as const;

export type PolicyTrigger = (typeof policyTriggers)[number];

/** From the strictest to the mildest; `record` alone means that nothing follows but a line in the verdict. */
export const policyActions = ["block", "comment", "work-item", "fix", "webhook", "record"] as const;

export type PolicyAction = (typeof policyActions)[number];

/** `default`: the default branch; `protected`: with a blocking branch policy; `release`: `release/*` or `releases/*`; `other`: the rest. */
export const branchKinds = ["default", "protected", "release", "other"] as const;

export type BranchKind = (typeof branchKinds)[number];

export const novelties = ["new", "backlog"] as const;

/** What was brought by a change, or what was there when the branch (or the rule) was scanned first. */
export type Novelty = (typeof novelties)[number];

/** All that are given must hold; a list holds if one of it does. In lists of globs one that begins with `!` takes out again. */
export interface PolicyConditions extends FindingConditions, PlaceConditions {}

export interface FindingConditions {
  readonly scanner?: readonly ScannerName[];
  /** Globs over a rule's id, with or without its scanner, its aliases, and the ids of an advisory. */
  readonly rule?: readonly string[];
  /** The mildest that counts. */
  readonly severity?: Severity;
  /** At least. What was not scored does not hold. */
  readonly urgency?: number;
  readonly fixAvailable?: boolean;
  /** Only findings about packages have one. */
  readonly relation?: "direct" | "transitive";
  /** Globs over a package's name. */
  readonly package?: readonly string[];
  /** Whether a package is needed for development only; what is about no package is not. */
  readonly development?: boolean;
  /** On the list of vulnerabilities that are known to be exploited. */
  readonly knownExploited?: boolean;
  /** EPSS, 0 to 1, at least. */
  readonly exploitLikelihood?: number;
  readonly reachability?: readonly Reachability["is"][];
  readonly licenseCategory?: readonly string[];
  /** Only secrets have it. */
  readonly live?: readonly (LiveVerdict | "not-asked")[];
  /** False: a secret that only the history holds any more. */
  readonly inHead?: boolean;
  /** Globs. */
  readonly path?: readonly string[];
  /** Days since it was first seen, at least. */
  readonly age?: number;
  readonly novelty?: Novelty;
}

export interface PlaceConditions {
  /** Globs over `project/repository`, or over the repository's name alone. */
  readonly repository?: readonly string[];
  readonly project?: readonly string[];
  readonly tag?: readonly string[];
  readonly branch?: readonly BranchKind[];
}

export interface PolicyScope {
  /** Globs over `project/repository`, or over the repository's name alone; empty = all. */
  readonly repositories: readonly string[];
  readonly projects: readonly string[];
  /** Of repositories, as people tag them here; one of them is enough. */
  readonly tags: readonly string[];
}

export interface Policy {
  /** A slug, unique in an instance: verdicts, comments and settings name it. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly enabled: boolean;
  /** One group must hold; empty = every finding. */
  readonly when: readonly PolicyConditions[];
  readonly scope: PolicyScope;
  readonly triggers: readonly PolicyTrigger[];
  readonly actions: readonly PolicyAction[];
  /** Days from the first sight of a finding in which it only is recorded. */
  readonly graceDays: number;
  /** What a check says when a scan does not end: `open` lets pass, `closed` blocks, after so many minutes. */
  readonly unfinished: { readonly fails: "open" | "closed"; readonly afterMinutes: number };
}
