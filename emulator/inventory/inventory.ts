/** What an organization holds besides code: pools, variable groups, service connections, feeds, releases. Longer than 300 lines: all of it is told in one place. */
import { nextId, type OrganizationState, type World } from "../world.ts";

export interface PoolAgent {
  readonly id: number;
  readonly name: string;
  readonly isOnline: boolean;
  readonly version: string;
  readonly os: string;
  readonly isEnabled: boolean;
  readonly systemCapabilities: Readonly<Record<string, string>>;
  readonly userCapabilities: Readonly<Record<string, string>>;
}

export interface AgentPool {
  readonly id: number;
  readonly name: string;
  readonly isHosted: boolean;
  readonly createdOn: Date;
  /** Every project gets a queue of it by itself. */
  autoProvision: boolean;
  autoUpdate: boolean;
  /** Projects that have a queue of it, where it is not for all of them. */
  projectIds?: readonly string[];
  /** Virtual machines of a scale set, and the connection that makes them. */
  readonly elastic?: { readonly endpointId: string; readonly projectId: string; recycleAfterEachUse: boolean };
  readonly agents: readonly PoolAgent[];
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
  /** Of a group whose values come from a vault. */
  readonly vault?: { readonly name: string; readonly endpointId: string };
  /** Further projects that may use it. */
  readonly sharedWith: readonly string[];
  readonly variables: Readonly<Record<string, { readonly value: string; readonly isSecret?: boolean }>>;
}

/** A step of a classic pipeline, a release or a task group. */
export interface TaskStep {
  readonly name: string;
  readonly taskId: string;
  readonly versionSpec: string;
  readonly definitionType?: "task" | "metaTask";
  readonly isEnabled?: boolean;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface TaskGroup extends OfProject {
  readonly id: string;
  readonly steps: readonly TaskStep[];
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
  /** Further projects that may use it. */
  readonly sharedWith: readonly string[];
  /** Newest last. */
  readonly executions: EndpointExecution[];
}

/** One run that used a service connection. */
export interface EndpointExecution {
  readonly id: number;
  readonly planType: "Build" | "Release";
  readonly definition: { readonly id: number; readonly name: string };
  readonly owner: { readonly id: number; readonly name: string };
  readonly startTime: Date;
  readonly result: "succeeded" | "failed" | "canceled";
}

export interface FeedPackage {
  readonly id: string;
  readonly name: string;
  readonly protocolType: "NuGet" | "Npm" | "Maven" | "PyPi" | "Cargo";
  readonly versions: readonly {
    readonly id: string;
    readonly version: string;
    readonly publishDate: Date;
    /** Taken from an upstream source of that name, not published here. */
    readonly from?: string;
  }[];
  /** Whether versions from outside are taken although some were published here. */
  externalVersions: "auto" | "allowExternalVersions";
}

export interface UpstreamSource {
  readonly id: string;
  readonly name: string;
  readonly protocol: "npm" | "nuget" | "maven" | "pypi" | "cargo";
  readonly isPublic: boolean;
}

export type FeedRole = "none" | "reader" | "collaborator" | "contributor" | "administrator";

export interface Feed {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Absent for feeds of the organization. */
  readonly projectId?: string;
  readonly upstreams: readonly UpstreamSource[];
  /** Roles that somebody gave, by the descriptor of graph; others have what the feed began with. */
  readonly roles: Map<string, FeedRole>;
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
  readonly lastPublished: Date;
  /** `trusted`, `verified`, `preview`, `builtIn`. */
  readonly flags: readonly string[];
  readonly contributions: readonly { readonly id: string; readonly type: string }[];
  readonly isDisabled: boolean;
  /** Tasks that it brings. */
  readonly tasks: readonly { readonly id: string; readonly name: string; readonly versions: readonly number[] }[];
}

export interface ReleaseVariable {
  readonly value: string;
  readonly isSecret?: boolean;
  readonly allowOverride?: boolean;
}

export interface ReleaseStage {
  readonly id: number;
  readonly name: string;
  /** People or groups, by their ids; nobody: it is approved by itself. */
  readonly approverIds: readonly string[];
  readonly requiredApprovers: number;
  readonly creatorMayApprove: boolean;
  readonly skipsIfSameApprover: boolean;
  /** Branches that an artifact must be of, by the alias of the artifact. */
  readonly artifactBranches: Readonly<Record<string, readonly string[]>>;
  readonly variables: Readonly<Record<string, ReleaseVariable>>;
  readonly variableGroupIds: readonly number[];
  readonly phases: readonly {
    readonly name: string;
    readonly queueId: number;
    readonly tokenForScripts: boolean;
    readonly steps: readonly TaskStep[];
  }[];
}

export interface ReleaseDefinition extends OfProject {
  readonly id: number;
  readonly stages: readonly ReleaseStage[];
  readonly variables: Readonly<Record<string, ReleaseVariable>>;
  readonly variableGroupIds: readonly number[];
  readonly artifacts: readonly {
    readonly alias: string;
    readonly definition: { readonly id: number; readonly name: string };
  }[];
  /** Runs that start a release by themselves. */
  readonly triggers: readonly { readonly alias: string; readonly branches: readonly string[] }[];
}

export interface Release extends OfProject {
  readonly id: number;
  readonly definition: ReleaseDefinition;
}

/** What a run has to pass before it may use a resource. */
export interface PipelineCheck {
  readonly id: number;
  readonly projectId: string;
  readonly type: { readonly id: string; readonly name: string };
  readonly resource: { readonly type: string; readonly id: string; readonly name: string };
  readonly createdBy: string;
  readonly createdOn: Date;
  settings: Readonly<Record<string, unknown>>;
  /** In minutes. */
  timeout: number;
  isDisabled: boolean;
  modifiedBy: string;
  modifiedOn: Date;
}

export interface Grant {
  readonly by: string;
  readonly on: Date;
}

/** Which pipelines may use a resource. */
export interface ResourceGrants {
  allPipelines?: Grant;
  readonly pipelines: Map<number, Grant>;
}

export interface Environment extends OfProject {
  readonly id: number;
}

export interface SecureFile extends OfProject {
  readonly id: string;
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
  readonly environments: Environment[];
  readonly secureFiles: SecureFile[];
  /** By project, type and id of the resource. */
  readonly grants: Map<string, ResourceGrants>;
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
    environments: [],
    secureFiles: [],
    grants: new Map(),
  };
  inventories.set(organization, inventory);
  addAgentPool(world, organization, { name: "Default", isHosted: false, autoProvision: true, agents: [] });
  addAgentPool(world, organization, { name: "Azure Pipelines", isHosted: true, agents: ["Hosted Agent"] });
  return inventory;
}

