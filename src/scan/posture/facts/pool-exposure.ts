/** Which pipelines bring code that nobody reviewed to the machines of a pool. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { PoolFact } from "#model/posture/resource-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";

export interface PoolExposure {
  readonly exposed: readonly Exposed[];
  /** Pipelines that use it and of which it is not known who starts them. */
  readonly unsure: readonly string[];
}

interface Exposed {
  readonly pipeline: string;
  /** As the end of a sentence: `pull requests of forks start it`. */
  readonly says: string;
  readonly isFork: boolean;
  readonly evidence: readonly Evidence[];
}

export function exposureOfPool(
  pool: PoolFact,
  organization: OrganizationFacts,
  pipelines: readonly JudgedPipeline[],
): PoolExposure {
  const queues = queuesOf(pool, organization);
  const exposed: Exposed[] = [];
  const unsure: string[] = [];
  for (const pipeline of pipelines) {
    const use = useOf(pipeline, pool, queues);
    if (!use) continue;
    const found = entryOf(pipeline, use);
    if (found) exposed.push(found);
    else if (isUnsure(pipeline)) unsure.push(pipeline.definition.name);
  }
  return { exposed, unsure };
}

/** `project/queue` of each. */
function queuesOf({ id }: PoolFact, { projects }: OrganizationFacts): ReadonlySet<string> {
  return new Set(
    projects.flatMap(({ id: projectId, queues }) =>
      queues.is === "known"
        ? queues.value.filter(({ poolId }) => poolId === id).map((queue) => `${projectId}/${queue.id}`)
        : [],
    ),
  );
}

function useOf(
  { projectId, definition, uses }: JudgedPipeline,
  { name }: PoolFact,
  queues: ReadonlySet<string>,
): Evidence | undefined {
  const queued = uses.filter(({ kind }) => kind === "queue");
  const use = queued.find(({ id, name: called }) =>
    id === undefined ? called.toLowerCase() === name.toLowerCase() : queues.has(`${projectId}/${id}`),
  );
  if (use) return use.evidence;
  // What a YAML file says about its pools wins over the queue of the definition.
  const isDefault = definition.queueId !== undefined && queues.has(`${projectId}/${definition.queueId}`);
  if (!isDefault || queued.length > 0) return undefined;
  return { what: `definition ${definition.id}: queue.id = ${definition.queueId}`, url: definition.url };
}

function entryOf({ definition, exposure }: JudgedPipeline, use: Evidence): Exposed | undefined {
  const { pullRequests, forks, openBranches } = exposure;
  const pipeline = definition.name;
  if (forks)
    return { pipeline, says: "pull requests of forks start it", isFork: true, evidence: [use, forks.evidence] };
  if (pullRequests) {
    return {
      pipeline,
      says: "pull requests start it before anybody reviewed them",
      isFork: false,
      evidence: [use, pullRequests],
    };
  }
  if (!openBranches) return undefined;
  const patterns = openBranches.patterns.slice(0, 3).join(", ");
  const says = `pushes to branches that no policy protects start it (${patterns})`;
  return { pipeline, says, isFork: false, evidence: [use, openBranches.evidence] };
}

function isUnsure({ exposure: { pullRequests, forks, openBranches } }: JudgedPipeline): boolean {
  return pullRequests === undefined || forks === undefined || openBranches === undefined;
}
