/** What one revision of a pipeline is made of, and what its last runs really used. */
import type { PathCertainty } from "./attack-path.ts";
import type { Evidence } from "./posture-result.ts";

export const billKinds = [
  "template",
  "task",
  "image",
  "download",
  "feed",
  "artifact-in",
  "artifact-out",
  "pool",
  "connection",
  "variable-group",
  "secret",
  "vault",
  "secure-file",
  "environment",
  "repository",
  "webhook",
] as const;

export type BillKind = (typeof billKinds)[number];

export interface BillItem {
  readonly kind: BillKind;
  readonly name: string;
  /** Version, tag, digest, ref or commit: whatever says which one. */
  readonly version?: string;
  /** Somebody can put another thing behind the same name and version. */
  readonly isMutable?: boolean;
  /** Publisher of a task, account behind a connection, vault behind a group. */
  readonly from?: string;
  /** The server's id, where it is known. */
  readonly id?: string;
  readonly certainty: PathCertainty;
  /** Jobs that use it, as `stage/job`. */
  readonly jobs: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface PipelineBill {
  readonly projectId: string;
  readonly definitionId: number;
  readonly name: string;
  readonly revision: number;
  readonly url: string;
  /** YAML only. */
  readonly source?: { readonly repository: string; readonly commit: string; readonly path: string };
  /** What starts it, in words people know. */
  readonly starts: readonly string[];
  /** What its jobs act as. */
  readonly identity: { readonly name: string; readonly reach: "project" | "organization" | "unknown" };
  readonly items: readonly BillItem[];
  /** What could not be put together or is not known. */
  readonly gaps: readonly string[];
}
