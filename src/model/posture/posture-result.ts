/** What a rule says about one resource of an organization. */
import type { RuleId } from "../rule.ts";
import type { Severity } from "../severity.ts";

export const postureCategories = [
  "repository",
  "settings",
  "pipeline",
  "resource",
  "release",
  "identity",
  "organization",
  "extension",
  "hook",
  "feed",
  "run",
  "path",
] as const;

/** What kind of thing a rule is about: how the page groups them. */
export type PostureCategory = (typeof postureCategories)[number];

export interface PostureResource {
  /** `branch`, `connection`, `pipeline`, `group`: a word people know. */
  readonly kind: string;
  /** The same as long as it is the same resource: with its kind and project it names it. */
  readonly id: string;
  readonly name: string;
  /** Absent: of the organization. */
  readonly projectId?: string;
  /** The page of Azure DevOps where it is set. */
  readonly url?: string;
}

export type PostureAnswer =
  | { readonly is: "pass" }
  | PostureFailure
  | {
      readonly is: "not-evaluated";
      /** As a sentence: what is missing, and what would help. */
      readonly reason: string;
    };

export interface PostureFailure {
  readonly is: "fail";
  /** About this resource, as the end of a sentence; never holds a secret. */
  readonly why: string;
  readonly severity: Severity;
  /** What raised or lowered it, or nothing. */
  readonly severityBecause?: string;
  /** Fields of answers and lines of files that prove it. */
  readonly evidence: readonly Evidence[];
  /** The setting to change, exactly, and to what. */
  readonly fix?: string;
}

export interface Evidence {
  /** `branch policy 12: minimumApproverCount = 0`, `azure-pipelines.yml:14`. */
  readonly what: string;
  readonly url?: string;
  /** When it was read (ISO 8601). */
  readonly at?: string;
}

export interface PostureResult {
  readonly rule: RuleId;
  readonly resource: PostureResource;
  readonly answer: PostureAnswer;
}
