/** Work items: what Azure Boards is asked to keep about issues, one for each group of them. */
import type { Brand, InstanceId, OrganizationId, ProjectId, RepositoryId } from "./ids.ts";
import type { Severity } from "./severity.ts";

export type WorkItemId = Brand<string, "WorkItemId">;

/**
 * `planned`: asked for, not in Boards yet. `open`: people work on it. `closed`: its issues are over, and so is it.
 * `closed-by-people`: closed in Boards while issues are open; somebody confirms or takes it up again. `gone`: deleted there.
 */
export const workItemStates = ["planned", "open", "closed", "closed-by-people", "gone"] as const;

export type WorkItemState = (typeof workItemStates)[number];

export type WorkItemAskedBy =
  | { readonly is: "person"; readonly name: string }
  | { readonly is: "policy"; readonly policy: string };

export interface WorkItem {
  readonly id: WorkItemId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  readonly repositoryId: RepositoryId;
  /** Of the group: `package npm lodash`, `rule iac/azure-storage-allows-http`, `policy known-exploited`. */
  readonly key: string;
  readonly title: string;
  readonly state: WorkItemState;
  /** In Boards; absent before it is there. */
  readonly number?: number;
  readonly webUrl?: string;
  readonly type?: string;
  /** As Boards names it, when we last looked. */
  readonly remoteState?: string;
  /** The last revision that was seen. */
  readonly revision?: number;
  /** In words: why it waits, or could not be changed. */
  readonly reason?: string;
  readonly askedBy: WorkItemAskedBy;
  readonly askedAt: Date;
  readonly changedAt: Date;
}

/** `root-cause`: a package, or a rule, in one repository. `policy`: all that one policy asks for in one repository. */
export const workItemGroupings = ["issue", "root-cause", "policy"] as const;

export type WorkItemGrouping = (typeof workItemGroupings)[number];

export type FieldValue = string | number | boolean;

/** Of an instance, or of one of its projects: processes differ. */
export interface WorkItemSettings {
  /** Whether policies may ask for work items. */
  readonly automatic: boolean;
  readonly grouping: WorkItemGrouping;
  /** Where a policy would have more open ones than this in a repository, one takes them all. */
  readonly most: number;
  /** `Bug`, `Security Task`, ... What the project's process has for defects if absent. */
  readonly type?: string;
  /** `Payments\Team A`; that of the project if absent. */
  readonly area?: string;
  readonly iteration?: string;
  /** Mail address, or name as Azure DevOps shows it. */
  readonly assignedTo?: string;
  /** What the process requires beside, by reference name. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Values by severity of the worst issue, over those that Sallyport chooses. */
  readonly severities: Readonly<Partial<Record<Severity, Readonly<Record<string, FieldValue>>>>>;
  /** The state in which work is done; the first of the category Completed if absent. */
  readonly closedState?: string;
  /** The state that one goes to when it returns; the first that is Proposed or InProgress if absent. */
  readonly reopenedState?: string;
}

export const defaultWorkItemSettings: WorkItemSettings = {
  automatic: true,
  grouping: "root-cause",
  most: 10,
  fields: {},
  severities: {},
};
