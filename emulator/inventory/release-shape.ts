/** How answers show classic release definitions: in full one at a time, in lists without what their stages do. */
import { hostUrl } from "../edition.ts";
import { principalName } from "../identity/graph-shapes.ts";
import { findGroup } from "../identity/groups.ts";
import type { Call } from "../route.ts";
import { identityRef } from "../shapes.ts";
import type { World } from "../world.ts";
import type { ReleaseDefinition, ReleaseStage, ReleaseVariable, TaskStep } from "./inventory.ts";

const host = "vsrm.dev.azure.com";

export function addressOf(call: Call, world: World, projectId: string, rest: string): string {
  return `${hostUrl(world, host)}/${call.organization.name}/${projectId}/_apis/Release/${rest}`;
}

export function definitionReference(call: Call, world: World, definition: ReleaseDefinition): Record<string, unknown> {
  const url = addressOf(call, world, definition.projectId, `definitions/${definition.id}`);
  return { id: definition.id, name: definition.name, path: "\\", url, _links: { self: { href: url } } };
}

export function approverShape(call: Call, world: World, id: string): Record<string, unknown> {
  const group = findGroup(call.organization, id);
  if (!group) return identityRef(world, id, call.organization);
  const name = principalName(call.organization, group);
  return { displayName: name, id: group.id, uniqueName: name, descriptor: group.descriptor, isContainer: true };
}

function variableShapes(variables: Readonly<Record<string, ReleaseVariable>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { value, isSecret, allowOverride }]) => [
      name,
      {
        value: isSecret ? null : value,
        ...(isSecret ? { isSecret: true } : {}),
        ...(allowOverride ? { allowOverride: true } : {}),
      },
    ]),
  );
}

function taskShape(step: TaskStep): Record<string, unknown> {
  return {
    environment: {},
    taskId: step.taskId,
    version: step.versionSpec,
    name: step.name,
    refName: "",
    enabled: step.isEnabled ?? true,
    alwaysRun: false,
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    definitionType: step.definitionType ?? "task",
    overrideInputs: {},
    condition: "succeeded()",
    inputs: step.inputs,
  };
}

function phaseShape(phase: ReleaseStage["phases"][number], rank: number): Record<string, unknown> {
  return {
    deploymentInput: {
      parallelExecution: { parallelExecutionType: "none" },
      agentSpecification: null,
      skipArtifactsDownload: false,
      artifactsDownloadInput: { downloadInputs: [] },
      queueId: phase.queueId,
      demands: [],
      enableAccessToken: phase.tokenForScripts,
      timeoutInMinutes: 0,
      jobCancelTimeoutInMinutes: 1,
      condition: "succeeded()",
      overrideInputs: {},
    },
    rank,
    phaseType: "agentBasedDeployment",
    name: phase.name,
    refName: null,
    workflowTasks: phase.steps.map(taskShape),
  };
}

function approvalsOf(call: Call, world: World, stage: ReleaseStage): Record<string, unknown> {
  const automatic = [{ rank: 1, isAutomated: true, isNotificationOn: false, id: stage.id }];
  const named = stage.approverIds.map((id, index) => ({
    rank: 1,
    isAutomated: false,
    isNotificationOn: false,
    approver: approverShape(call, world, id),
    id: stage.id * 100 + index,
  }));
  return {
    approvals: named.length === 0 ? automatic : named,
    approvalOptions: {
      requiredApproverCount: stage.requiredApprovers,
      releaseCreatorCanBeApprover: stage.creatorMayApprove,
      autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped: stage.skipsIfSameApprover,
      enforceIdentityRevalidation: false,
      timeoutInMinutes: 0,
      executionOrder: "beforeGates",
    },
  };
}

/** What has to be before a stage begins: the release or the stage before it, and branches of artifacts. */
function conditionsOf(definition: ReleaseDefinition, stage: ReleaseStage, index: number): Record<string, unknown>[] {
  const before = definition.stages[index - 1];
  const first = before
    ? { name: before.name, conditionType: "environmentState", value: "4" }
    : { name: "ReleaseStarted", conditionType: "event", value: "" };
  const artifacts = Object.entries(stage.artifactBranches).flatMap(([name, branches]) =>
    branches.map((sourceBranch) => ({
      name,
      conditionType: "artifact",
      value: JSON.stringify({
        sourceBranch,
        tags: [],
        useBuildDefinitionBranch: false,
        createReleaseOnBuildTagging: false,
      }),
    })),
  );
  return [first, ...artifacts];
}

