/** The kinds of facts that rules on settings need: what each is called, which scope reads it, and whether its call is documented. */
import type { ScopeName } from "../scopes.ts";

interface FactKind {
  /** One for the whole organization, or one for each project. */
  readonly of: "organization" | "project";
  /** For people, in the plural where it fits. */
  readonly title: string;
  /** Absent: Azure DevOps declares none. */
  readonly scope?: ScopeName | "vso.securefiles_read" | "vso.tokenadministration";
  /** A call of Azure DevOps' own pages: read only where an administrator allows it. */
  readonly isUndocumented?: true;
}

export const factKinds = {
  branchPolicies: { of: "project", title: "branch policies", scope: "vso.code_write" },
  repositories: { of: "project", title: "repositories", scope: "vso.code_write" },
  generalSettings: { of: "project", title: "general settings of pipelines", scope: "vso.project" },
  definitions: { of: "project", title: "pipelines", scope: "vso.build" },
  runs: { of: "project", title: "runs of pipelines", scope: "vso.build" },
  pipelinePermissions: { of: "project", title: "pipelines that may use a resource", scope: "vso.build" },
  checks: { of: "project", title: "approvals and checks", scope: "vso.build" },
  environments: { of: "project", title: "environments", scope: "vso.build" },
  connections: { of: "project", title: "service connections", scope: "vso.serviceendpoint" },
  connectionUses: { of: "project", title: "uses of service connections", scope: "vso.serviceendpoint" },
  variableGroups: { of: "project", title: "variable groups", scope: "vso.variablegroups_read" },
  secureFiles: { of: "project", title: "secure files", scope: "vso.securefiles_read" },
  queues: { of: "project", title: "agent queues", scope: "vso.agentpools" },
  taskGroups: { of: "project", title: "task groups", scope: "vso.taskgroups_write" },
  releases: { of: "project", title: "classic releases", scope: "vso.release" },
  resourceRoles: { of: "project", title: "roles on connections and variable groups" },
  access: { of: "project", title: "permissions" },
  pools: { of: "organization", title: "agent pools", scope: "vso.agentpools" },
  feeds: { of: "organization", title: "feeds", scope: "vso.packaging" },
  people: { of: "organization", title: "people and groups", scope: "vso.graph" },
  entitlements: { of: "organization", title: "access of people", scope: "vso.memberentitlementmanagement" },
  extensions: { of: "organization", title: "extensions", scope: "vso.extension" },
  tasks: { of: "organization", title: "tasks", scope: "vso.agentpools" },
  hooks: { of: "organization", title: "service hooks", scope: "vso.code_write" },
  auditStreams: { of: "organization", title: "audit streams", scope: "vso.auditlog" },
  auditEvents: { of: "organization", title: "the audit log", scope: "vso.auditlog" },
  accessTokens: { of: "organization", title: "personal access tokens", scope: "vso.tokenadministration" },
  permissionsReport: { of: "organization", title: "the permissions report", scope: "vso.security_manage" },
  organizationPolicies: { of: "organization", title: "policies of the organization", isUndocumented: true },
  organizationPipelines: { of: "organization", title: "pipeline settings of the organization", isUndocumented: true },
} as const satisfies Readonly<Record<string, FactKind>>;

export type FactKey = keyof typeof factKinds;

export const factKeys = Object.keys(factKinds) as readonly FactKey[];

export function factKind(key: FactKey): FactKind {
  return factKinds[key];
}
