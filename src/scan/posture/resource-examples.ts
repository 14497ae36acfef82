/** Resources for examples: each as the rest of it is not about, with what an example changes. */
import type { GroupFact, PeopleFacts, UserFact } from "#model/posture/access-facts.ts";
import type { VariableFact } from "#model/posture/pipeline-facts.ts";
import type {
  AgentFact,
  CheckFact,
  CheckSettings,
  ConnectionFact,
  EnvironmentFact,
  PipelinePermission,
  PoolFact,
  ResourceKind,
  VariableGroupFact,
} from "#model/posture/resource-facts.ts";
import { exampleConnection } from "./example-facts.ts";
import { exampleProjectId } from "./posture-example.ts";

export const exampleConnectionId = "c0000000-1111-4111-8111-111111111111";

/** It signs in with a stored key. */
export function exampleKeyConnection(change: Partial<ConnectionFact> = {}): ConnectionFact {
  return exampleConnection({
    ...{ id: exampleConnectionId, name: "azure-payments", scheme: "ServicePrincipal" },
    secretParameters: ["serviceprincipalkey"],
    ...change,
  });
}

export function exampleVariableGroup(change: Partial<VariableGroupFact> = {}): VariableGroupFact {
  return {
    id: 3,
    name: "payments",
    url: "https://dev.azure.com/contoso/Payments/_library?itemType=VariableGroups&variableGroupId=3",
    isShared: false,
    projectIds: [exampleProjectId],
    variables: [exampleVariable({ name: "DbPassword", isSecret: true })],
    ...change,
  };
}

export function exampleVariable(change: Partial<VariableFact>): VariableFact {
  return { name: "Configuration", isSecret: false, allowOverride: false, ...change };
}

export function exampleEnvironment(name: string, id = 5): EnvironmentFact {
  return { id, name, url: `https://dev.azure.com/contoso/Payments/_environments/${id}` };
}

export function examplePool(change: Partial<PoolFact> = {}): PoolFact {
  return {
    id: 2,
    name: "build-machines",
    url: "https://dev.azure.com/contoso/_settings/agentpools?poolId=2",
    isHosted: false,
    autoProvision: false,
    autoUpdate: true,
    agents: [],
    ...change,
  };
}

export function exampleAgent(change: Partial<AgentFact> = {}): AgentFact {
  return {
    id: 1,
    name: "vm-1",
    version: "4.260.0",
    isOnline: true,
    isEnabled: true,
    secretCapabilities: [],
    ...change,
  };
}

export function exampleCheck(
  kind: ResourceKind,
  resourceId: string,
  settings: CheckSettings,
  change: Partial<CheckFact> = {},
): CheckFact {
  return { id: 12, kind, resourceId, isEnabled: true, settings, ...change };
}

export function exampleApproval(
  change: Partial<CheckSettings & { readonly is: "approval" }> = {},
): CheckSettings & { readonly is: "approval" } {
  return {
    is: "approval",
    approvers: [{ id: "a1", name: "Ada Lovelace", descriptor: "aad.ada" }],
    minimum: 1,
    requesterMayApprove: false,
    ...change,
  };
}

export function exampleBranchControl(
  change: Partial<CheckSettings & { readonly is: "branch-control" }> = {},
): CheckSettings & { readonly is: "branch-control" } {
  return {
    is: "branch-control",
    allowedBranches: ["refs/heads/main"],
    ensuresProtection: true,
    allowsUnknownStatus: false,
    ...change,
  };
}

export function examplePermission(kind: ResourceKind, id: string, allPipelines: boolean): PipelinePermission {
  return { kind, id, allPipelines, definitionIds: allPipelines ? [] : [7] };
}

export function exampleUserGroup(name: string, change: Partial<GroupFact> = {}): GroupFact {
  const principalName = change.projectId === undefined ? `[contoso]\\${name}` : `[Payments]\\${name}`;
  return { descriptor: `vssgp.${name}`, name, principalName, isFromEntra: false, isDeleted: false, ...change };
}

/** Groups with the names of their members; who is no group is a person. */
export function examplePeople(
  members: Readonly<Record<string, readonly (UserFact | GroupFact)[]>>,
  projectId?: string,
): PeopleFacts {
  const groups = Object.keys(members).map((name) =>
    exampleUserGroup(name, projectId === undefined ? {} : { projectId }),
  );
  const all = Object.values(members).flat();
  return {
    users: all.filter((one): one is UserFact => "kind" in one),
    groups: [...groups, ...all.filter((one): one is GroupFact => "principalName" in one)],
    members: Object.fromEntries(
      Object.entries(members).map(([name, list]) => [`vssgp.${name}`, list.map(({ descriptor }) => descriptor)]),
    ),
  };
}
