/** Finds what a pipeline calls by name among the resources of its project. Azure DevOps compares names without case. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { Fact } from "#model/posture/fact.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type {
  ConnectionFact,
  EnvironmentFact,
  PoolFact,
  QueueFact,
  SecureFileFact,
  VariableGroupFact,
} from "#model/posture/resource-facts.ts";

type ByName<T> = ReadonlyMap<string, T>;

export interface ResourcesByName {
  readonly connections: ByName<ConnectionFact>;
  readonly groups: ByName<VariableGroupFact>;
  readonly environments: ByName<EnvironmentFact>;
  readonly secureFiles: ByName<SecureFileFact>;
  readonly queues: ByName<QueueFact & { readonly pool: PoolFact | undefined }>;
}

const kept = new WeakMap<ProjectFacts, ResourcesByName>();

export function resourcesByName(project: ProjectFacts, { pools }: OrganizationFacts): ResourcesByName {
  const before = kept.get(project);
  if (before) return before;
  const poolOf = new Map(valuesOf(pools).map((pool) => [pool.id, pool]));
  const found: ResourcesByName = {
    connections: new Map([
      ...byName(valuesOf(project.connections)),
      ...valuesOf(project.connections).map((one) => [one.id.toLowerCase(), one] as const),
    ]),
    groups: byName(valuesOf(project.variableGroups)),
    environments: byName(valuesOf(project.environments)),
    secureFiles: byName(valuesOf(project.secureFiles)),
    queues: byName(valuesOf(project.queues).map((queue) => ({ ...queue, pool: poolOf.get(queue.poolId) }))),
  };
  kept.set(project, found);
  return found;
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  // The first of a name stands.
  return new Map(all.toReversed().map((one) => [one.name.toLowerCase(), one]));
}

export function valuesOf<T>(fact: Fact<readonly T[]>): readonly T[] {
  return fact.is === "known" ? fact.value : [];
}

export interface FoundRepository {
  readonly project: ProjectFacts;
  readonly repository: RepositoryFact;
}

interface Repositories {
  readonly byId: ReadonlyMap<string, FoundRepository>;
  readonly byName: ReadonlyMap<string, FoundRepository>;
}

const repositories = new WeakMap<OrganizationFacts, Repositories>();

function repositoriesOf(organization: OrganizationFacts): Repositories {
  const before = repositories.get(organization);
  if (before) return before;
  const all = organization.projects.flatMap((project) =>
    valuesOf(project.repositories).map((repository): FoundRepository => ({ project, repository })),
  );
  const found: Repositories = {
    byId: new Map(all.map((one) => [one.repository.id.toLowerCase(), one])),
    byName: new Map(all.map((one) => [`${one.project.name}/${one.repository.name}`.toLowerCase(), one])),
  };
  repositories.set(organization, found);
  return found;
}

export function repositoryById(organization: OrganizationFacts, id: string): FoundRepository | undefined {
  return repositoriesOf(organization).byId.get(id.toLowerCase());
}

/** `repository`, or `project/repository`. */
export function repositoryNamed(
  organization: OrganizationFacts,
  { name: own }: ProjectFacts,
  written: string,
): FoundRepository | undefined {
  const { byName: all, byId } = repositoriesOf(organization);
  const name = written.toLowerCase();
  return all.get(name.includes("/") ? name : `${own.toLowerCase()}/${name}`) ?? byId.get(name);
}

/** The page of a file as it was in a commit. */
export function fileAddress(
  { url }: OrganizationFacts,
  { project, repository }: FoundRepository,
  { path, commit }: { readonly path: string; readonly commit: string },
): string {
  const page = `${url}/${encodeURIComponent(project.name)}/_git/${encodeURIComponent(repository.name)}`;
  return `${page}?path=${`/${path}`.split("/").map(encodeURIComponent).join("/")}&version=GC${commit}`;
}
