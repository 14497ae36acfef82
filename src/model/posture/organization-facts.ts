/** All that was read of an organization, each kind known or not: what rules on settings judge. */
import type { OrganizationId, ProjectId } from "../ids.ts";
import type { AccessFacts, AccessTokenFact, Entitlement, PeopleFacts, PermissionsReport } from "./access-facts.ts";
import type { BranchPolicyFact, GeneralSettings, RepositoryFact } from "./code-facts.ts";
import type { Fact } from "./fact.ts";
import type { FactKey } from "./fact-key.ts";
import type {
  AuditEventFact,
  AuditStreamFact,
  ExtensionFact,
  FeedFact,
  HookFact,
  OrganizationPipelineSettings,
  OrganizationPolicyFact,
  TaskFact,
} from "./organization-settings.ts";
import type { DefinitionFact, ReleaseFact, RunFact, TaskGroupFact } from "./pipeline-facts.ts";
import type {
  CheckFact,
  ConnectionFact,
  ConnectionUse,
  EnvironmentFact,
  PipelinePermission,
  PoolFact,
  QueueFact,
  ResourceRole,
  SecureFileFact,
  VariableGroupFact,
} from "./resource-facts.ts";

/** The value of each kind. */
export interface FactValues {
  readonly branchPolicies: readonly BranchPolicyFact[];
  readonly repositories: readonly RepositoryFact[];
  readonly generalSettings: GeneralSettings;
  readonly definitions: readonly DefinitionFact[];
  readonly runs: readonly RunFact[];
  readonly pipelinePermissions: readonly PipelinePermission[];
  readonly checks: readonly CheckFact[];
  readonly environments: readonly EnvironmentFact[];
  readonly connections: readonly ConnectionFact[];
  readonly connectionUses: readonly ConnectionUse[];
  readonly variableGroups: readonly VariableGroupFact[];
  readonly secureFiles: readonly SecureFileFact[];
  readonly queues: readonly QueueFact[];
  readonly taskGroups: readonly TaskGroupFact[];
  readonly releases: readonly ReleaseFact[];
  readonly resourceRoles: readonly ResourceRole[];
  readonly access: AccessFacts;
  readonly pools: readonly PoolFact[];
  readonly feeds: readonly FeedFact[];
  readonly people: PeopleFacts;
  readonly entitlements: readonly Entitlement[];
  readonly extensions: readonly ExtensionFact[];
  readonly tasks: readonly TaskFact[];
  readonly hooks: readonly HookFact[];
  readonly auditStreams: readonly AuditStreamFact[];
  readonly auditEvents: readonly AuditEventFact[];
  readonly accessTokens: readonly AccessTokenFact[];
  readonly permissionsReport: PermissionsReport;
  readonly organizationPolicies: readonly OrganizationPolicyFact[];
  readonly organizationPipelines: OrganizationPipelineSettings;
}

type Facts<Key extends FactKey> = { readonly [K in Key]: Fact<FactValues[K]> };

export type OrganizationKey =
  | "pools"
  | "feeds"
  | "people"
  | "entitlements"
  | "extensions"
  | "tasks"
  | "hooks"
  | "auditStreams"
  | "auditEvents"
  | "accessTokens"
  | "permissionsReport"
  | "organizationPolicies"
  | "organizationPipelines";

export type ProjectKey = Exclude<FactKey, OrganizationKey>;

export interface ProjectFacts extends Facts<ProjectKey> {
  readonly id: ProjectId;
  readonly name: string;
  readonly visibility: "private" | "public" | "organization";
}

export interface OrganizationFacts extends Facts<OrganizationKey> {
  readonly id: OrganizationId;
  readonly name: string;
  /** Where its pages begin: `https://dev.azure.com/contoso`. */
  readonly url: string;
  readonly projects: readonly ProjectFacts[];
}
