/** What pipelines have to be allowed to use: resources by the types and ids that permissions and checks name them by. */
import type { OrganizationState, World } from "../world.ts";
import { type AgentPool, type Grant, inventoryOf, poolOfQueue, queueIdOf, type ResourceGrants } from "./inventory.ts";

export interface Resource {
  readonly type: string;
  readonly id: string;
}

export const resourceTypes = [
  "endpoint",
  "variablegroup",
  "securefile",
  "environment",
  "queue",
  "agentpool",
  "repository",
] as const;

export function isResourceType(type: string): boolean {
  return (resourceTypes as readonly string[]).includes(type.toLowerCase());
}

export function sameResource(left: Resource, right: Resource): boolean {
  return left.type.toLowerCase() === right.type.toLowerCase() && left.id.toLowerCase() === right.id.toLowerCase();
}

/** Whether the project may use what belongs to another one, too. */
export function isOf(
  projectId: string,
  one: { readonly projectId: string; readonly sharedWith?: readonly string[] },
): boolean {
  return one.projectId === projectId || (one.sharedWith ?? []).includes(projectId);
}

function poolOf(
  world: World,
  organization: OrganizationState,
  projectId: string,
  { type, id }: Resource,
): AgentPool | undefined {
  if (type.toLowerCase() === "queue") return poolOfQueue(world, organization, projectId, Number(id));
  return inventoryOf(world, organization).pools.find((pool) => String(pool.id) === id);
}

/** Its name, or undefined if the project has no such resource. */
export function resourceName(
  world: World,
  organization: OrganizationState,
  projectId: string,
  resource: Resource,
): string | undefined {
  const { endpoints, variableGroups, secureFiles, environments } = inventoryOf(world, organization);
  const id = resource.id.toLowerCase();
  const among = (
    all: readonly { readonly id: string | number; readonly name: string; readonly projectId: string }[],
  ): string | undefined => all.find((one) => String(one.id) === id && isOf(projectId, one))?.name;
  switch (resource.type.toLowerCase()) {
    case "endpoint":
      return among(endpoints);
    case "variablegroup":
      return among(variableGroups);
    case "securefile":
      return among(secureFiles);
    case "environment":
      return among(environments);
    case "repository": {
      // named by its project and itself
      const [, project, repository] = /^([^.]+)\.([^.]+)$/.exec(id) ?? [];
      const found = organization.repositories.get(repository ?? "");
      return found && found.projectId === project ? found.name : undefined;
    }
    default:
      return poolOf(world, organization, projectId, resource)?.name;
  }
}

function keyOf(projectId: string, { type, id }: Resource): string {
  return `${projectId} ${type} ${id}`.toLowerCase();
}

/** The pools that the service itself runs are open to every pipeline from the start. */
export function grantsOf(
  world: World,
  organization: OrganizationState,
  projectId: string,
  resource: Resource,
): ResourceGrants {
  const { grants } = inventoryOf(world, organization);
  const key = keyOf(projectId, resource);
  const known = grants.get(key);
  if (known) return known;
  const pool = resource.type.toLowerCase() === "queue" ? poolOf(world, organization, projectId, resource) : undefined;
  const opened: Grant | undefined = pool?.isHosted
    ? { by: organization.memberships[0]?.userId ?? "", on: pool.createdOn }
    : undefined;
  const made: ResourceGrants = { ...(opened ? { allPipelines: opened } : {}), pipelines: new Map() };
  grants.set(key, made);
  return made;
}

interface NamedResource extends Resource {
  readonly name: string;
}

function granted(
  world: World,
  organization: OrganizationState,
  projectId: string,
  isWanted: (grants: ResourceGrants) => boolean,
): readonly NamedResource[] {
  const { grants, pools } = inventoryOf(world, organization);
  for (const pool of pools) {
    if (!(pool.projectIds?.includes(projectId) ?? true)) continue;
    const id = String(queueIdOf(world, organization, projectId, pool.id));
    grantsOf(world, organization, projectId, { type: "queue", id });
  }
  return [...grants].flatMap(([key, one]) => {
    const [project, type = "", id = ""] = key.split(" ");
    if (project !== projectId || !isWanted(one)) return [];
    const name = resourceName(world, organization, projectId, { type, id });
    return name === undefined ? [] : [{ type, id, name }];
  });
}

/** What every pipeline of the project may use. */
export function openResources(world: World, organization: OrganizationState, projectId: string) {
  return granted(world, organization, projectId, (grants) => grants.allPipelines !== undefined);
}

/** What a pipeline may use because it was named. */
export function resourcesOfPipeline(
  world: World,
  organization: OrganizationState,
  projectId: string,
  definitionId: number,
) {
  return granted(world, organization, projectId, (grants) => grants.pipelines.has(definitionId));
}
