/** Shapes that many resources share: identities, projects, repositories, and finding those that a call names. */
import { hostUrl } from "./edition.ts";
import { isMember, mayAct } from "./rights.ts";
import { type Call, Refusal } from "./route.ts";
import type { OrganizationState, ProjectState, RepositoryState, User, World } from "./world.ts";

export const zeroId = "0".repeat(40);
export const zeroGuid = "00000000-0000-0000-0000-000000000000";

export function organizationUrl(world: World, organization: OrganizationState): string {
  return `${world.baseUrl}/${organization.name}`;
}

export function identityRef(
  world: World,
  who: User | string,
  organization: OrganizationState = firstOrganizationOf(world, typeof who === "string" ? who : who.id),
): Record<string, unknown> {
  const user = typeof who === "string" ? world.users.get(who) : who;
  if (!user) return { displayName: "Deleted user", id: who };
  const base = organizationUrl(world, organization);
  return {
    displayName: user.displayName,
    url: `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/_apis/Identities/${user.id}`,
    _links: { avatar: { href: `${base}/_apis/GraphProfile/MemberAvatars/${user.descriptor}` } },
    id: user.id,
    uniqueName: user.mail,
    imageUrl: `${base}/_api/_common/identityImage?id=${user.id}`,
    descriptor: user.descriptor,
  };
}

function firstOrganizationOf(world: World, userId: string): OrganizationState {
  const all = [...world.organizations.values()];
  const found = all.find((organization) => isMember(organization, userId)) ?? all[0];
  if (!found) throw new Error("the world has no organization");
  return found;
}

export function projectReference(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
): Record<string, unknown> {
  return {
    id: project.id,
    name: project.name,
    ...(project.description ? { description: project.description } : {}),
    url: `${organizationUrl(world, organization)}/_apis/projects/${project.id}`,
    state: "wellFormed",
    revision: project.revision,
    visibility: project.visibility,
    lastUpdateTime: project.lastUpdateTime.toISOString(),
  };
}

/** The project as lists of pull requests and push payloads show it: without its real visibility and time. */
export function projectStub(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
): Record<string, unknown> {
  return {
    id: project.id,
    name: project.name,
    url: `${organizationUrl(world, organization)}/_apis/projects/${project.id}`,
    state: "wellFormed",
    visibility: "unchanged",
    lastUpdateTime: "0001-01-01T00:00:00",
  };
}

/** `{org}/{project id}/_apis/git/repositories/{id}`: how answers name a repository. */
export function repositoryUrl(world: World, organization: OrganizationState, repository: RepositoryState): string {
  return `${organizationUrl(world, organization)}/${repository.projectId}/_apis/git/repositories/${repository.id}`;
}

export function repositoryWebUrl(world: World, organization: OrganizationState, repository: RepositoryState): string {
  const project = projectOf(organization, repository);
  return `${organizationUrl(world, organization)}/${encodeURIComponent(project.name)}/_git/${encodeURIComponent(repository.name)}`;
}

function cloneUrls(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  repository: RepositoryState,
): Record<string, string> {
  const webUrl = repositoryWebUrl(world, organization, repository);
  if (world.edition.is === "server") {
    const { hostname, pathname } = new URL(webUrl);
    return { remoteUrl: webUrl, sshUrl: `ssh://${hostname}:22${pathname}` };
  }
  const ssh = [organization.name, project.name, repository.name].map(encodeURIComponent).join("/");
  return {
    remoteUrl: webUrl.replace("://", `://${organization.name}@`),
    sshUrl: `git@ssh.dev.azure.com:v3/${ssh}`,
  };
}

export function repositoryShape(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
): Record<string, unknown> {
  const project = projectOf(organization, repository);
  const webUrl = repositoryWebUrl(world, organization, repository);
  return {
    id: repository.id,
    name: repository.name,
    url: repositoryUrl(world, organization, repository),
    project: projectReference(world, organization, project),
    ...(repository.defaultBranch ? { defaultBranch: repository.defaultBranch } : {}),
    size: repository.size,
    ...cloneUrls(world, organization, project, repository),
    webUrl,
    ...(repository.isFork ? { isFork: true } : {}),
    isDisabled: repository.isDisabled,
    isInMaintenance: false,
  };
}

