/** Exceptions: what people decided not to fix, anchored to what it is and never to a line. One register holds them all. */
import type { Brand, InstanceId, RepositoryId } from "./ids.ts";
import type { DismissReason } from "./issue.ts";

export type ExceptionId = Brand<string, "ExceptionId">;

/** What an exception is about. Fingerprints are made of content: a secret's hash, a rule and a resource, a rule and a package. */
export type ExceptionAnchor =
  | { readonly is: "finding"; readonly fingerprint: string }
  /** An advisory against a package, in whatever manifest. */
  | { readonly is: "advisory"; readonly ecosystem: string; readonly package: string; readonly advisory: string }
  /** All that a rule says about one resource or file of a name. */
  | { readonly is: "rule"; readonly rule: string; readonly paths: readonly string[] };

export type ExceptionState =
  /** Waits for a second person, where an instance wants one; covers nothing yet. */
  | { readonly is: "pending" }
  | { readonly is: "active" }
  | { readonly is: "refused"; readonly by: string; readonly at: Date }
  | { readonly is: "expired"; readonly at: Date }
  | { readonly is: "revoked"; readonly by: string; readonly at: Date };

export const exceptionSources = ["console", "api", "pull-request"] as const;

export interface Exception {
  readonly id: ExceptionId;
  readonly instanceId: InstanceId;
  readonly anchor: ExceptionAnchor;
  /** Absent: in all repositories of the instance. */
  readonly repositoryId?: RepositoryId;
  readonly reason: DismissReason;
  readonly comment: string;
  readonly author: string;
  readonly madeAt: Date;
  /** Absent only where an instance allows exceptions without an end. */
  readonly until?: Date;
  readonly approver?: string;
  readonly source: (typeof exceptionSources)[number];
  /** Of a pull request: where it was said. */
  readonly saidAt?: string;
  readonly state: ExceptionState;
}
