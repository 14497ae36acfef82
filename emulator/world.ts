/**
 * The state of the stand-in Azure DevOps: plain data that routes read and change. Everything that moves by itself
 * (merges, completions, retries) goes through `clock`, which tests can turn. Git data lives in real bare repositories.
 * Longer than 300 lines: all state is told in one place.
 */

import type { Clock } from "./clock.ts";
import type { Edition } from "./edition.ts";
import type { EntraState } from "./entra/tenants.ts";
import type { Switches } from "./switches.ts";
import type { ProcessName } from "./work-items/processes.ts";

export interface World {
  /** Where this emulator listens: `http://127.0.0.1:PORT`, of a server with its path, set once it does. */
  baseUrl: string;
  readonly edition: Edition;
  /** Folder with one bare repository per repository id: `{folder}/{id}.git`. */
  readonly gitFolder: string;
  readonly clock: Clock;
  readonly switches: Switches;
  /** Whether deliveries may go to this machine and private networks; the real service refuses them. */
  allowPrivateTargets: boolean;
  readonly faults: Fault[];
  /** What follows a push: pull requests move on, hooks are raised. Set when the emulator starts. */
  readonly afterPush: (
    world: World,
    organization: OrganizationState,
    repository: RepositoryState,
    user: User,
    push: PushState,
  ) => Promise<void>;
  /** What `GET /_emulator/seed` tells of the seed that filled this world. */
  seedSummary?: Readonly<Record<string, unknown>>;
  /** By lower-cased name. */
  readonly organizations: Map<string, OrganizationState>;
  /** By id. */
  readonly users: Map<string, User>;
  readonly tokens: PersonalAccessToken[];
  /** Tenants, app registrations, who is signed in. */
  readonly entra: EntraState;
  /** Handed out by `nextId(world, name)`: pull requests and builds count per organization, threads per pull request. */
  readonly counters: Map<string, number>;
}

export interface User {
  readonly id: string;
  displayName: string;
  /** Mail address, as `uniqueName` shows it. */
  mail: string;
  /** `aad.` (of service principals `aadsp.`) + base64url: the graph descriptor. */
  descriptor: string;
  readonly isServicePrincipal?: boolean;
}

export interface PersonalAccessToken {
  readonly value: string;
  readonly userId: string;
  readonly displayName: string;
  /** Scope names without the `vso.` prefix, or `full`. */
  readonly scopes: readonly string[];
  /** Organization name in lower case; absent = all accessible organizations. */
  readonly organization?: string;
  readonly created?: Date;
  expires?: Date;
  revoked?: boolean;
  /** Set on what the gate makes of an access token of Microsoft Entra ID. */
  readonly entra?: { readonly tenantId: string; readonly actsFor: "user" | "app" };
}

export type GroupName = "contributors" | "project administrators" | "collection administrators" | "readers";

interface Membership {
  readonly userId: string;
  readonly group: GroupName;
  /** Absent for groups of the organization. */
  readonly projectId?: string;
}

export interface OrganizationState {
  readonly id: string;
  /** Changed only by a rename, which also moves the key in `organizations`. */
  name: string;
  /** Lower-cased names it had before a rename. */
  readonly formerNames: string[];
  /** The project collection's own id, which hook payloads show beside the organization's. */
  readonly collectionId: string;
  readonly tenantId: string;
  stopped?: boolean;
  readonly memberships: Membership[];
  readonly projects: Map<string, ProjectState>;
  readonly repositories: Map<string, RepositoryState>;
  readonly pullRequests: PullRequestState[];
  readonly policies: PolicyState[];
  readonly definitions: DefinitionState[];
  readonly builds: BuildState[];
  readonly workItems: WorkItemState[];
  readonly subscriptions: SubscriptionState[];
  readonly operations: Map<string, { id: string; status: "notSet" | "queued" | "inProgress" | "succeeded" | "failed" }>;
}

export interface ProjectState {
  readonly id: string;
  name: string;
  description: string;
  visibility: "private" | "public" | "organization";
  /** What keeps the project's code; one with Team Foundation version control has no Git repositories. */
  readonly sourceControl: "Git" | "Tfvc";
  lastUpdateTime: Date;
  revision: number;
  /** Of its work items; Agile if absent. */
  process?: ProcessName;
  /** What an inherited process adds to types of work items. */
  customFields?: readonly CustomField[];
  /** Paths under the root, `Team A\\Sub`, beside the root itself. */
  areas?: readonly string[];
  iterations?: readonly string[];
}

/** A field of a type of work item that an organization made. */
export interface CustomField {
  /** Name of the type. */
  readonly type: string;
  readonly referenceName: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly allowedValues?: readonly string[];
}

export interface RepositoryState {
  readonly id: string;
  readonly projectId: string;
  name: string;
  defaultBranch?: string;
  isDisabled: boolean;
  isFork: boolean;
  /** The repository that this one was forked from. */
  readonly parentId?: string;
  /** Bytes received by pushes; 0 while nothing was pushed. */
  size: number;
  readonly pushes: PushState[];
  readonly commitStatuses: Map<string, Record<string, unknown>[]>;
  /** Id of who locked it, by full name of the ref. */
  readonly lockedRefs: Map<string, string>;
}

export interface PushState {
  readonly id: number;
  readonly date: Date;
  readonly userId: string;
  readonly refUpdates: readonly RefUpdateState[];
}

export interface RefUpdateState {
  readonly name: string;
  readonly oldObjectId: string;
  readonly newObjectId: string;
}