export function projectOf(organization: OrganizationState, repository: RepositoryState): ProjectState {
  const project = organization.projects.get(repository.projectId);
  if (!project) throw new Error(`repository ${repository.id} has no project`);
  return project;
}

/** One for all: made anew for each comparison, finding a name among 5,000 repositories took 37 ms. */
const ignoringCase = new Intl.Collator("en", { sensitivity: "accent" });

function sameName(left: string, right: string): boolean {
  return ignoringCase.compare(left, right) === 0;
}

/** By id or name, without regard to case; undefined also where the caller may not read it. */
export function findProject(call: Pick<Call, "organization" | "user">, nameOrId: string): ProjectState | undefined {
  const { projects } = call.organization;
  const found = projects.get(nameOrId.toLowerCase()) ?? projects.values().find(({ name }) => sameName(name, nameOrId));
  return found && mayAct(call.organization, call.user.id, "readers", found) ? found : undefined;
}

/** The project of `{project}`; a missing one and a hidden one are refused alike. */
export function requireProject(call: Call, _world: World): ProjectState {
  const name = call.params.project ?? call.params.projectId ?? "";
  const project = findProject(call, name);
  if (project) return project;
  throw new Refusal(
    404,
    "ProjectDoesNotExistWithNameException",
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    "Microsoft.TeamFoundation.Core.WebApi.ProjectDoesNotExistWithNameException, Microsoft.TeamFoundation.Core.WebApi",
  );
}

/** The project of `{project?}` where the segment may be absent. */
export function optionalProject(call: Call, world: World): ProjectState | undefined {
  return call.params.project === undefined ? undefined : requireProject(call, world);
}

export function findRepository(
  call: Pick<Call, "organization" | "user">,
  nameOrId: string,
  project: ProjectState | undefined,
): RepositoryState | undefined {
  const byId = call.organization.repositories.get(nameOrId.toLowerCase());
  const found =
    byId ??
    [...call.organization.repositories.values()].find(
      (repository) =>
        sameName(repository.name, nameOrId) && (project === undefined || repository.projectId === project.id),
    );
  if (!found || (project && found.projectId !== project.id)) return undefined;
  return mayAct(call.organization, call.user.id, "readers", found.projectId) ? found : undefined;
}

export function repositoryNotFound(nameOrId: string): Refusal {
  return new Refusal(
    404,
    "GitRepositoryNotFoundException",
    `TF401019: The Git repository with name or identifier ${nameOrId} does not exist or you do not have permissions for the operation you are attempting.`,
    "Microsoft.TeamFoundation.Git.Server.GitRepositoryNotFoundException, Microsoft.TeamFoundation.Git.Server",
  );
}

/** The repository of `{repositoryId}`; a missing, hidden or disabled one is refused (`evenDisabled` lets the last pass). */
export function requireRepository(call: Call, world: World, options?: { evenDisabled: boolean }): RepositoryState {
  const name = call.params.repositoryId ?? "";
  const repository = findRepository(call, name, optionalProject(call, world));
  if (!repository) throw repositoryNotFound(name);
  if (repository.isDisabled && !options?.evenDisabled) throw repositoryDisabled(world, repository);
  return repository;
}

function repositoryDisabled(world: World, repository: RepositoryState): Refusal {
  const status = world.switches.disabledRepositoryStatus;
  if (status === 404) return repositoryNotFound(repository.id);
  return new Refusal(
    status,
    "GitRepositoryDisabledException",
    `TF401023: The Git repository with name or identifier ${repository.name} is disabled.`,
    "Microsoft.TeamFoundation.Git.Server.GitRepositoryDisabledException, Microsoft.TeamFoundation.Git.Server",
  );
}
