/** Exceptions: what people decided not to fix, anchored to what it is and never to a line. One register holds them all. */
import type { Ecosystem } from "./ecosystem.ts";
import type { Finding } from "./finding.ts";
import type { Brand, InstanceId, RepositoryId } from "./ids.ts";
import type { DismissReason } from "./issue.ts";
import { packageKey } from "./package-key.ts";
import type { Severity } from "./severity.ts";

export type ExceptionId = Brand<string, "ExceptionId">;

/** What an exception is about. Fingerprints are made of content: a secret's hash, a rule and a resource, a rule and a package. */
export type ExceptionAnchor =
  | { readonly is: "finding"; readonly fingerprint: string }
  /** An advisory against a package, in whatever manifest. */
  | { readonly is: "advisory"; readonly ecosystem: Ecosystem; readonly package: string; readonly advisory: string }
  /** All that a rule says about one resource or file of a name. */
  | { readonly is: "rule"; readonly rule: string; readonly paths: readonly string[] };

/** In the words of CycloneDX. */
export const justifications = [
  "code_not_present",
  "code_not_reachable",
  "requires_configuration",
  "requires_dependency",
  "requires_environment",
  "protected_by_compiler",
  "protected_at_runtime",
  "protected_at_perimeter",
  "protected_by_mitigating_control",
] as const;

export type Justification = (typeof justifications)[number];

export const exceptionStateNames = ["pending", "active", "refused", "expired", "revoked"] as const;

export type ExceptionStateName = (typeof exceptionStateNames)[number];

export type ExceptionState =
  /** Waits for a second person, where an instance wants one; covers nothing yet. */
  | { readonly is: "pending" }
  | { readonly is: "active" }
  | { readonly is: "refused"; readonly by: string; readonly at: Date }
  | { readonly is: "expired"; readonly at: Date }
  | { readonly is: "revoked"; readonly by: string; readonly at: Date };

export const exceptionSources = ["console", "api", "pull-request"] as const;

export type ExceptionSource = (typeof exceptionSources)[number];

/** What it was made for, in words that still say something when the finding is gone. */
export interface ExceptionSubject {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path?: string;
}

export interface Exception {
  readonly id: ExceptionId;
  readonly instanceId: InstanceId;
  readonly anchor: ExceptionAnchor;
  /** Absent: in all repositories of the instance. */
  readonly repositoryId?: RepositoryId;
  readonly about: ExceptionSubject;
  readonly reason: DismissReason;
  readonly comment: string;
  /** Of a vulnerability: why the product is not affected, as VEX documents say it. */
  readonly justification?: Justification;
  readonly author: string;
  /** Of an author who wrote in a pull request: the name that is unique in Azure DevOps. */
  readonly authorAccount?: string;
  readonly madeAt: Date;
  /** Absent where an instance allows exceptions without an end, and of secrets that were rotated. */
  readonly until?: Date;
  readonly approver?: string;
  readonly source: ExceptionSource;
  /** Of a pull request: where it was said. */
  readonly saidAt?: string;
  readonly state: ExceptionState;
}

/** What an instance asks of its exceptions. */
export interface ExceptionSettings {
  readonly expiryRequired: boolean;
  /** Days from today; without a date of its own an exception lasts that long. */
  readonly longestDays: number;
  /** From this severity on a second person has to agree; absent: never. */
  readonly approvalFrom?: Severity;
  /** Unique names of people, and names of groups, who may decide by a reply although they could not overrule the check. */
  readonly reviewers: readonly string[];
  /** Whether who made a pull request may decide there. */
  readonly authorsMay: boolean;
}

export const usualExceptionSettings: ExceptionSettings = {
  expiryRequired: true,
  longestDays: 180,
  reviewers: [],
  authorsMay: false,
};

/** Whether the anchor is this finding; a different problem in the same place never is. */
export function isAnchoredTo(anchor: ExceptionAnchor, finding: Finding): boolean {
  switch (anchor.is) {
    case "finding":
      return finding.fingerprint === anchor.fingerprint;
    case "advisory":
      return (
        finding.package?.ecosystem === anchor.ecosystem &&
        packageKey(anchor.ecosystem, finding.package.name) === packageKey(anchor.ecosystem, anchor.package) &&
        (finding.advisory?.id === anchor.advisory || (finding.advisory?.aliases.includes(anchor.advisory) ?? false))
      );
    case "rule": {
      const path = "path" in finding.at ? finding.at.path : undefined;
      const names = [path, finding.resource?.address].filter((name) => name !== undefined);
      return finding.rule === anchor.rule && names.some((name) => anchor.paths.includes(name));
    }
  }
}

/** The oldest that covers it: whoever decided first decided. */
export function coveredBy<Known extends { readonly anchor: ExceptionAnchor }>(
  exceptions: readonly Known[],
  finding: Finding,
): Known | undefined {
  return exceptions.find(({ anchor }) => isAnchoredTo(anchor, finding));
}