export interface IterationState {
  readonly id: number;
  readonly createdDate: Date;
  readonly userId: string;
  readonly reason: "create" | "push" | "forcePush" | "rebase" | "retarget" | "resolveConflicts";
  readonly sourceCommit: string;
  readonly targetCommit: string;
  readonly commonCommit: string;
}

export interface PullRequestState {
  readonly id: number;
  readonly repositoryId: string;
  /** The fork that holds the source branch; absent = the repository itself. */
  readonly sourceRepositoryId?: string;
  readonly artifactId: string;
  title: string;
  description: string;
  readonly sourceRefName: string;
  targetRefName: string;
  status: "active" | "completed" | "abandoned";
  isDraft: boolean;
  readonly creationDate: Date;
  closedDate?: Date;
  readonly createdBy: string;
  closedBy?: string;
  mergeStatus?: "notSet" | "queued" | "conflicts" | "succeeded" | "rejectedByPolicy" | "failure";
  mergeId: string;
  lastMergeSourceCommit?: string;
  lastMergeTargetCommit?: string;
  lastMergeCommit?: string;
  completionQueueTime?: Date;
  completionOptions?: Record<string, unknown>;
  autoCompleteSetBy?: string;
  readonly reviewers: { userId: string; vote: number; isRequired: boolean }[];
  readonly iterations: IterationState[];
  readonly threads: ThreadState[];
  readonly statuses: Record<string, unknown>[];
  readonly workItemIds: number[];
}

export interface ThreadState {
  readonly id: number;
  status?: string;
  readonly publishedDate: Date;
  lastUpdatedDate: Date;
  threadContext?: unknown;
  pullRequestThreadContext?: unknown;
  properties: Record<string, unknown>;
  readonly comments: CommentState[];
}

export interface CommentState {
  readonly id: number;
  readonly parentCommentId: number;
  content: string;
  readonly commentType: "text" | "system" | "codeChange";
  readonly userId: string;
  readonly publishedDate: Date;
  lastUpdatedDate: Date;
  isDeleted: boolean;
}

export interface PolicyState {
  readonly id: number;
  readonly projectId: string;
  readonly typeId: string;
  revision: number;
  readonly createdDate: Date;
  readonly createdBy: string;
  isEnabled: boolean;
  isBlocking: boolean;
  isDeleted: boolean;
  settings: Record<string, unknown>;
}

export interface DefinitionState {
  readonly id: number;
  readonly projectId: string;
  name: string;
  path: string;
  repositoryId: string;
  yamlFilename: string;
  revision: number;
  readonly createdDate: Date;
}

export interface BuildState {
  readonly id: number;
  readonly projectId: string;
  readonly definitionId: number;
  readonly buildNumber: string;
  readonly queueTime: Date;
  readonly requestedBy: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  startTime?: Date;
  finishTime?: Date;
  status: "notStarted" | "inProgress" | "completed" | "cancelling" | "postponed";
  result?: "succeeded" | "partiallySucceeded" | "failed" | "canceled";
}

export interface WorkItemState {
  readonly id: number;
  readonly projectId: string;
  rev: number;
  fields: Record<string, unknown>;
  relations: Record<string, unknown>[];
  isDeleted: boolean;
}

export interface SubscriptionState {
  readonly id: string;
  status: "enabled" | "onProbation" | "disabledByUser" | "disabledBySystem" | "disabledByInactiveIdentity";
  readonly publisherId: string;
  eventType: string;
  resourceVersion: string;
  readonly consumerId: string;
  readonly consumerActionId: string;
  publisherInputs: Record<string, string>;
  /** With the real secret; answers mask it. */
  consumerInputs: Record<string, string>;
  readonly createdBy: string;
  readonly createdDate: Date;
  modifiedBy: string;
  modifiedDate: Date;
  probationRetries: number;
  lastProbationRetryDate?: Date;
  readonly notifications: NotificationState[];
}

export interface NotificationState {
  readonly id: number;
  readonly eventId: string;
  readonly eventType: string;
  readonly createdDate: Date;
  modifiedDate: Date;
  status: "queued" | "processing" | "requestInProgress" | "completed";
  result: "pending" | "succeeded" | "failed" | "filtered";
  readonly payload: Record<string, unknown>;
  attempts: number;
  request?: string;
  response?: string | undefined;
  errorMessage?: string | undefined;
}

/** A fault on demand: applies to calls whose path matches, `times` times or until removed. */
export interface Fault {
  readonly id: string;
  readonly is:
    | "latency"
    | "status"
    | "drop-delivery"
    | "duplicate-delivery"
    | "reorder-deliveries"
    | "rate-limit-delay"
    /** A list has one entry more or less in front of the next page than it had when the last one was read. */
    | "page-changes"
    /** The `Date` of answers is `milliseconds` off. */
    | "wrong-clock"
    /** The sign-in page with status 203, for a good credential. */
    | "unauthorized-pages"
    /** The connection ends in the middle of the answer. */
    | "drop-connection";
  /** A substring of the request's path or of the event type; absent = everything. */
  readonly matches?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly retryAfter?: number;
  /** `Retry-After` is a date on the service's clock, in place of seconds. */
  readonly asDate?: boolean;
  /** Of `duplicate-delivery`: how often it is sent in all; 2 when absent. */
  readonly copies?: number;
  /** Of `page-changes`; `adds` when absent. */
  readonly change?: "adds" | "removes";
  times?: number;
}

/** The next number of a named counter, from 1. */
export function nextId(world: World, counter: string): number {
  const next = (world.counters.get(counter) ?? 0) + 1;
  world.counters.set(counter, next);
  return next;
}
