import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "./ids.ts";

/** An organization as Azure DevOps names it. */
export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
}

/** Who may see a project: its members, everybody of the organization, or everybody. */
export type ProjectVisibility = "private" | "public" | "organization";

export interface Project {
  readonly id: ProjectId;
  readonly organizationId: OrganizationId;
  readonly name: string;
}

/** A repository as the remote lists it. */
export interface RemoteRepository {
  readonly id: RepositoryId;
  readonly projectId: ProjectId;
  readonly name: string;
  /** Full ref name (`refs/heads/main`); absent while the repository is empty. */
  readonly defaultBranch?: string;
  readonly size: number;
  /** Where git fetches from, without a user part. */
  readonly remoteUrl: string;
  readonly webUrl: string;
  readonly isDisabled: boolean;
  readonly isFork: boolean;
}

/** `settings` stands for the settings of a project or an organization, which are judged, never fetched. */
export type RepositoryKind = "code" | "settings";

/** A repository that Sallyport knows. */
export interface Repository extends RemoteRepository {
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly kind: RepositoryKind;
  /** True if the instance's choice covers it. */
  readonly chosen: boolean;
  /** Head of the default branch at its last complete scan. */
  readonly scannedCommit?: string;
  /** The branch of that scan, and the scanners that looked at it. */
  readonly scannedRef?: string;
  readonly scannersVersion?: string;
  /** The scanner and the heads that its history was read with, to the end. */
  readonly historyVersion?: string;
  /** Head of the default branch when somebody last looked, and when that was. */
  readonly headCommit?: string;
  readonly headCheckedAt?: Date;
  /** Set when the remote no longer lists it. */
  readonly goneAt?: Date;
}
