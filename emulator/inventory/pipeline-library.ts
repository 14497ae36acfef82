/** What pipelines of a project share: variable groups, task groups, deployment groups. */
import type { Call, Route } from "../route.ts";
import { requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { type DeploymentGroup, inventoryOf, type TaskGroup, type VariableGroup } from "./inventory.ts";
import { idsOf, missing, pageAfterToken } from "./page.ts";
import { isOf } from "./resources.ts";
import { stepShape } from "./task-step.ts";

const root = "/{organization}/{project}/_apis/distributedtask";

function person(world: World, userId: string): Record<string, unknown> {
  const user = world.users.get(userId);
  return { displayName: user?.displayName ?? null, id: userId, ...(user ? { uniqueName: user.mail } : {}) };
}

function variableShapes(group: VariableGroup): Record<string, unknown> {
  const entries = Object.entries(group.variables).map(([name, { value, isSecret }]) => {
    // a vault gives values to runs only
    if (group.vault) return [name, { value: null, isSecret: true, enabled: true, contentType: "" }];
    return [name, isSecret ? { value: null, isSecret: true } : { value }];
  });
  return Object.fromEntries(entries);
}

/** In a list nobody is told which projects share a group. */
function variableGroupShape(call: Call, world: World, group: VariableGroup, isListed: boolean) {
  const { name, description, vault } = group;
  const created = group.createdOn.toISOString();
  const projects = [group.projectId, ...group.sharedWith].flatMap((id) => call.organization.projects.get(id) ?? []);
  return {
    variables: variableShapes(group),
    id: group.id,
    type: vault ? "AzureKeyVault" : "Vsts",
    ...(vault
      ? { providerData: { serviceEndpointId: vault.endpointId, vault: vault.name, lastRefreshedOn: created } }
      : {}),
    name,
    description,
    createdBy: person(world, group.createdBy),
    createdOn: created,
    modifiedBy: person(world, group.createdBy),
    modifiedOn: created,
    isShared: group.sharedWith.length > 0,
    variableGroupProjectReferences: isListed
      ? null
      : projects.map((project) => ({ projectReference: { id: project.id, name: project.name }, name, description })),
  };
}

function taskGroupShape(world: World, group: TaskGroup): Record<string, unknown> {
  const created = group.createdOn.toISOString();
  return {
    tasks: group.steps.map(stepShape),
    runsOn: ["Agent"],
    revision: 1,
    createdBy: person(world, group.createdBy),
    createdOn: created,
    modifiedBy: person(world, group.createdBy),
    modifiedOn: created,
    comment: "",
    id: group.id,
    name: group.name,
    version: { major: 1, minor: 0, patch: 0, isTest: false },
    iconUrl: "",
    friendlyName: group.name,
    description: group.description,
    category: "Build",
    definitionType: "metaTask",
    author: world.users.get(group.createdBy)?.displayName ?? "",
    demands: [],
    groups: [],
    inputs: [],
    satisfies: [],
    sourceDefinitions: [],
    dataSourceBindings: [],
    instanceNameFormat: `Task group: ${group.name}`,
    preJobExecution: {},
    execution: {},
    postJobExecution: {},
  };
}

function deploymentGroupShape(call: Call, project: ProjectState, group: DeploymentGroup): Record<string, unknown> {
  return {
    machineCount: 0,
    description: group.description,
    id: group.id,
    project: { id: project.id, name: project.name },
    name: group.name,
    pool: {
      id: group.poolId,
      scope: call.organization.collectionId,
      name: `${project.name}-${group.name}`,
      isHosted: false,
      poolType: "deployment",
      size: 0,
    },
    machineTags: [],
  };
}

function variableGroupsOf(call: Call, world: World, project: ProjectState): VariableGroup[] {
  const all = inventoryOf(world, call.organization).variableGroups.filter((one) => isOf(project.id, one));
  const ids = idsOf(call, "groupIds");
  const name = call.query("groupName")?.toLowerCase().replace(/\*/g, "");
  const found = all.filter(
    (one) =>
      (ids === undefined || ids.includes(String(one.id))) &&
      (name === undefined || one.name.toLowerCase().includes(name)),
  );
  // newest first unless asked otherwise
  return /ascending|^1$/i.test(call.query("queryOrder") ?? "") ? found : found.reverse();
}

const readVariables = ["variablegroups_read"];
const readTaskGroups = ["taskgroups_read"];
const manageMachines = ["machinegroup_manage"];

export const pipelineLibraryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${root}/variablegroups`,
    scopes: readVariables,
    handle(call, world) {
      const project = requireProject(call, world);
      const groups = variableGroupsOf(call, world, project);
      return pageAfterToken(call, groups, (group) => variableGroupShape(call, world, group, true));
    },
  },
  {
    method: "GET",
    path: `${root}/variablegroups/{groupId}`,
    scopes: readVariables,
    handle(call, world) {
      const project = requireProject(call, world);
      const group = variableGroupsOf(call, world, project).find((one) => String(one.id) === call.params.groupId);
      if (group) return { body: variableGroupShape(call, world, group, false) };
      throw missing(
        "VariableGroupNotFoundException",
        `Variable group with ID ${call.params.groupId} does not exist or you do not have permission to access it.`,
      );
    },
  },
  {
    method: "GET",
    path: `${root}/taskgroups/{taskGroupId?}`,
    scopes: readTaskGroups,
    handle(call, world) {
      const project = requireProject(call, world);
      const id = call.params.taskGroupId?.toLowerCase();
      const groups = inventoryOf(world, call.organization).taskGroups.filter(
        (one) => one.projectId === project.id && (id === undefined || one.id === id),
      );
      if (id !== undefined && groups.length === 0)
        throw missing("MetaTaskDefinitionNotFoundException", `Task group with id ${id} was not found.`);
      return pageAfterToken(call, groups, (group) => taskGroupShape(world, group));
    },
  },
  {
    method: "GET",
    path: `${root}/deploymentgroups`,
    scopes: manageMachines,
    handle(call, world) {
      const project = requireProject(call, world);
      const ids = idsOf(call, "ids");
      const name = call.query("name")?.toLowerCase();
      const groups = inventoryOf(world, call.organization).deploymentGroups.filter(
        (one) =>
          one.projectId === project.id &&
          (ids === undefined || ids.includes(String(one.id))) &&
          (name === undefined || one.name.toLowerCase() === name),
      );
      return pageAfterToken(call, groups, (group) => deploymentGroupShape(call, project, group));
    },
  },
  {
    method: "GET",
    path: `${root}/deploymentgroups/{deploymentGroupId}`,
    scopes: manageMachines,
    handle(call, world) {
      const project = requireProject(call, world);
      const group = inventoryOf(world, call.organization).deploymentGroups.find(
        (one) => one.projectId === project.id && String(one.id) === call.params.deploymentGroupId,
      );
      if (group) return { body: { machines: [], ...deploymentGroupShape(call, project, group) } };
      throw missing(
        "DeploymentGroupNotFoundException",
        `No deployment group found with identifier ${call.params.deploymentGroupId}.`,
      );
    },
  },
];