function stageShape(call: Call, world: World, definition: ReleaseDefinition, stage: ReleaseStage, index: number) {
  const noGates = { id: 0, gates: [] };
  return {
    id: stage.id,
    name: stage.name,
    rank: index + 1,
    owner: identityRef(world, definition.createdBy, call.organization),
    variables: variableShapes(stage.variables),
    variableGroups: stage.variableGroupIds,
    preDeployApprovals: approvalsOf(call, world, stage),
    deployStep: { id: stage.id },
    postDeployApprovals: { approvals: [{ rank: 1, isAutomated: true, isNotificationOn: false, id: stage.id }] },
    deployPhases: stage.phases.map((phase, place) => phaseShape(phase, place + 1)),
    environmentOptions: {
      emailNotificationType: "OnlyOnFailure",
      emailRecipients: "release.environment.owner;release.creator",
      skipArtifactsDownload: false,
      timeoutInMinutes: 0,
      enableAccessToken: false,
      publishDeploymentStatus: true,
      badgeEnabled: false,
      autoLinkWorkItems: false,
      pullRequestDeploymentEnabled: false,
    },
    demands: [],
    conditions: conditionsOf(definition, stage, index),
    executionPolicy: { concurrencyCount: 1, queueDepthCount: 0 },
    schedules: [],
    currentRelease: { id: 0, _links: {} },
    retentionPolicy: { daysToKeep: 30, releasesToKeep: 3, retainBuild: true },
    properties: {},
    preDeploymentGates: noGates,
    postDeploymentGates: noGates,
    environmentTriggers: [],
  };
}

function artifactShape(
  call: Call,
  definition: ReleaseDefinition,
  { alias, definition: built }: ReleaseDefinition["artifacts"][number],
  isPrimary: boolean,
): Record<string, unknown> {
  const project = call.organization.projects.get(definition.projectId);
  return {
    sourceId: `${definition.projectId}:${built.id}`,
    type: "Build",
    alias,
    definitionReference: {
      definition: { id: String(built.id), name: built.name },
      project: { id: definition.projectId, name: project?.name ?? "" },
      defaultVersionType: { id: "latestType", name: "Latest" },
    },
    isPrimary,
    isRetained: false,
  };
}

function triggerShapes(definition: ReleaseDefinition): Record<string, unknown>[] {
  return definition.triggers.map(({ alias, branches }) => ({
    artifactAlias: alias,
    triggerConditions: branches.map((sourceBranch) => ({
      sourceBranch,
      tags: [],
      useBuildDefinitionBranch: false,
      createReleaseOnBuildTagging: false,
    })),
    triggerType: "artifactSource",
  }));
}

function about(call: Call, world: World, definition: ReleaseDefinition): Record<string, unknown> {
  const created = definition.createdOn.toISOString();
  const by = identityRef(world, definition.createdBy, call.organization);
  return {
    source: "userInterface",
    revision: 1,
    description: definition.description,
    createdBy: by,
    createdOn: created,
    modifiedBy: by,
    modifiedOn: created,
    isDeleted: false,
    releaseNameFormat: "Release-$(rev:r)",
    properties: {},
    ...definitionReference(call, world, definition),
  };
}

export function definitionShape(call: Call, world: World, definition: ReleaseDefinition): Record<string, unknown> {
  return {
    ...about(call, world, definition),
    variables: variableShapes(definition.variables),
    variableGroups: definition.variableGroupIds,
    environments: definition.stages.map((stage, index) => stageShape(call, world, definition, stage, index)),
    artifacts: definition.artifacts.map((one, index) => artifactShape(call, definition, one, index === 0)),
    triggers: triggerShapes(definition),
    tags: [],
  };
}

/** `$expand` adds artifacts, triggers, variables, and of stages what each is called. */
export function listedDefinition(call: Call, world: World, definition: ReleaseDefinition): Record<string, unknown> {
  const wanted = (call.query("$expand") ?? "").toLowerCase().split(",");
  const full = definitionShape(call, world, definition);
  const stages = definition.stages.map(({ id, name }, index) => ({
    id,
    name,
    rank: index + 1,
    schedules: [],
    retentionPolicy: { daysToKeep: 30, releasesToKeep: 3, retainBuild: true },
  }));
  const added = ["artifacts", "triggers", "variables", "tags"].filter((name) => wanted.includes(name));
  return {
    ...about(call, world, definition),
    variableGroups: null,
    ...Object.fromEntries(added.map((name) => [name, full[name]])),
    ...(wanted.includes("environments") ? { environments: stages } : {}),
  };
}
