/**
 * The scopes that Azure DevOps has for what Sallyport does, each with what it is used for. Source: "Scopes" of the Azure
 * DevOps OAuth documentation, and the list of the vendor's guide.
 */

/** What Sallyport does with a connection. `features` of an instance switches four of them. */
export type FeatureName =
  | "discover" // find the organizations of a person
  | "scan" // list projects and repositories, read code
  | "comment" // threads on pull requests
  | "status" // statuses on pull requests, which a branch policy can require
  | "fix" // branches and pull requests that repair
  | "work-items"
  | "hooks" // be told of pushes and pull requests, per project
  | "builds" // record builds; be told of them
  | "permissions-report"
  | "posture"; // settings of pipelines, pools, connections, feeds, extensions, people

/** What an administrator can switch per instance; the rest always runs. */
export interface FeatureSwitches {
  readonly comment: boolean;
  readonly status: boolean;
  readonly fix: boolean;
  readonly workItems: boolean;
}

export const everyFeature: FeatureSwitches = { comment: true, status: true, fix: true, workItems: true };

export type SignInMethod = "entra" | "pat" | "service-principal" | "managed-identity";

interface ScopeFact {
  readonly name: string;
  /** As the page "Create a new personal access token" names it; absent where a token cannot have it. */
  readonly onTokenPage?: string;
  readonly why: string;
  readonly neededFor: readonly FeatureName[];
  /** Without it most of Sallyport works. */
  readonly isOptional: boolean;
}

export const scopes = [
  {
    name: "User.Read",
    why: "Microsoft Graph: to show whose sign-in it is",
    neededFor: ["discover"],
    isOptional: true,
  },
  {
    name: "vso.code_write",
    onTokenPage: "Code (Read & write)",
    why: "To read repositories and pull requests, manage service hooks and gates, and answer with threads, statuses and fixes",
    neededFor: ["scan", "comment", "status", "fix", "hooks", "posture"],
    isOptional: false,
  },
  {
    name: "vso.project",
    onTokenPage: "Project and Team (Read)",
    why: "To list the projects and repositories to choose from, and to read the general settings of pipelines",
    neededFor: ["scan", "posture"],
    isOptional: false,
  },
  {
    name: "vso.build",
    onTokenPage: "Build (Read)",
    why: "To record completed builds and be told of them, and to read pipelines",
    neededFor: ["builds", "posture"],
    isOptional: true,
  },
  {
    name: "vso.work_write",
    onTokenPage: "Work Items (Read & write)",
    why: "To open work items for issues",
    neededFor: ["work-items"],
    isOptional: true,
  },
  {
    name: "vso.identity",
    onTokenPage: "Identity (Read)",
    why: "To name the people and groups in permissions",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.graph",
    onTokenPage: "Graph (Read)",
    why: "To read users, groups and memberships",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.memberentitlementmanagement",
    onTokenPage: "Member Entitlement Management (Read)",
    why: "To read who has access to the organization",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.entitlements",
    onTokenPage: "Entitlements (Read)",
    why: "To read licences of people",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.auditlog",
    onTokenPage: "Audit Log (Read)",
    why: "To read the organization's audit log",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.agentpools",
    onTokenPage: "Agent Pools (Read)",
    why: "To read agent pools and queues",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.serviceendpoint",
    onTokenPage: "Service Connections (Read)",
    why: "To read service connections, without their secrets",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.variablegroups_read",
    onTokenPage: "Variable Groups (Read)",
    why: "To read variable groups, without their secrets",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.taskgroups_write",
    onTokenPage: "Task Groups (Read, create & manage)",
    why: "To read task groups; Azure DevOps' guide asks for this scope, reading is all that is done",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.release",
    onTokenPage: "Release (Read)",
    why: "To read release definitions and approvals",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.packaging",
    onTokenPage: "Packaging (Read)",
    why: "To read feeds and their upstream sources",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.extension",
    onTokenPage: "Extensions (Read)",
    why: "To read installed extensions",
    neededFor: ["posture"],
    isOptional: true,
  },
  {
    name: "vso.analytics",
    onTokenPage: "Analytics (Read)",
    why: "Listed by the vendor's guide; Sallyport makes no call that needs it",
    neededFor: [],
    isOptional: true,
  },
  {
    name: "vso.tokens",
    onTokenPage: "Tokens (Read & manage)",
    why: "Listed by the vendor's guide; it reads the tokens of whoever signed in, which Sallyport does not",
    neededFor: [],
    isOptional: true,
  },
  {
    name: "vso.security_manage",
    onTokenPage: "Security (Manage)",
    why: "To make the permissions report; the vendor's guide omits it",
    neededFor: ["permissions-report"],
    isOptional: true,
  },
] as const satisfies readonly ScopeFact[];

export type ScopeName = (typeof scopes)[number]["name"];

export interface WantedScope {
  /** `vso.code` stands in for `vso.code_write` where nothing is written. */
  readonly name: ScopeName | "vso.code";
  readonly onTokenPage?: string;
  readonly why: string;
  readonly isOptional: boolean;
}

/** The least that a connection needs for what is switched on. */
export function scopesFor(features: FeatureSwitches, method: SignInMethod): readonly WantedScope[] {
  const writesCode = features.comment || features.status || features.fix;
  return scopes.flatMap((scope): readonly WantedScope[] => {
    const { name, why, isOptional } = scope;
    const onTokenPage = "onTokenPage" in scope ? scope.onTokenPage : undefined;
    if (method === "pat" && onTokenPage === undefined) return [];
    if (method !== "entra" && name === "User.Read") return [];
    if (name === "vso.work_write" && !features.workItems) return [];
    if (name === "vso.code_write" && !writesCode) {
      const reads = "To read repositories and pull requests, and manage service hooks";
      return [{ name: "vso.code", onTokenPage: "Code (Read)", why: reads, isOptional }];
    }
    return [{ name, why, isOptional, ...(onTokenPage === undefined ? {} : { onTokenPage }) }];
  });
}
