/** Repositories: list, get, create, fork, rename, disable, delete; each change is told to the hooks. */
import { randomUUID } from "node:crypto";
import { raise } from "../hooks/raise.ts";
import { bodyObject, isTrue, textOf } from "../query-values.ts";
import { mayAct, requireGitPermission } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import {
  findProject,
  findRepository,
  identityRef,
  optionalProject,
  projectOf,
  projectReference,
  repositoryNotFound,
  repositoryShape,
  repositoryUrl,
  repositoryWebUrl,
  requireProject,
  requireRepository,
} from "../shapes.ts";
import type { ProjectState, RepositoryState, World } from "../world.ts";
import { createBareRepository, removeBareRepository } from "./bare-repository.ts";
import { git, readRef, readRefs, repositoryFolder, setDefaultBranch } from "./repository-store.ts";

const root = "/{organization}/{project?}/_apis/git/repositories";

function refusal(status: number, key: string, message: string): Refusal {
  return new Refusal(
    status,
    key,
    message,
    `Microsoft.TeamFoundation.Git.Server.${key}, Microsoft.TeamFoundation.Git.Server`,
  );
}

function withLinks(call: Call, world: World, repository: RepositoryState): Record<string, unknown> {
  const url = repositoryUrl(world, call.organization, repository);
  const shape = repositoryShape(world, call.organization, repository);
  const sub = (name: string) => ({ href: `${url}/${name}` });
  return {
    ...shape,
    ...parentOf(call, world, repository),
    _links: {
      self: { href: url },
      project: { href: `vstfs:///Classification/TeamProject/${repository.projectId}` },
      web: { href: repositoryWebUrl(world, call.organization, repository) },
      ssh: { href: shape.sshUrl },
      commits: sub("commits"),
      refs: sub("refs"),
      pullRequests: sub("pullRequests"),
      items: sub("items"),
      pushes: sub("pushes"),
    },
  };
}

function parentOf(call: Call, world: World, repository: RepositoryState): { parentRepository?: unknown } {
  const parent = repository.parentId ? call.organization.repositories.get(repository.parentId) : undefined;
  if (!parent || !isTrue(call, "includeParent")) return {};
  const { organization } = call;
  return {
    parentRepository: {
      id: parent.id,
      name: parent.name,
      isFork: parent.isFork,
      url: repositoryUrl(world, organization, parent),
      project: projectReference(world, organization, projectOf(organization, parent)),
      collection: {
        id: organization.collectionId,
        name: organization.name,
        url: `${world.baseUrl}/${organization.name}/`,
      },
    },
  };
}

function listRepositories(call: Call, world: World): Answer {
  const project = optionalProject(call, world);
  const found = [...call.organization.repositories.values()].filter(
    (repository) =>
      (!project || repository.projectId === project.id) &&
      mayAct(call.organization, call.user.id, "readers", repository.projectId),
  );
  const links = isTrue(call, "includeLinks");
  return list(
    found.map((repository) =>
      links ? withLinks(call, world, repository) : repositoryShape(world, call.organization, repository),
    ),
  );
}

