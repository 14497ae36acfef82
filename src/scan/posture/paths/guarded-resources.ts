/** What pipelines of a project may use and is worth having: who may use it, what guards it, and which pipelines use it. */
import type { PathCertainty, PathNode } from "#model/posture/attack-path.ts";
import type { Fact } from "#model/posture/fact.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureResource } from "#model/posture/posture-result.ts";
import type { CheckFact, PipelinePermission, ResourceKind } from "#model/posture/resource-facts.ts";
import { reachOf } from "../facts/connection-reach.ts";
import {
  connectionResource,
  environmentResource,
  groupResource,
  queueResource,
  secureFileResource,
} from "../facts/resources-of.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { cloudOf } from "./cloud-of-connection.ts";
import type { PipelineGround } from "./ground.ts";
import type { Target } from "./guarded-graph.ts";
import { environmentTarget, fileTarget, groupTarget, poolTarget, toolTarget } from "./targets.ts";

export interface GuardedResource {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly project: ProjectFacts;
  readonly url?: string;
  /** How it is drawn: an agent queue is its pool. */
  readonly node: PathNode;
  readonly is: "uses" | "runs-on";
  /** Undefined: not known for this one. */
  readonly permission: PipelinePermission | undefined;
  /** Those that are switched on; undefined: not known. */
  readonly checks: readonly CheckFact[] | undefined;
  readonly users: ReadonlyMap<number, ResourceUser>;
  readonly target: Target;
  /** What it signs in to, if that is the target. */
  readonly signsIn?: { readonly says: string; readonly evidence: readonly Evidence[] };
  /** The connection goes into other projects, too; pools may. */
  readonly sharedWith: readonly string[];
}

/** A pipeline that uses it, by its code or by its runs. */
export interface ResourceUser {
  readonly certainty: PathCertainty;
  readonly evidence: Evidence;
  /** Jobs whose code uses it; absent: the pipeline as a whole. */
  readonly jobs: readonly (string | undefined)[];
  /** Runs that used it, where Azure DevOps tells them. */
  readonly runIds: ReadonlySet<number>;
}

interface Given {
  readonly pipelines: readonly PipelineGround[];
  readonly settings: PostureSettings;
}

type Bare = Pick<GuardedResource, "node" | "target" | "sharedWith"> & Partial<Pick<GuardedResource, "signsIn">>;

export function resourcesOf(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { pipelines, settings }: Given,
): readonly GuardedResource[] {
  const permissions = indexed(project.pipelinePermissions, (one) => keyOf(one.kind, one.id));
  const checks = grouped(project.checks, (one) => keyOf(one.kind, one.resourceId));
  const users = usersOf(project, pipelines);
  const make = (kind: ResourceKind, resource: PostureResource, bare: Bare): GuardedResource => {
    const { id, name, url } = resource;
    const key = keyOf(kind, id);
    return {
      kind,
      id,
      name,
      project,
      ...(url === undefined ? {} : { url }),
      is: kind === "queue" ? "runs-on" : "uses",
      permission: permissions?.get(key),
      checks: checks && (checks.get(key) ?? []).filter(({ isEnabled }) => isEnabled),
      users: users.get(key) ?? new Map(),
      ...bare,
    };
  };
  return [
    ...connectionsOf(project, settings, make),
    ...libraryOf(organization, project, { settings, make }),
    ...queuesOf(organization, project, make),
  ];
}

type Make = (kind: ResourceKind, resource: PostureResource, bare: Bare) => GuardedResource;

function connectionsOf(project: ProjectFacts, settings: PostureSettings, make: Make): readonly GuardedResource[] {
  return listOf(project.connections).flatMap((connection) => {
    const reaches = reachOf(connection);
    if (reaches === "nothing") return [];
    const resource = connectionResource(connection, project);
    const node = faceOf("connection", resource);
    const sharedWith = connection.projectIds.filter((id) => id !== project.id);
    if (reaches !== "cloud")
      return [make("connection", resource, { node, target: toolTarget(node, reaches), sharedWith })];
    const { target, ...signsIn } = cloudOf(connection, settings);
    return [make("connection", resource, { node, target, sharedWith, signsIn })];
  });
}

function libraryOf(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { settings, make }: { readonly settings: PostureSettings; readonly make: Make },
): readonly GuardedResource[] {
  const groups = listOf(project.variableGroups).flatMap((group) => {
    if (!group.vault && !group.variables.some(({ isSecret }) => isSecret)) return [];
    const resource = groupResource(group, project);
    const { projectId: _, ...everywhere } = faceOf("variable-group", resource);
    const node = group.isShared ? { ...everywhere, id: resource.id } : faceOf("variable-group", resource);
    return [make("variable-group", resource, { node, target: groupTarget(node, group, settings), sharedWith: [] })];
  });
  const files = listOf(project.secureFiles).map((file) => {
    const resource = secureFileResource(file, project, organization);
    const node = faceOf("secure-file", resource);
    return make("secure-file", resource, { node, target: fileTarget(node, settings), sharedWith: [] });
  });
  const environments = listOf(project.environments).flatMap((environment) => {
    const resource = environmentResource(environment, project);
    const node = faceOf("environment", resource);
    const target = environmentTarget(node, settings);
    return target ? [make("environment", resource, { node, target, sharedWith: [] })] : [];
  });
  return [...groups, ...files, ...environments];
}

