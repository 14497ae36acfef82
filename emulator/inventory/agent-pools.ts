/** Agent pools of the organization, their agents, and the queues by which projects reach them. */
import { hostUrl } from "../edition.ts";
import { type Call, list, type Route } from "../route.ts";
import { organizationUrl, requireProject } from "../shapes.ts";
import { nextId, type ProjectState, type World } from "../world.ts";
import { type AgentPool, inventoryOf } from "./inventory.ts";
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
    autoProvision: pool.isHosted,
    autoUpdate: true,
    autoSize: pool.isHosted ? true : null,
    ...(pool.isHosted ? { targetSize: 1, agentCloudId: 1 } : {}),
    createdBy: serviceIdentity(call, world),
    owner: serviceIdentity(call, world),
    ...poolReference(call, pool),
  };
}

function agentShape(call: Call, world: World, pool: AgentPool, agent: AgentPool["agents"][number]) {
  const base = organizationUrl(world, call.organization);
  return {
    _links: {
      self: { href: `${base}/_apis/distributedtask/pools/${pool.id}/agents/${agent.id}` },
      web: { href: `${base}/_settings/agentpools?view=jobs&poolId=${pool.id}&agentId=${agent.id}` },
    },
    maxParallelism: 1,
    createdOn: pool.createdOn.toISOString(),
    authorization: { clientId: call.organization.collectionId },
    id: agent.id,
    name: agent.name,
    version: "3.248.0",
    osDescription: "Linux",
    enabled: true,
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

function queueId(call: Call, world: World, project: ProjectState, pool: AgentPool): number {
  const { queueIds } = inventoryOf(world, call.organization);
  const key = `${project.id} ${pool.id}`;
  const id = queueIds.get(key) ?? nextId(world, `agent queue ${call.organization.id}`);
  queueIds.set(key, id);
  return id;
}

function queuesOf(call: Call, world: World) {
  const project = requireProject(call, world);
  return inventoryOf(world, call.organization).pools.map((pool) => ({
    id: queueId(call, world, project, pool),
    projectId: project.id,
    name: pool.name,
    pool: poolReference(call, pool),
  }));
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
      return list(pool.agents.map((agent) => agentShape(call, world, pool, agent)));
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