function requireFreeName(call: Call, project: ProjectState, name: string): void {
  if (!name || name.length > 64 || /[\\/:*?"<>;#$*{},+=[\]|]|^\.|\.$/.test(name))
    throw refusal(
      400,
      "InvalidGitRepositoryNameException",
      `TF401025: '${name}' is not a valid name for a Git repository.`,
    );
  const taken = findRepository(call, name, project);
  if (taken && taken.name.toLowerCase() === name.toLowerCase())
    throw refusal(
      409,
      "GitRepositoryNameAlreadyExistsException",
      `TF400948: A Git repository with the name ${name} already exists.`,
    );
}

async function createRepository(call: Call, world: World): Promise<Answer> {
  const body = bodyObject(call);
  const named = textOf(bodyObject({ body: body.project }).id) ?? textOf(bodyObject({ body: body.project }).name);
  const project = call.params.project === undefined && named ? findProject(call, named) : requireProject(call, world);
  if (!project) throw repositoryNotFound(named ?? "");
  requireGitPermission(call, project, "CreateRepository");
  const name = (textOf(body.name) ?? "").trim();
  requireFreeName(call, project, name);
  const parentId = textOf(bodyObject({ body: body.parentRepository }).id);
  const parent = parentId ? findRepository(call, parentId, undefined) : undefined;
  if (parentId && !parent) throw repositoryNotFound(parentId);
  const repository: RepositoryState = {
    id: randomUUID(),
    projectId: project.id,
    name,
    isDisabled: false,
    isFork: parent !== undefined,
    ...(parent ? { parentId: parent.id } : {}),
    size: 0,
    pushes: [],
    commitStatuses: new Map(),
    lockedRefs: new Map(),
  };
  await createBareRepository(world, repository.id);
  if (parent) await copyParent(world, parent, repository, call.query("sourceRef"));
  call.organization.repositories.set(repository.id, repository);
  raiseRepository(call, world, repository, "git.repo.created");
  return { status: 201, body: repositoryShape(world, call.organization, repository) };
}

/** A fork starts with the branches of its parent, or with the one that `sourceRef` names. */
async function copyParent(
  world: World,
  parent: RepositoryState,
  fork: RepositoryState,
  sourceRef: string | undefined,
): Promise<void> {
  const refs = sourceRef ? [`+${sourceRef}:${sourceRef}`] : ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
  await git(world, fork.id, ["fetch", "--quiet", "--no-tags", repositoryFolder(world, parent.id), ...refs]);
  fork.size = parent.size;
  const heads = [...(await readRefs(world, fork.id, "refs/heads/")).keys()];
  const first = heads.find((name) => name === parent.defaultBranch) ?? heads[0];
  if (first) await setDefaultBranch(world, fork, first);
}

async function changeRepository(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world, { evenDisabled: true });
  requireGitPermission(call, repository, "RenameRepository");
  const { name, defaultBranch, isDisabled } = bodyObject(call);
  const wanted = textOf(name)?.trim();
  if (typeof isDisabled === "boolean" && isDisabled !== repository.isDisabled) {
    repository.isDisabled = isDisabled;
    raiseRepository(call, world, repository, "git.repo.statuschanged", { disabled: isDisabled });
  }
  if (wanted !== undefined && wanted !== repository.name) {
    if (wanted.toLowerCase() !== repository.name.toLowerCase())
      requireFreeName(call, projectOf(call.organization, repository), wanted);
    const oldName = repository.name;
    repository.name = wanted;
    raiseRepository(call, world, repository, "git.repo.renamed", { oldName, newName: wanted });
  }
  const branch = textOf(defaultBranch);
  if (branch !== undefined && branch !== repository.defaultBranch) {
    const ref = branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
    if (!(await readRef(world, repository.id, ref)))
      throw refusal(
        400,
        "InvalidArgumentValueException",
        `Invalid argument value.\r\nParameter name: The branch ${branch} does not exist.`,
      );
    await setDefaultBranch(world, repository, ref);
  }
  return { body: repositoryShape(world, call.organization, repository) };
}

async function deleteRepository(call: Call, world: World): Promise<Answer> {
  const repository = requireRepository(call, world, { evenDisabled: true });
  requireGitPermission(call, repository, "DeleteRepository");
  raiseRepository(call, world, repository, "git.repo.deleted");
  call.organization.repositories.delete(repository.id);
  await removeBareRepository(world, repository.id);
  return { status: 204 };
}

type RepositoryEvent = "git.repo.created" | "git.repo.deleted" | "git.repo.renamed" | "git.repo.statuschanged";

function raiseRepository(
  call: Call,
  world: World,
  repository: RepositoryState,
  eventType: RepositoryEvent,
  details: Readonly<Record<string, unknown>> = {},
): void {
  const { organization } = call;
  const project = projectReference(world, organization, projectOf(organization, repository));
  const subject =
    eventType === "git.repo.deleted"
      ? { project, repositoryId: repository.id, repositoryName: repository.name, isHardDelete: false }
      : { repository: repositoryShape(world, organization, repository) };
  const text = {
    "git.repo.created": `A new Git repository was created with name ${repository.name} and ID ${repository.id}.`,
    "git.repo.deleted": `Git repository ${repository.id} was deleted.`,
    "git.repo.renamed": `Git repository ${repository.id} was renamed to ${repository.name}.`,
    "git.repo.statuschanged": `Git repository ${repository.id} with name ${repository.name} status was changed: ${repository.isDisabled ? "disabled" : "enabled"}.`,
  }[eventType];
  raise(world, organization, {
    eventType,
    projectId: repository.projectId,
    repositoryId: repository.id,
    resourceVersion: "1.0-preview.1",
    message: text,
    resource: {
      ...details,
      ...subject,
      initiatedBy: identityRef(world, call.user, organization),
      utcTimestamp: world.clock.now().toISOString(),
    },
  });
}

export const repositoryRoutes: readonly Route[] = [
  { method: "GET", path: root, scopes: ["code"], handle: listRepositories },
  { method: "POST", path: root, scopes: ["code_manage"], handle: createRepository },
  {
    method: "GET",
    path: `${root}/{repositoryId}`,
    scopes: ["code"],
    handle: (call, world) => ({ body: withLinks(call, world, requireRepository(call, world, { evenDisabled: true })) }),
  },
  { method: "PATCH", path: `${root}/{repositoryId}`, scopes: ["code_manage"], handle: changeRepository },
  { method: "DELETE", path: `${root}/{repositoryId}`, scopes: ["code_manage"], handle: deleteRepository },
  {
    method: "GET",
    path: `${root}/{repositoryId}/forks/{collectionId}`,
    scopes: ["code"],
    handle(call, world) {
      const repository = requireRepository(call, world);
      const forks = [...call.organization.repositories.values()].filter((one) => one.parentId === repository.id);
      return list(forks.map((fork) => repositoryShape(world, call.organization, fork)));
    },
  },
];