function queuesOf(organization: OrganizationFacts, project: ProjectFacts, make: Make): readonly GuardedResource[] {
  return listOf(project.queues).flatMap((queue) => {
    const pool = listOf(organization.pools).find(({ id }) => id === queue.poolId);
    if ((pool?.isHosted ?? queue.isHosted) !== false) return [];
    const sharedWith = projectsOfPool(organization, queue.poolId).filter((id) => id !== project.id);
    const resource = queueResource(queue, project, organization);
    const url = pool?.url ?? resource.url;
    const node: PathNode = {
      kind: "pool",
      id: `${queue.poolId}`,
      name: pool?.name ?? queue.name,
      ...(url ? { url } : {}),
    };
    return [make("queue", resource, { node, target: poolTarget(node, pool, sharedWith.length), sharedWith })];
  });
}

const projectsOfPools = new WeakMap<OrganizationFacts, ReadonlyMap<number, readonly string[]>>();

function projectsOfPool(organization: OrganizationFacts, poolId: number): readonly string[] {
  const known = projectsOfPools.get(organization) ?? indexPools(organization);
  projectsOfPools.set(organization, known);
  return known.get(poolId) ?? [];
}

function indexPools({ projects }: OrganizationFacts): ReadonlyMap<number, readonly string[]> {
  const index = new Map<number, string[]>();
  for (const { id, queues } of projects) {
    for (const poolId of new Set(listOf(queues).map((queue) => queue.poolId))) {
      const list = index.get(poolId);
      if (list) list.push(id);
      else index.set(poolId, [id]);
    }
  }
  return index;
}

function faceOf(kind: PathNode["kind"], { id, name, url, projectId }: PostureResource): PathNode {
  const isEverywhere = kind === "connection";
  return {
    kind,
    id: isEverywhere ? id : `${projectId}/${id}`,
    name,
    ...(projectId === undefined ? {} : { projectId }),
    ...(url === undefined ? {} : { url }),
  };
}

/** By resource, then by pipeline. */
function usersOf(
  project: ProjectFacts,
  pipelines: readonly PipelineGround[],
): ReadonlyMap<string, ReadonlyMap<number, ResourceUser>> {
  const users = new Map<string, Map<number, ResourceUser>>();
  const add = (key: string, definitionId: number, use: ResourceUser): void => {
    const own = users.get(key) ?? new Map<number, ResourceUser>();
    users.set(key, own);
    const known = own.get(definitionId);
    own.set(definitionId, known ? joined(known, use) : use);
  };
  for (const { definition, judged, runs } of pipelines) {
    for (const { kind, id, certainty, evidence, job } of judged?.uses ?? []) {
      if (id !== undefined) add(keyOf(kind, id), definition.id, { certainty, evidence, jobs: [job], runIds: none });
    }
    const { id, url, variableGroupIds, steps } = definition;
    const declared = (what: string): ResourceUser => {
      return { certainty: "authorised", evidence: { what, url }, jobs: [undefined], runIds: none };
    };
    for (const group of variableGroupIds) {
      add(keyOf("variable-group", `${group}`), id, declared(`definition ${id}: variableGroups has ${group}`));
    }
    for (const { name, connectionId } of steps.flatMap(({ inputs }) => inputs)) {
      if (connectionId !== undefined) add(keyOf("connection", connectionId), id, declared(`definition ${id}: ${name}`));
    }
    const own = new Map<number, RunFact>(runs.map((run) => [run.id, run]));
    for (const { connectionId, runId } of usesByDefinition(project).get(id) ?? []) {
      const run = runId === undefined ? undefined : own.get(runId);
      const what = `execution history: pipeline ${definition.name} used it${runId === undefined ? "" : ` in run ${runId}`}`;
      const evidence = { what, url: run?.url ?? url };
      const runIds = new Set(runId === undefined ? [] : [runId]);
      add(keyOf("connection", connectionId), id, { certainty: "run", evidence, jobs: [undefined], runIds });
    }
  }
  return users;
}

/** The surer evidence, and the jobs and runs of both. */
function joined(one: ResourceUser, other: ResourceUser): ResourceUser {
  const { certainty, evidence } = rank[one.certainty] <= rank[other.certainty] ? one : other;
  const runIds = other.runIds.size === 0 ? one.runIds : new Set([...one.runIds, ...other.runIds]);
  return { certainty, evidence, jobs: [...one.jobs, ...other.jobs], runIds };
}

const none: ReadonlySet<number> = new Set();
const rank: Readonly<Record<PathCertainty, number>> = { run: 0, authorised: 1, possible: 2 };

interface Used {
  readonly connectionId: string;
  readonly runId: number | undefined;
}

const usesOfProjects = new WeakMap<ProjectFacts, ReadonlyMap<number, readonly Used[]>>();

function usesByDefinition(project: ProjectFacts): ReadonlyMap<number, readonly Used[]> {
  const kept = usesOfProjects.get(project);
  if (kept) return kept;
  const made = new Map<number, Used[]>();
  for (const { connectionId, uses } of listOf(project.connectionUses)) {
    for (const { definitionId, runId } of uses) {
      if (definitionId === undefined) continue;
      const list = made.get(definitionId);
      if (list) list.push({ connectionId, runId });
      else made.set(definitionId, [{ connectionId, runId }]);
    }
  }
  usesOfProjects.set(project, made);
  return made;
}

function keyOf(kind: ResourceKind, id: string): string {
  return `${kind} ${id.toLowerCase()}`;
}

function listOf<T>(fact: Fact<readonly T[]>): readonly T[] {
  return fact.is === "known" ? fact.value : [];
}

function indexed<T>(fact: Fact<readonly T[]>, key: (one: T) => string): ReadonlyMap<string, T> | undefined {
  return fact.is === "known" ? new Map(fact.value.map((one) => [key(one), one])) : undefined;
}

function grouped<T>(fact: Fact<readonly T[]>, key: (one: T) => string): ReadonlyMap<string, readonly T[]> | undefined {
  if (fact.is === "unknown") return undefined;
  const groups = new Map<string, T[]>();
  for (const one of fact.value) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
