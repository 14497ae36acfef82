/** Adding to what an organization holds besides code. */
import { randomUUID } from "node:crypto";
import { nextId, type OrganizationState, type ProjectState, type User, type World } from "../world.ts";
import {
  type DeploymentGroup,
  type Environment,
  type Feed,
  type FeedPackage,
  type FeedRole,
  type InstalledExtension,
  inventoryOf,
  type OfProject,
  type Release,
  type ReleaseDefinition,
  type ReleaseStage,
  type SecureFile,
  type ServiceEndpoint,
  type TaskGroup,
  type TaskStep,
  type UpstreamSource,
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
  options: Made & {
    readonly variables: VariableGroup["variables"];
    readonly vault?: VariableGroup["vault"];
    readonly sharedWith?: readonly ProjectState[];
  },
): VariableGroup {
  const group: VariableGroup = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `variable group ${organization.id}`),
    ...(options.vault ? { vault: options.vault } : {}),
    sharedWith: (options.sharedWith ?? []).map(({ id }) => id),
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
  options: Made & { readonly steps: readonly TaskStep[] },
): TaskGroup {
  const group: TaskGroup = {
    ...ofProject(world, project, user, options),
    id: randomUUID(),
    steps: options.steps,
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
    readonly sharedWith?: readonly ProjectState[];
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
    sharedWith: (options.sharedWith ?? []).map(({ id }) => id),
    executions: [],
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
    readonly upstreams?: readonly Omit<UpstreamSource, "id">[];
    /** By the descriptors of graph. */
    readonly roles?: Readonly<Record<string, FeedRole>>;
    readonly packages?: readonly (Pick<FeedPackage, "name" | "protocolType"> &
      Partial<Pick<FeedPackage, "externalVersions">> & {
        /** With `from`: taken from the upstream source of that name. */
        readonly versions: readonly (string | { readonly version: string; readonly from: string })[];
      })[];
  },
): Feed {
  const npm = { name: "npmjs", protocol: "npm", isPublic: true } as const;
  const upstreams = options.upstreams ?? (options.hasPublicUpstream ? [npm] : []);
  const feed: Feed = {
    id: randomUUID(),
    name: options.name,
    description: options.description ?? "",
    ...(options.project ? { projectId: options.project.id } : {}),
    upstreams: upstreams.map((one) => ({ id: randomUUID(), ...one })),
    roles: new Map(Object.entries(options.roles ?? {})),
    packages: (options.packages ?? []).map(({ name, protocolType, versions, externalVersions }) => ({
      id: randomUUID(),
      name,
      protocolType,
      externalVersions: externalVersions ?? "auto",
      versions: versions.map((one) => ({
        id: randomUUID(),
        publishDate: world.clock.now(),
        ...(typeof one === "string" ? { version: one } : one),
      })),
    })),
  };
  inventoryOf(world, organization).feeds.push(feed);
  return feed;
}

export function addExtension(
  world: World,
  organization: OrganizationState,
  extension: Pick<
    InstalledExtension,
    "publisherId" | "publisherName" | "extensionId" | "extensionName" | "version" | "scopes"
  > &
    Partial<InstalledExtension>,
): InstalledExtension {
  const now = world.clock.now();
  const installed: InstalledExtension = {
    installed: now,
    lastPublished: now,
    flags: ["trusted"],
    contributions: [],
    isDisabled: false,
    tasks: [],
    ...extension,
  };
  inventoryOf(world, organization).extensions.push(installed);
  return installed;
}

interface StageMade extends Partial<Omit<ReleaseStage, "id" | "approverIds">> {
  readonly name: string;
  readonly approver?: { readonly id: string };
}

function stageOf(world: World, organization: OrganizationState, { approver, ...stage }: StageMade): ReleaseStage {
  return {
    id: nextId(world, `release stage ${organization.id}`),
    approverIds: approver ? [approver.id] : [],
    requiredApprovers: 0,
    creatorMayApprove: true,
    skipsIfSameApprover: false,
    artifactBranches: {},
    variables: {},
    variableGroupIds: [],
    phases: [],
    ...stage,
  };
}

export function addReleaseDefinition(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made & { readonly stages: readonly StageMade[] } & Partial<
      Pick<ReleaseDefinition, "variables" | "variableGroupIds" | "artifacts" | "triggers">
    >,
): ReleaseDefinition {
  const definition: ReleaseDefinition = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `release definition ${organization.id}`),
    variables: options.variables ?? {},
    variableGroupIds: options.variableGroupIds ?? [],
    artifacts: options.artifacts ?? [],
    triggers: options.triggers ?? [],
    stages: options.stages.map((stage) => stageOf(world, organization, stage)),
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

export function addEnvironment(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made,
): Environment {
  const environment: Environment = {
    ...ofProject(world, project, user, options),
    id: nextId(world, `environment ${organization.id}`),
  };
  inventoryOf(world, organization).environments.push(environment);
  return environment;
}

export function addSecureFile(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  options: Made,
): SecureFile {
  const file: SecureFile = { ...ofProject(world, project, user, options), id: randomUUID() };
  inventoryOf(world, organization).secureFiles.push(file);
  return file;
}
