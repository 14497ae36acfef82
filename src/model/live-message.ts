import type { InstanceId, OrganizationId, RepositoryId, ScanId, UserId } from "./ids.ts";

/** Small news for open consoles: what changed, not its content. Sent through PostgreSQL NOTIFY, so at most 7 KB. */
export type LiveMessage =
  | {
      readonly is: "scan-progress";
      readonly scanId: ScanId;
      readonly instanceId: InstanceId;
      readonly repositoryId: RepositoryId;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly is: "scan-changed";
      readonly scanId: ScanId;
      readonly instanceId: InstanceId;
      readonly repositoryId: RepositoryId;
    }
  | { readonly is: "issues-changed"; readonly instanceId: InstanceId; readonly repositoryId: RepositoryId }
  | {
      readonly is: "pull-request-changed";
      readonly instanceId: InstanceId;
      readonly repositoryId: RepositoryId;
      readonly number: number;
    }
  | { readonly is: "instance-changed"; readonly instanceId: InstanceId }
  /** Its settings were looked at. */
  | { readonly is: "posture-changed"; readonly instanceId: InstanceId; readonly organizationId: OrganizationId };

/** For the processes that tell news: somebody signed out, or what they may do and see was changed. */
export interface AccessChanged {
  readonly is: "access-changed";
  readonly userId: UserId;
}

export type LiveNews = LiveMessage | AccessChanged;
