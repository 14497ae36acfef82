/** Agent queues: how the pipelines of a project reach pools of the organization. */
import type { QueueFact } from "#model/posture/resource-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { inner, requiredNumber, requiredText, type Wire } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";

const where = "agent queues";

export async function readQueues(
  client: OrganizationClient,
  { project }: CollectingProject,
): Promise<readonly QueueFact[]> {
  const request = { path: path`/${project.id}/_apis/distributedtask/queues` };
  return collect(wholeList(client, request, where), readQueue);
}

function readQueue(wire: Wire): QueueFact {
  const pool = inner(wire, "pool");
  return {
    id: requiredNumber(wire, "id", where),
    name: requiredText(wire, "name", where),
    poolId: requiredNumber(pool, "id", where),
    ...(typeof pool.isHosted === "boolean" && { isHosted: pool.isHosted }),
  };
}
