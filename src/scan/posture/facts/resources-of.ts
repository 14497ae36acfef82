/** Resources of a project as results name them, with the page where each is set, and which pipelines may use each. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";
import type {
  ConnectionFact,
  EnvironmentFact,
  PipelinePermission,
  PoolFact,
  QueueFact,
  ResourceKind,
  SecureFileFact,
  VariableGroupFact,
} from "#model/posture/resource-facts.ts";
import { isSameId, resourceKey } from "./checks-of.ts";
import { indexed } from "./indexed.ts";
import { projectPage } from "./pages-of.ts";

export function connectionResource({ id, name, pageUrl }: ConnectionFact, project: ProjectFacts): PostureResource {
  return { kind: "connection", id, name, projectId: project.id, url: pageUrl };
}

export function groupResource({ id, name, url }: VariableGroupFact, project: ProjectFacts): PostureResource {
  return { kind: "variable-group", id: `${id}`, name, projectId: project.id, url };
}

export function environmentResource({ id, name, url }: EnvironmentFact, project: ProjectFacts): PostureResource {
  return { kind: "environment", id: `${id}`, name, projectId: project.id, url };
}

export function secureFileResource(
  { id, name }: SecureFileFact,
  project: ProjectFacts,
  { url }: OrganizationFacts,
): PostureResource {
  const page = `${url}/${encodeURIComponent(project.name)}/_library?itemType=SecureFiles&view=SecureFileView`;
  const query = `&secureFileId=${encodeURIComponent(id)}&path=${encodeURIComponent(name)}`;
  return { kind: "secure-file", id, name, projectId: project.id, url: page + query };
}

export function queueResource(
  { id, name }: QueueFact,
  project: ProjectFacts,
  organization: OrganizationFacts,
): PostureResource {
  const url = `${projectPage(organization, project, "agentqueues")}?queueId=${id}&view=security`;
  return { kind: "queue", id: `${id}`, name, projectId: project.id, url };
}

export function poolResource({ id, name, url }: PoolFact): PostureResource {
  return { kind: "pool", id: `${id}`, name, url };
}

/** Whatever a check stands on; what is not known by name is called by its kind and id. */
export function checkedResource(
  kind: ResourceKind,
  id: string,
  project: ProjectFacts,
  organization: OrganizationFacts,
): PostureResource {
  const found = findResource(kind, id, project, organization);
  return found ?? { kind, id, name: `${kind.replaceAll("-", " ")} ${id}`, projectId: project.id };
}

function findResource(
  kind: ResourceKind,
  id: string,
  project: ProjectFacts,
  organization: OrganizationFacts,
): PostureResource | undefined {
  const isIt = (one: { readonly id: string | number }): boolean => isSameId(kind, `${one.id}`, id);
  const { connections, variableGroups, environments, secureFiles, queues, repositories } = project;
  if (kind === "connection" && connections.is === "known") {
    const found = connections.value.find(isIt);
    return found && connectionResource(found, project);
  }
  if (kind === "variable-group" && variableGroups.is === "known") {
    const found = variableGroups.value.find(isIt);
    return found && groupResource(found, project);
  }
  if (kind === "environment" && environments.is === "known") {
    const found = environments.value.find(isIt);
    return found && environmentResource(found, project);
  }
  if (kind === "secure-file" && secureFiles.is === "known") {
    const found = secureFiles.value.find(isIt);
    return found && secureFileResource(found, project, organization);
  }
  if (kind === "queue" && queues.is === "known") {
    const found = queues.value.find(isIt);
    return found && queueResource(found, project, organization);
  }
  if (kind === "repository" && repositories.is === "known") {
    const found = repositories.value.find(isIt);
    return found && { kind, id: found.id, name: found.name, projectId: project.id, url: found.url };
  }
  return undefined;
}

/** Undefined if Azure DevOps was not asked, or did not answer, for this resource. */
export function permissionOf(
  permissions: readonly PipelinePermission[],
  kind: ResourceKind,
  id: string,
): PipelinePermission | undefined {
  const own = indexed(permissions, "resource", (permission) => resourceKey(permission.kind, permission.id));
  return own.get(resourceKey(kind, id))?.[0];
}

/** What is shared is told once, in the first of its projects. */
export function isToldHere(
  key: "connections" | "variableGroups",
  id: string | number,
  project: ProjectFacts,
  { projects }: OrganizationFacts,
): boolean {
  const first = firstProjects(key, projects).get(`${id}`);
  return first === undefined || first === project.id;
}

const firsts = {
  connections: new WeakMap<readonly ProjectFacts[], ReadonlyMap<string, string>>(),
  variableGroups: new WeakMap<readonly ProjectFacts[], ReadonlyMap<string, string>>(),
} as const;

function firstProjects(key: keyof typeof firsts, projects: readonly ProjectFacts[]): ReadonlyMap<string, string> {
  const kept = firsts[key].get(projects);
  if (kept) return kept;
  const made = new Map<string, string>();
  for (const { id: projectId, [key]: fact } of projects) {
    const list: readonly { readonly id: string | number }[] = fact.is === "known" ? fact.value : [];
    for (const { id } of list) if (!made.has(`${id}`)) made.set(`${id}`, projectId);
  }
  firsts[key].set(projects, made);
  return made;
}
