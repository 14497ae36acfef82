/** What an organization holds besides code: pools, variable groups, service connections, feeds, releases. */
import { nextId, type OrganizationState, type World } from "../world.ts";

export interface AgentPool {
  readonly id: number;
  readonly name: string;
  readonly isHosted: boolean;
  readonly createdOn: Date;
  readonly agents: readonly { readonly id: number; readonly name: string; readonly isOnline: boolean }[];
}

export interface OfProject {
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly createdBy: string;
  readonly createdOn: Date;
}

export interface VariableGroup extends OfProject {
  readonly id: number;
  readonly variables: Readonly<Record<string, { readonly value: string; readonly isSecret?: boolean }>>;
}

export interface TaskGroup extends OfProject {
  readonly id: string;
  readonly script: string;
}

export interface DeploymentGroup extends OfProject {
  readonly id: number;
  readonly poolId: number;
}

export interface ServiceEndpoint extends OfProject {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly scheme: string;
  readonly data: Readonly<Record<string, string>>;
  /** Public ones; secrets are never answered, so none is kept. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretParameters: readonly string[];
  readonly isShared: boolean;
}

export interface FeedPackage {
  readonly id: string;
  readonly name: string;
  readonly protocolType: "NuGet" | "Npm" | "Maven" | "PyPi";
  readonly versions: readonly { readonly id: string; readonly version: string; readonly publishDate: Date }[];
}

export interface Feed {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Absent for feeds of the organization. */
  readonly projectId?: string;
  readonly hasPublicUpstream: boolean;
  readonly packages: FeedPackage[];
}

export interface InstalledExtension {
  readonly publisherId: string;
  readonly publisherName: string;
  readonly extensionId: string;
  readonly extensionName: string;
  readonly version: string;
  readonly scopes: readonly string[];
  readonly installed: Date;
}

export interface ReleaseDefinition extends OfProject {
  readonly id: number;
  readonly stages: readonly { readonly id: number; readonly name: string; readonly approverId?: string }[];
}

export interface Release extends OfProject {
  readonly id: number;
  readonly definition: ReleaseDefinition;
}

/** An approval before a run may use a resource; `name` is the resource's. */
export interface PipelineCheck extends OfProject {
  readonly id: number;
  readonly resourceType: string;
  readonly resourceId: string;
}

interface Inventory {
  readonly pools: AgentPool[];
  /** Numbers of queues, by project and pool. */
  readonly queueIds: Map<string, number>;
  readonly variableGroups: VariableGroup[];
  readonly taskGroups: TaskGroup[];
  readonly deploymentGroups: DeploymentGroup[];
  readonly endpoints: ServiceEndpoint[];
  readonly feeds: Feed[];
  readonly extensions: InstalledExtension[];
  readonly releaseDefinitions: ReleaseDefinition[];
  readonly releases: Release[];
  readonly checks: PipelineCheck[];
  /** Resources that all pipelines may use, by project, type and id. */
  readonly openResources: Map<string, { readonly by: string; readonly on: Date }>;
}

const inventories = new WeakMap<OrganizationState, Inventory>();

/** Every organization begins with the two pools that the service gives it. */
export function inventoryOf(world: World, organization: OrganizationState): Inventory {
  const known = inventories.get(organization);
  if (known) return known;
  const inventory: Inventory = {
    pools: [],
    queueIds: new Map(),
    variableGroups: [],
    taskGroups: [],
    deploymentGroups: [],
    endpoints: [],
    feeds: [],
    extensions: [],
    releaseDefinitions: [],
    releases: [],
    checks: [],
    openResources: new Map(),
  };
  inventories.set(organization, inventory);
  addAgentPool(world, organization, { name: "Default", isHosted: false, agents: [] });
  addAgentPool(world, organization, { name: "Azure Pipelines", isHosted: true, agents: ["Hosted Agent"] });
  return inventory;
}

export function addAgentPool(
  world: World,
  organization: OrganizationState,
  made: { readonly name: string; readonly isHosted: boolean; readonly agents: readonly string[] },
): AgentPool {
  const pool: AgentPool = {
    id: nextId(world, `agent pool ${organization.id}`),
    name: made.name,
    isHosted: made.isHosted,
    createdOn: world.clock.now(),
    agents: made.agents.map((name, index) => ({ id: index + 1, name, isOnline: !made.isHosted })),
  };
  inventoryOf(world, organization).pools.push(pool);
  return pool;
}
