/** An organization around pipelines: ten repositories a project, and the settings that rules on code ask for. */
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { policyTypes } from "#model/posture/code-facts.ts";
import { known, unknown } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";

const at = "2026-03-01T12:00:00Z";
const perProject = 10;
const stages = ["dev", "test", "prod"];

export function organizationOf(repositories: readonly ReadonlyMap<string, string>[], wanted: number) {
  const sources: PipelineSource[] = [];
  const projects: ProjectFacts[] = [];
  for (let from = 0; from < repositories.length; from += perProject) {
    const own = repositories.slice(from, from + perProject);
    projects.push(projectOf(own, from, sources));
  }
  const pools = [
    { id: 1, name: "Azure Pipelines", url: "u", isHosted: true, autoProvision: true, autoUpdate: true, agents: [] },
    { id: 2, name: "own", url: "u", isHosted: false, autoProvision: false, autoUpdate: true, agents: [] },
  ];
  const facts: OrganizationFacts = {
    ...factsOf({ pools }),
    id: "99999999-1111-4111-8111-111111111111" as OrganizationId,
    name: "contoso",
    url: "https://dev.azure.com/contoso",
    projects,
  };
  return { facts, sources: sources.slice(0, wanted) };
}

function idOf(number: number): string {
  return `${String(number).padStart(8, "0")}-1111-4111-8111-111111111111`;
}

function projectOf(repositories: readonly ReadonlyMap<string, string>[], from: number, sources: PipelineSource[]) {
  const id = idOf(from) as ProjectId;
  const definitions: FactValues["definitions"][number][] = [];
  const policies: FactValues["branchPolicies"][number][] = [];
  for (const [index, files] of repositories.entries()) {
    const repositoryId = idOf(100_000 + from + index);
    for (const path of [...files.keys()].filter((one) => one.endsWith("azure-pipelines.yml"))) {
      const definitionId = from * 100 + definitions.length + 1;
      definitions.push(definitionOf(definitionId, path, repositoryId));
      const scopes = [{ repositoryId, refName: "refs/heads/main", match: "exact" as const }];
      const policy = { id: definitionId, isEnabled: true, isBlocking: true, scopes };
      if (definitionId % 2 === 0)
        policies.push({
          ...policy,
          typeId: policyTypes.build,
          typeName: "Build",
          settings: { buildDefinitionId: definitionId },
        });
      sources.push({
        ...{ projectId: id, definitionId, repositoryId, ref: "refs/heads/main", commit: "c".repeat(40), path },
        ...{ files, others: new Map() },
      });
    }
  }
  return {
    ...factsOf({
      ...resourcesOf(from, repositories.length, definitions.length),
      definitions,
      branchPolicies: policies,
    }),
    ...{ id, name: `project-${from}`, visibility: "private" as const },
  };
}

function definitionOf(id: number, yamlPath: string, repositoryId: string): FactValues["definitions"][number] {
  return {
    ...{ id, name: `pipeline-${id}`, folder: "\\", revision: 1, isEnabled: true, kind: "yaml", yamlPath },
    url: `https://dev.azure.com/contoso/p/_build?definitionId=${id}`,
    ...{ jobScope: "project", triggers: [], variableGroupIds: [], steps: [], queueId: 1 },
    variables: [{ name: "configuration", isSecret: false, allowOverride: true }],
    repository: { kind: "azure-repos", id: repositoryId, name: "r", defaultBranch: "refs/heads/main" },
  };
}

function resourcesOf(from: number, repositories: number, definitions: number): Partial<FactValues> {
  const numbers = Array.from({ length: repositories }, (_, index) => from + index);
  const named = numbers.flatMap((number) => stages.map((stage) => ({ number, stage })));
  return {
    generalSettings: { enforceJobAuthScope: true, enforceSettableVar: true, disableImpliedYAMLCiTrigger: true },
    repositories: numbers.map((number) => ({
      ...{ id: idOf(100_000 + number), name: `r${number}`, defaultBranch: "refs/heads/main", url: "u" },
      ...{ isDisabled: false, isFork: false, size: 1 },
    })),
    connections: named.map(({ number, stage }) => ({
      ...{ id: `sc-${stage}-${number}`, name: `sc-${stage}-${number}`, type: "azurerm", url: "https://cloud.example/" },
      ...{ pageUrl: "u", scheme: "ServicePrincipal", isReady: true, isShared: false, projectIds: [], data: {} },
      ...{ parameters: {}, secretParameters: ["serviceprincipalkey"] },
    })),
    environments: named.map(({ number, stage }, id) => ({ id, name: `${stage}-${number}`, url: "u" })),
    variableGroups: stages.map((stage, id) => ({
      ...{ id, name: `settings-${stage}`, url: "u", isShared: false, projectIds: [] },
      variables: [{ name: `key-${stage}`, isSecret: true, allowOverride: false }],
    })),
    queues: [
      { id: 1, name: "Azure Pipelines", poolId: 1 },
      { id: 2, name: "own", poolId: 2 },
    ],
    checks: named.map(({ number, stage }, id) => ({
      ...{ id, kind: "connection" as const, resourceId: `sc-${stage}-${number}`, isEnabled: stage === "prod" },
      settings: {
        ...{ is: "approval" as const, approvers: [{ id: "a", name: "A" }], minimum: 1, requesterMayApprove: false },
      },
    })),
    pipelinePermissions: named.map(({ number, stage }) => ({
      ...{ kind: "connection" as const, id: `sc-${stage}-${number}`, allPipelines: stage === "dev" },
      definitionIds: Array.from({ length: definitions }, (_, index) => from * 100 + index + 1),
    })),
  };
}

type AnyFacts = Omit<OrganizationFacts, "id" | "name" | "url" | "projects"> &
  Omit<ProjectFacts, "id" | "name" | "visibility">;

function factsOf(values: Partial<FactValues>): AnyFacts {
  const entries = factKeys.map((key) => {
    const value = values[key];
    return [key, value === undefined ? unknown("not-read", "Nobody asked.") : known(value, at)] as const;
  });
  return Object.fromEntries(entries) as unknown as AnyFacts;
}
