/** Facts for examples: each has what is common, and is given what matters. */
import type { AccessListFact, AccessSpace, GroupFact, UserFact } from "#model/posture/access-facts.ts";
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import { policyTypes } from "#model/posture/code-facts.ts";
import type { DefinitionFact, ReleaseFact, ReleaseStage, RunFact } from "#model/posture/pipeline-facts.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import type { JudgedPipeline } from "./pipelines/judged-pipeline.ts";
import { exampleProjectId } from "./posture-example.ts";

export const exampleRepositoryId = "aaaaaaaa-2222-4222-8222-222222222222";

export function exampleRepository(given: Partial<RepositoryFact> = {}): RepositoryFact {
  return {
    id: exampleRepositoryId,
    name: "payments",
    defaultBranch: "refs/heads/main",
    isDisabled: false,
    isFork: false,
    size: 4096,
    url: "https://dev.azure.com/contoso/Payments/_git/payments",
    ...given,
  };
}

/** On the default branch of `exampleRepository`, in force. */
export function examplePolicy(
  type: keyof typeof policyTypes,
  given: Partial<Omit<BranchPolicyFact, "typeId">> = {},
): BranchPolicyFact {
  return {
    id: 12,
    typeId: policyTypes[type],
    typeName: type,
    isEnabled: true,
    isBlocking: true,
    scopes: [{ repositoryId: exampleRepositoryId, refName: "refs/heads/main", match: "exact" }],
    settings: {},
    ...given,
  };
}

export function exampleDefinition(given: Partial<DefinitionFact> = {}): DefinitionFact {
  return {
    id: 7,
    name: "payments-deploy",
    folder: "\\",
    revision: 3,
    url: "https://dev.azure.com/contoso/Payments/_build?definitionId=7",
    isEnabled: true,
    kind: "yaml",
    yamlPath: "azure-pipelines.yml",
    repository: {
      kind: "azure-repos",
      id: exampleRepositoryId,
      name: "payments",
      defaultBranch: "refs/heads/main",
    },
    jobScope: "project",
    triggers: [],
    variables: [],
    variableGroupIds: [],
    steps: [],
    ...given,
  };
}

export function examplePipeline(given: Partial<JudgedPipeline> = {}): JudgedPipeline {
  return {
    projectId: exampleProjectId,
    definition: exampleDefinition(),
    source: {
      repositoryId: exampleRepositoryId,
      ref: "refs/heads/main",
      commit: "a".repeat(40),
      path: "azure-pipelines.yml",
    },
    exposure: { pullRequests: false, forks: false, openBranches: false, webhooks: [] },
    uses: [],
    items: [],
    injections: [],
    results: [],
    gaps: [],
    ...given,
  };
}

export function exampleRun(given: Partial<RunFact> = {}): RunFact {
  return {
    id: 900,
    definitionId: 7,
    number: "900",
    url: "https://dev.azure.com/contoso/Payments/_build/results?buildId=900",
    reason: "manual",
    result: "succeeded",
    branch: "refs/heads/main",
    queuedAt: "2026-02-20T00:00:00Z",
    given: [],
    ...given,
  };
}

export function exampleConnection(given: Partial<ConnectionFact> = {}): ConnectionFact {
  return {
    id: "cccccccc-3333-4333-8333-333333333333",
    name: "azure-production",
    type: "azurerm",
    url: "https://management.azure.com/",
    pageUrl: "https://dev.azure.com/contoso/Payments/_settings/adminservices?resourceId=cccccccc",
    scheme: "WorkloadIdentityFederation",
    isReady: true,
    isShared: false,
    projectIds: [exampleProjectId],
    data: {},
    parameters: {},
    secretParameters: [],
    ...given,
  };
}

export function exampleRelease(given: Partial<ReleaseFact> = {}): ReleaseFact {
  return {
    id: 4,
    name: "payments release",
    url: "https://dev.azure.com/contoso/Payments/_release?definitionId=4",
    variables: [],
    variableGroupIds: [],
    artifacts: [{ alias: "_payments", type: "Build", definitionId: "7" }],
    triggers: [],
    stages: [exampleStage()],
    ...given,
  };
}

export function exampleStage(given: Partial<ReleaseStage> = {}): ReleaseStage {
  return {
    id: 41,
    name: "Production",
    rank: 1,
    variables: [],
    isApprovalAutomatic: false,
    approvers: ["Release board"],
    requiredApprovers: 1,
    creatorMayApprove: false,
    skipsApprovalIfSameApprover: false,
    artifactBranches: ["refs/heads/main"],
    phases: [],
    ...given,
  };
}

export function exampleGroup(name: string, given: Partial<GroupFact> = {}): GroupFact {
  return {
    descriptor: `vssgp.${name.replaceAll(" ", "")}`,
    name,
    principalName: `[Payments]\\${name}`,
    projectId: exampleProjectId,
    isFromEntra: false,
    isDeleted: false,
    ...given,
  };
}

export function exampleUser(name: string, given: Partial<UserFact> = {}): UserFact {
  return { descriptor: `aad.${name.replaceAll(" ", "")}`, name, kind: "member", isDeletedInOrigin: false, ...given };
}

/** Bits as Azure DevOps documents them. */
export const gitActions = {
  GenericRead: 2,
  GenericContribute: 4,
  ForcePush: 8,
  CreateBranch: 16,
  CreateTag: 32,
  PolicyExempt: 128,
  EditPolicies: 2048,
  ManagePermissions: 8192,
  PullRequestContribute: 16384,
  PullRequestBypassPolicy: 32768,
} as const;

export const buildActions = { ViewBuildDefinition: 1024, EditBuildDefinition: 2048, AdministerBuildPermissions: 16384 };

const nothing: AccessSpace = { actions: {}, lists: [] };

export const noAccess = { git: nothing, build: nothing, taskGroups: nothing, releases: nothing };

export function exampleList(
  token: string,
  entries: readonly {
    readonly name: string;
    readonly subject?: string;
    readonly allow?: number;
    readonly deny?: number;
  }[],
  inherits = true,
): AccessListFact {
  return {
    token,
    inherits,
    entries: entries.map(({ name, subject = `vssgp.${name.replaceAll(" ", "")}`, allow = 0, deny = 0 }) => ({
      subject,
      name,
      allow,
      deny,
    })),
  };
}
