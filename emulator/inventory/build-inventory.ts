/** Adding to what an organization holds besides code. */
import { randomUUID } from "node:crypto";
import { nextId, type OrganizationState, type ProjectState, type User, type World } from "../world.ts";
import {
  type DeploymentGroup,
  type Feed,
  type FeedPackage,
  type InstalledExtension,
  inventoryOf,
  type OfProject,
  type PipelineCheck,
  type Release,
  type ReleaseDefinition,
  type ServiceEndpoint,
  type TaskGroup,
  type VariableGroup,
} from "./inventory.ts";

interface Made {
  readonly name: string;
  readonly description?: string;
}

function ofProject(world: World, project: ProjectState, user: User, made: Made): OfProject {
  return {
    projectId: project.id,
    name: made.name,
    description: made.description ?? "",
    createdBy: user.id,
    createdOn: world.clock.now(),
  };
}

export function addVariableGroup(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made & { readonly variables: VariableGroup["variables"] },
): VariableGroup {
  const group: VariableGroup = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `variable group ${organization.id}`),
    variables: options.variables,
  };
  inventoryOf(world, organization).variableGroups.push(group);
  return group;
}

export function addTaskGroup(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made & { readonly script: string },
): TaskGroup {
  const group: TaskGroup = {
    ...ofProject(world, project, user, options),
    id: randomUUID(),
    script: options.script,
  };
  inventoryOf(world, organization).taskGroups.push(group);
  return group;
}

export function addDeploymentGroup(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made,
): DeploymentGroup {
  const group: DeploymentGroup = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `deployment group ${organization.id}`),
    poolId: nextId(world, `agent pool ${organization.id}`),
  };
  inventoryOf(world, organization).deploymentGroups.push(group);
  return group;
}

export function addServiceEndpoint(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made & {
    readonly id?: string;
    readonly type: string;
    readonly url: string;
    readonly scheme: string;
    readonly data?: ServiceEndpoint["data"];
    readonly parameters?: ServiceEndpoint["parameters"];
    readonly secretParameters?: readonly string[];
  },
): ServiceEndpoint {
  const endpoint: ServiceEndpoint = {
    ...ofProject(world, project, user, options),
    id: options.id ?? randomUUID(),
    type: options.type,
    url: options.url,
    scheme: options.scheme,
    data: options.data ?? {},
    parameters: options.parameters ?? {},
    secretParameters: options.secretParameters ?? [],
    isShared: false,
  };
  inventoryOf(world, organization).endpoints.push(endpoint);
  return endpoint;
}

export function addFeed(
  world: World,
  organization: OrganizationState,
  options: Made & {
    readonly project?: ProjectState;
    readonly hasPublicUpstream?: boolean;
    readonly packages?: readonly (Pick<FeedPackage, "name" | "protocolType"> & {
      readonly versions: readonly string[];
    })[];
  },
): Feed {
  const feed: Feed = {
    id: randomUUID(),
    name: options.name,
    description: options.description ?? "",
    ...(options.project ? { projectId: options.project.id } : {}),
    hasPublicUpstream: options.hasPublicUpstream ?? false,
    packages: (options.packages ?? []).map(({ name, protocolType, versions }) => ({
      id: randomUUID(),
      name,
      protocolType,
      versions: versions.map((version) => ({ id: randomUUID(), version, publishDate: world.clock.now() })),
    })),
  };
  inventoryOf(world, organization).feeds.push(feed);
  return feed;
}

export function addExtension(
  world: World,
  organization: OrganizationState,
  extension: Omit<InstalledExtension, "installed">,
): InstalledExtension {
  const installed: InstalledExtension = { ...extension, installed: world.clock.now() };
  inventoryOf(world, organization).extensions.push(installed);
  return installed;
}

export function addReleaseDefinition(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made & { readonly stages: readonly { readonly name: string; readonly approver?: User }[] },
): ReleaseDefinition {
  const definition: ReleaseDefinition = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `release definition ${organization.id}`),
    stages: options.stages.map(({ name, approver }) => ({
      id: nextId(world, `release stage ${organization.id}`),
      name,
      ...(approver ? { approverId: approver.id } : {}),
    })),
  };
  inventoryOf(world, organization).releaseDefinitions.push(definition);
  return definition;
}

/** A release whose first stage waits for its approver, or has run where there is none. */
export function addRelease(
  world: World,
  organization: OrganizationState,
  definition: ReleaseDefinition,
  user: User,
): Release {
  const id = nextId(world, `release ${organization.id}`);
  const release: Release = {
    projectId: definition.projectId,
    name: `Release-${id}`,
    description: "",
    createdBy: user.id,
    createdOn: world.clock.now(),
    id,
    definition,
  };
  inventoryOf(world, organization).releases.push(release);
  return release;
}

/** Lets nobody's run use a resource before somebody approves. */
export function addApprovalCheck(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  resource: Made & { readonly type: string; readonly id: string | number },
): PipelineCheck {
  const check: PipelineCheck = {
    ...ofProject(world, project, user, resource),
    id: nextId(world, `pipeline check ${organization.id}`),
    resourceType: resource.type,
    resourceId: String(resource.id).toLowerCase(),
  };
  inventoryOf(world, organization).checks.push(check);
  return check;
}

/** Lets all pipelines of the project use a resource. */
export function openToAllPipelines(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  resource: { readonly type: string; readonly id: string | number },
): void {
  const key = `${project.id} ${resource.type} ${resource.id}`.toLowerCase();
  inventoryOf(world, organization).openResources.set(key, { by: user.id, on: world.clock.now() });
}
