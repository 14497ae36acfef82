/** Policies: what should follow from which findings, where. `scan/policies` reads, decides and tests them. */
import type { LiveVerdict } from "./finding.ts";
import type { ScannerName } from "./scanner-name.ts";
import type { Severity } from "./severity.ts";

export const policyTriggers = ["pull-request", "push", "schedule", "ci"] as const;

export type PolicyTrigger = (typeof policyTriggers)[number];

/** From the strictest to the mildest; `record` alone means that nothing follows but a line in the verdict. */
export const policyActions = ["block", "comment", "work-item", "fix", "webhook", "record"] as const;

export type PolicyAction = (typeof policyActions)[number];

/** `default`: the default branch; `protected`: with a blocking branch policy; `release`: `release/*`; `other`: the rest. */
export const branchKinds = ["default", "protected", "release", "other"] as const;

export type BranchKind = (typeof branchKinds)[number];

export const novelties = ["new", "backlog"] as const;

/** What was brought by a change, or what was there when the branch (or the rule) was scanned first. */
export type Novelty = (typeof novelties)[number];

/** All that are given must hold; a list holds if one of it does. */
export interface PolicyConditions {
  readonly scanner?: readonly ScannerName[];
  /** Globs over a rule's id and its aliases. */
  readonly rule?: readonly string[];
  /** The mildest that counts. */
  readonly severity?: Severity;
  readonly urgency?: number;
  readonly fixAvailable?: boolean;
  readonly relation?: "direct" | "transitive";
  readonly licenseCategory?: readonly string[];
  readonly live?: readonly (LiveVerdict | "not-asked")[];
  /** Globs. */
  readonly path?: readonly string[];
  readonly branch?: readonly BranchKind[];
  /** Days since it was first seen, at least. */
  readonly age?: number;
  readonly novelty?: Novelty;
}

export interface PolicyScope {
  /** Globs over `project/repository`; empty = all. */
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
