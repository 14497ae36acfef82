/** Agent pools of the organization, their agents, and the queues by which projects reach them. */
import { hostUrl } from "../edition.ts";
import { isTrue } from "../query-values.ts";
import { type Call, list, type Route } from "../route.ts";
import { organizationUrl, requireProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { type AgentPool, inventoryOf, type PoolAgent, queueIdOf } from "./inventory.ts";
import { idsOf, missing } from "./page.ts";

const scopes = ["agentpools"];
const root = "/{organization}/_apis/distributedtask/pools";
const queues = "/{organization}/{project}/_apis/distributedtask/queues";

/** The service itself made the pools that every organization has. */
function serviceIdentity(call: Call, world: World): Record<string, unknown> {
  const id = "00000002-0000-8888-8000-000000000000";
  const uniqueName = `${id}@2c895908-04e0-4952-89fd-54b0046d6288`;
  const descriptor = `s2s.${Buffer.from(uniqueName).toString("base64url")}`;
  const avatar = `${organizationUrl(world, call.organization)}/_apis/GraphProfile/MemberAvatars/${descriptor}`;
  return {
    displayName: "Microsoft.VisualStudio.Services.TFS",
    url: `${hostUrl(world, "vssps.dev.azure.com")}/${call.organization.name}/_apis/Identities/${id}`,
    _links: { avatar: { href: avatar } },
    id,
    uniqueName,
    imageUrl: avatar,
    descriptor,
  };
}

function poolReference(call: Call, pool: AgentPool): Record<string, unknown> {
  return {
    id: pool.id,
    scope: call.organization.collectionId,
    name: pool.name,
    isHosted: pool.isHosted,
    poolType: "automation",
    size: pool.agents.length,
    isLegacy: false,
    options: "none",
  };
}

function poolShape(call: Call, world: World, pool: AgentPool): Record<string, unknown> {
  return {
    createdOn: pool.createdOn.toISOString(),
    autoProvision: pool.autoProvision,
    autoUpdate: pool.autoUpdate,
    autoSize: pool.isHosted ? true : null,
    ...(pool.isHosted ? { targetSize: 1, agentCloudId: 1 } : {}),
    createdBy: serviceIdentity(call, world),
    owner: serviceIdentity(call, world),
    ...poolReference(call, pool),
  };
}

function capabilitiesOf(agent: PoolAgent): Record<string, unknown> {
  const system = { "Agent.Name": agent.name, "Agent.OS": agent.os, "Agent.Version": agent.version };
  const user = Object.keys(agent.userCapabilities).length > 0 ? { userCapabilities: agent.userCapabilities } : {};
  return { systemCapabilities: { ...system, ...agent.systemCapabilities }, ...user };
}

function agentShape(call: Call, world: World, pool: AgentPool, agent: PoolAgent): Record<string, unknown> {
  const base = organizationUrl(world, call.organization);
  return {
    _links: {
      self: { href: `${base}/_apis/distributedtask/pools/${pool.id}/agents/${agent.id}` },
      web: { href: `${base}/_settings/agentpools?view=jobs&poolId=${pool.id}&agentId=${agent.id}` },
    },
    ...(isTrue(call, "includeCapabilities") ? capabilitiesOf(agent) : {}),
    maxParallelism: 1,
    createdOn: pool.createdOn.toISOString(),
    ...(agent.isOnline ? {} : { statusChangedOn: pool.createdOn.toISOString() }),
    authorization: { clientId: call.organization.collectionId },
    id: agent.id,
    name: agent.name,
    version: agent.version,
    osDescription: agent.os,
    enabled: agent.isEnabled,
    status: agent.isOnline ? "online" : "offline",
    provisioningState: agent.isOnline ? "Provisioned" : "Deallocated",
  };
}

function requirePool(call: Call, world: World): AgentPool {
  const { pools } = inventoryOf(world, call.organization);
  const pool = pools.find((one) => String(one.id) === call.params.poolId);
  if (pool) return pool;
  throw missing("TaskAgentPoolNotFoundException", `No agent pool found with identifier ${call.params.poolId}.`);
}

/** Every project has a queue of every pool, but for pools that somebody keeps to some projects. */
function queuesOf(call: Call, world: World) {
  const project = requireProject(call, world);
  const pools = inventoryOf(world, call.organization).pools.filter(
    ({ projectIds }) => projectIds?.includes(project.id) ?? true,
  );
  return pools.map((pool) => ({
    id: queueIdOf(world, call.organization, project.id, pool.id),
    projectId: project.id,
    name: pool.name,
    pool: poolReference(call, pool),
  }));
}

function elasticShape(pool: AgentPool): Record<string, unknown> {
  return {
    poolId: pool.id,
    serviceEndpointId: pool.elastic?.endpointId,
    serviceEndpointScope: pool.elastic?.projectId,
    azureId: `/subscriptions/${pool.elastic?.endpointId}/resourceGroups/agents/providers/Microsoft.Compute/virtualMachineScaleSets/${pool.name}`,
    maxCapacity: 4,
    desiredIdle: 1,
    recycleAfterEachUse: pool.elastic?.recycleAfterEachUse,
    maxSavedNodeCount: 0,
    osType: "linux",
    state: "online",
    offlineSince: null,
    desiredSize: pool.agents.length,
    sizingAttempts: 0,
    agentInteractiveUI: false,
    timeToLiveMinutes: 30,
    orchestrationType: "uniform",
  };
}

export const agentPoolRoutes: readonly Route[] = [
  {
    method: "GET",
    path: root,
    scopes,
    handle(call, world) {
      const ids = idsOf(call, "poolIds");
      const name = call.query("poolName")?.toLowerCase();
      const isOther = call.query("poolType")?.toLowerCase() === "deployment";
      const found = inventoryOf(world, call.organization).pools.filter(
        (pool) =>
          !isOther &&
          (ids === undefined || ids.includes(String(pool.id))) &&
          (name === undefined || pool.name.toLowerCase() === name),
      );
      return list(found.map((pool) => poolShape(call, world, pool)));
    },
  },
  {
    method: "GET",
    path: `${root}/{poolId}`,
    scopes,
    handle: (call, world) => ({ body: poolShape(call, world, requirePool(call, world)) }),
  },
  {
    method: "GET",
    path: `${root}/{poolId}/agents`,
    scopes,
    handle(call, world) {
      const pool = requirePool(call, world);
      const name = call.query("agentName")?.toLowerCase();
      const found = pool.agents.filter((agent) => name === undefined || agent.name.toLowerCase() === name);
      return list(found.map((agent) => agentShape(call, world, pool, agent)));
    },
  },
  {
    method: "GET",
    path: `${root}/{poolId}/agents/{agentId}`,
    scopes,
    handle(call, world) {
      const pool = requirePool(call, world);
      const agent = pool.agents.find((one) => String(one.id) === call.params.agentId);
      if (agent) return { body: agentShape(call, world, pool, agent) };
      throw missing("TaskAgentNotFoundException", `Agent ${call.params.agentId} not found in pool ${pool.id}.`);
    },
  },
  {
    method: "GET",
    path: "/{organization}/_apis/distributedtask/elasticpools",
    scopes,
    handle: (call, world) =>
      list(inventoryOf(world, call.organization).pools.flatMap((pool) => (pool.elastic ? elasticShape(pool) : []))),
  },
  {
    method: "GET",
    path: "/{organization}/_apis/distributedtask/elasticpools/{poolId}",
    scopes,
    handle(call, world) {
      const pool = requirePool(call, world);
      if (pool.elastic) return { body: elasticShape(pool) };
      throw missing("ElasticPoolDoesNotExistException", `Pool ${pool.id} is not elastic.`);
    },
  },
  {
    method: "GET",
    path: queues,
    scopes,
    handle(call, world) {
      const names = idsOf(call, "queueNames") ?? idsOf(call, "queueName");
      const ids = idsOf(call, "queueIds");
      const pools = idsOf(call, "poolIds");
      return list(
        queuesOf(call, world).filter(
          (queue) =>
            (names === undefined || names.includes(queue.name.toLowerCase())) &&
            (ids === undefined || ids.includes(String(queue.id))) &&
            (pools === undefined || pools.includes(String(queue.pool.id))),
        ),
      );
    },
  },
  {
    method: "GET",
    path: `${queues}/{queueId}`,
    scopes,
    handle(call, world) {
      const queue = queuesOf(call, world).find((one) => String(one.id) === call.params.queueId);
      if (queue) return { body: queue };
      throw missing("TaskAgentQueueNotFoundException", `No agent queue found with id ${call.params.queueId}.`);
    },
  },
];