export interface AgentMade extends Partial<Omit<PoolAgent, "id" | "name">> {
  readonly name: string;
}

export function addAgentPool(
  world: World,
  organization: OrganizationState,
  made: {
    readonly name: string;
    readonly isHosted: boolean;
    readonly agents: readonly (string | AgentMade)[];
    readonly autoProvision?: boolean;
    readonly autoUpdate?: boolean;
    readonly projects?: readonly { readonly id: string }[];
    readonly elastic?: AgentPool["elastic"];
  },
): AgentPool {
  const pool: AgentPool = {
    id: nextId(world, `agent pool ${organization.id}`),
    name: made.name,
    isHosted: made.isHosted,
    createdOn: world.clock.now(),
    autoProvision: made.autoProvision ?? made.isHosted,
    autoUpdate: made.autoUpdate ?? true,
    ...(made.projects ? { projectIds: made.projects.map(({ id }) => id) } : {}),
    ...(made.elastic ? { elastic: made.elastic } : {}),
    agents: made.agents.map((one, index) => ({
      id: index + 1,
      isOnline: !made.isHosted,
      version: "4.255.0",
      os: "Linux",
      isEnabled: true,
      systemCapabilities: {},
      userCapabilities: {},
      ...(typeof one === "string" ? { name: one } : one),
    })),
  };
  inventoryOf(world, organization).pools.push(pool);
  return pool;
}

/** The number of the queue by which a project reaches a pool. */
export function queueIdOf(world: World, organization: OrganizationState, projectId: string, poolId: number): number {
  const { queueIds } = inventoryOf(world, organization);
  const key = `${projectId} ${poolId}`;
  const id = queueIds.get(key) ?? nextId(world, `agent queue ${organization.id}`);
  queueIds.set(key, id);
  return id;
}

/** The pool behind a number of a queue, where the project has such a queue. */
export function poolOfQueue(
  world: World,
  organization: OrganizationState,
  projectId: string,
  queueId: number,
): AgentPool | undefined {
  const { pools, queueIds } = inventoryOf(world, organization);
  return pools.find((pool) => queueIds.get(`${projectId} ${pool.id}`) === queueId);
}
