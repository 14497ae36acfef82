/** Agent pools of the organization with the agents of those that Microsoft does not run; capabilities are looked at, not kept. */
import type { AgentFact, PoolFact } from "#model/posture/resource-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import {
  inner,
  isWire,
  optionalDate,
  optionalNumber,
  optionalText,
  requiredNumber,
  requiredText,
  type Wire,
} from "../read-wire.ts";
import type { Collecting } from "./collector.ts";
import { pageOf } from "./web-address.ts";
import { isOfOne } from "./without-refused.ts";

const mostPools = 500;
const mostAgents = 2000;
const mostCapabilities = 1000;

export async function readPools(client: OrganizationClient, given: Collecting): Promise<readonly PoolFact[]> {
  const request = { path: path`/_apis/distributedtask/pools`, query: { poolType: "automation" } };
  const wires = await collect(wholeList(client, request, "agent pools"), (wire) => wire);
  const elastic = wires.some((wire) => wire.isHosted !== true) ? await readElasticPools(client) : new Map();
  const pools: PoolFact[] = [];
  let asked = 0;
  for (const wire of wires) {
    const isAsked = wire.isHosted !== true && wire.size !== 0;
    const agents = !isAsked ? { agents: [] } : asked < mostPools ? await agentsOf(client, given, wire) : notAsked;
    if (isAsked) asked += 1;
    pools.push({ ...readPool(given, wire, elastic), ...agents });
  }
  return pools;
}

type Agents = Pick<PoolFact, "agents" | "agentsUnknown">;

const notAsked: Agents = {
  agents: [],
  agentsUnknown: `The organization has more than ${mostPools} pools; agents of the rest were not read.`,
};

function readPool({ organization }: Collecting, wire: Wire, elastic: ReadonlyMap<number, boolean>) {
  const where = "agent pool";
  const id = requiredNumber(wire, "id", where);
  const options = optionalText(wire, "options")?.toLowerCase() ?? "";
  const recycles = elastic.get(id) ?? (options.includes("elasticpool") ? options.includes("singleuse") : undefined);
  return {
    id,
    name: requiredText(wire, "name", where),
    url: pageOf(organization, undefined, `_settings/agentpools?poolId=${id}&view=agents`),
    isHosted: wire.isHosted === true,
    autoProvision: wire.autoProvision === true,
    autoUpdate: wire.autoUpdate === true,
    ...(recycles !== undefined && { elastic: { recycleAfterEachUse: recycles } }),
  };
}

/** Whether machines are thrown away after a job, by pool. The options of the pool itself tell it where this is not answered. */
async function readElasticPools(client: OrganizationClient): Promise<ReadonlyMap<number, boolean>> {
  const request = { path: path`/_apis/distributedtask/elasticpools` };
  try {
    const read = (wire: Wire) =>
      [requiredNumber(wire, "poolId", "elastic pools"), wire.recycleAfterEachUse === true] as const;
    return new Map(await collect(wholeList(client, request, "elastic pools"), read));
  } catch (error) {
    if (isUnanswered(error)) return new Map();
    throw error;
  }
}

async function agentsOf(client: OrganizationClient, given: Collecting, pool: Wire): Promise<Agents> {
  const id = requiredNumber(pool, "id", "agent pool");
  const request = {
    path: path`/_apis/distributedtask/pools/${id}/agents`,
    query: { includeCapabilities: "true" },
  };
  try {
    const agents = await collect(wholeList(client, request, "agents"), (wire) => wire);
    const read = agents.slice(0, mostAgents).map((wire) => readAgent(wire, given));
    if (agents.length <= mostAgents) return { agents: read };
    const rest = `The pool has ${agents.length} agents; only ${mostAgents} were looked at.`;
    return { agents: read, agentsUnknown: rest };
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    return { agents: [], agentsUnknown: `Azure DevOps does not tell this account the agents: ${error.message}` };
  }
}

function isUnanswered(error: unknown): error is RemoteError {
  return isOfOne(error) || (error instanceof RemoteError && error.code === "refused");
}

function readAgent(wire: Wire, given: Collecting): AgentFact {
  const where = "agent";
  const system = inner(wire, "systemCapabilities");
  const os = optionalText(wire, "osDescription") ?? optionalText(system, "Agent.OS");
  const changedAt = optionalDate(wire, "statusChangedOn");
  return {
    id: requiredNumber(wire, "id", where),
    name: requiredText(wire, "name", where),
    version: optionalText(wire, "version") ?? "",
    ...(os !== undefined && { os }),
    isOnline: wire.status === "online" || optionalNumber(wire, "status") === 2,
    isEnabled: wire.enabled !== false,
    ...(changedAt && { changedAt: changedAt.toISOString() }),
    secretCapabilities: secretsAmong([system, wire.userCapabilities], given),
  };
}

/** Capabilities of the system are the variables of its environment. */
function secretsAmong(bags: readonly unknown[], { lookAt }: Collecting): AgentFact["secretCapabilities"] {
  const found: { name: string; look: NonNullable<ReturnType<typeof lookAt>> }[] = [];
  for (const bag of bags.filter(isWire)) {
    for (const [name, value] of Object.entries(bag).slice(0, mostCapabilities)) {
      const look = typeof value === "string" && value !== "" ? lookAt(name, value) : undefined;
      if (look) found.push({ name, look });
    }
  }
  return found;
}
