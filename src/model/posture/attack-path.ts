/** How somebody gets from who they are to something that matters, edge by edge, and the one setting that ends it. */
import type { Severity } from "../severity.ts";
import type { Evidence } from "./posture-result.ts";

export const pathNodeKinds = [
  "identity",
  "repository",
  "branch",
  "file",
  "template",
  "pipeline",
  "run",
  "pool",
  "connection",
  "cloud",
  "variable-group",
  "secure-file",
  "environment",
  "feed",
  "project",
  "organization",
] as const;

export type PathNodeKind = (typeof pathNodeKinds)[number];

export interface PathNode {
  readonly kind: PathNodeKind;
  /** With its kind the same as long as it is the same thing. */
  readonly id: string;
  readonly name: string;
  readonly projectId?: string;
  readonly url?: string;
}

export const pathEdgeKinds = [
  "can-push",
  "can-create-branch",
  "can-bypass",
  "can-edit-policy",
  "can-create-pipeline",
  "can-edit-pipeline",
  "can-queue",
  "can-approve",
  "starts",
  "defined-by",
  "includes",
  "runs-on",
  "authorised",
  "uses",
  "assumes",
  "publishes",
  "consumes",
  "member-of",
] as const;

export type PathEdgeKind = (typeof pathEdgeKinds)[number];

/** How sure it is: a run did it; settings allow it; it follows from what is not fully known. */
export const pathCertainties = ["run", "authorised", "possible"] as const;

export type PathCertainty = (typeof pathCertainties)[number];

export interface PathEdge {
  readonly is: PathEdgeKind;
  readonly from: PathNode;
  readonly to: PathNode;
  /** As a sentence: who can do what, and why nothing stops them. */
  readonly says: string;
  /** Guards that stand here and do not hold for this identity, each with why. */
  readonly guards: readonly string[];
  readonly certainty: PathCertainty;
  /** Never empty. */
  readonly evidence: readonly Evidence[];
}

export interface AttackPath {
  /** The same as long as who starts and where it ends are the same. */
  readonly id: string;
  readonly rule: `cicd/${string}`;
  /** The class of people who start: all contributors of a project, everybody outside. */
  readonly entry: PathNode;
  readonly target: PathNode;
  readonly severity: Severity;
  readonly certainty: PathCertainty;
  /** The cheapest whose guards hold nobody up, from entry to target. */
  readonly edges: readonly PathEdge[];
  /** Other ways between the same two. */
  readonly alternatives: number;
  readonly cut: PathCut;
}

/** The fewest settings that end it, the one that ends most first. */
export interface PathCut {
  readonly changes: readonly CutChange[];
  /** Undefined if no set of settings was found that ends all ways. */
  readonly isComplete: boolean;
}

export interface CutChange {
  /** Index into the edges of the path that it removes; -1: it removes an edge of another way between the same two. */
  readonly edge: number;
  /** The setting and its new value, as an instruction. */
  readonly what: string;
  readonly url?: string;
  /** How many of all paths of the organization it ends. */
  readonly closes: number;
  readonly of: number;
  /** What it would have stopped in the runs that are known. */
  readonly sideEffects: {
    readonly runs: number;
    readonly days: number;
    readonly pipelines: readonly string[];
  };
}
