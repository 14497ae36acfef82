/** Whether a pipeline runs on machines of the organization's own, as far as its definition says. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { PoolFact } from "#model/posture/resource-facts.ts";

/** Undefined: neither its queue nor its pool is known. The YAML file may name others. */
export function ownPoolOf(
  { queueId, poolName }: DefinitionFact,
  { queues }: ProjectFacts,
  { pools }: OrganizationFacts,
): PoolFact | "hosted" | undefined {
  if (pools.is === "unknown") return undefined;
  const queue = queues.is === "known" ? queues.value.find(({ id }) => id === queueId) : undefined;
  const name = queue?.name ?? poolName;
  const pool = pools.value.find((one) => (queue ? one.id === queue.poolId : name !== undefined && one.name === name));
  if (!pool) return undefined;
  return pool.isHosted ? "hosted" : pool;
}
