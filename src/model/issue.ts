import type { Finding } from "./finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "./ids.ts";
import type { Skip } from "./silenced-finding.ts";

/** `rotated`: of secrets; whoever has it can do nothing with it any more. */
export const dismissReasons = [
  "false-positive",
  "accepted-risk",
  "used-in-tests",
  "will-fix-later",
  "rotated",
] as const;

export type DismissReason = (typeof dismissReasons)[number];

export type IssueState =
  | { readonly is: "open" }
  | { readonly is: "fixed"; readonly at: Date }
  /** By something written in the code, wherever it stands. */
  | ({ readonly is: "silenced" } & Skip)
  | {
      readonly is: "dismissed";
      readonly by: string;
      readonly reason: DismissReason;
      readonly until?: Date;
      readonly comment?: string;
    };

/** A finding with an id and a history: one per fingerprint, branch and repository. */
export interface Issue {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly finding: Finding;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly state: IssueState;
}
