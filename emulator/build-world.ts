/** Setting up a world in a few lines: organizations, people, projects, repositories with files, access tokens. */
import { randomBytes, randomUUID } from "node:crypto";
import { addAccount, type TenantState } from "./entra/tenants.ts";
import { createBareRepository } from "./git/bare-repository.ts";
import { inRepository, readRef, updateRefs } from "./git/repository-store.ts";
import { writeCommit } from "./git/write-commit.ts";
import { zeroId } from "./shapes.ts";
import type {
  GroupName,
  OrganizationState,
  PersonalAccessToken,
  ProjectState,
  RepositoryState,
  User,
  World,
} from "./world.ts";

export function addOrganization(
  world: World,
  name: string,
  options: { tenantId?: string; id?: string } = {},
): OrganizationState {
  const organization: OrganizationState = {
    id: options.id ?? randomUUID(),
    name,
    formerNames: [],
    collectionId: randomUUID(),
    tenantId: options.tenantId ?? randomUUID(),
    memberships: [],
    projects: new Map(),
    repositories: new Map(),
    pullRequests: [],
    policies: [],
    definitions: [],
    builds: [],
    workItems: [],
    subscriptions: [],
    operations: new Map(),
  };
  world.organizations.set(name.toLowerCase(), organization);
  return organization;
}

/**
 * Adds a person and, with `organization`, makes them a member of it (contributor unless told otherwise). Their home is
 * `tenant`, or else the organization's tenant if the world has it.
 */
export function addUser(
  world: World,
  displayName: string,
  options: {
    mail?: string;
    organization?: OrganizationState;
    group?: GroupName;
    project?: ProjectState;
    tenant?: TenantState;
  } = {},
): User {
  const id = randomUUID();
  const mail = options.mail ?? `${displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}@example.com`;
  const user: User = { id, displayName, mail, descriptor: `aad.${Buffer.from(id).toString("base64url")}` };
  world.users.set(id, user);
  const home = options.tenant ?? world.entra.tenants.get(options.organization?.tenantId ?? "");
  if (home) addAccount(user, home);
  if (options.organization) addMembership(options.organization, user, options.group ?? "contributors", options.project);
  return user;
}

export function addMembership(
  organization: OrganizationState,
  user: User,
  group: GroupName,
  project?: ProjectState,
): void {
  organization.memberships.push({ userId: user.id, group, ...(project ? { projectId: project.id } : {}) });
}

export function addProject(
  world: World,
  organization: OrganizationState,
  name: string,
  options: {
    id?: string;
    description?: string;
    visibility?: ProjectState["visibility"];
    sourceControl?: ProjectState["sourceControl"];
  } = {},
): ProjectState {
  const project: ProjectState = {
    id: options.id ?? randomUUID(),
    name,
    description: options.description ?? "",
    visibility: options.visibility ?? "private",
    sourceControl: options.sourceControl ?? "Git",
    lastUpdateTime: world.clock.now(),
    revision: 1,
  };
  organization.projects.set(project.id, project);
  return project;
}

/** Adds a repository; with `files` it has one commit on `defaultBranch` that the first member pushed. */
export async function addRepository(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  name: string,
  options: {
    id?: string;
    files?: Readonly<Record<string, string | Uint8Array>>;
    defaultBranch?: string;
    isDisabled?: boolean;
    parentId?: string;
    pushedBy?: User;
  } = {},
): Promise<RepositoryState> {
  const repository: RepositoryState = {
    id: options.id ?? randomUUID(),
    projectId: project.id,
    name,
    isDisabled: options.isDisabled ?? false,
    isFork: options.parentId !== undefined,
    ...(options.parentId === undefined ? {} : { parentId: options.parentId }),
    size: 0,
    pushes: [],
    commitStatuses: new Map(),
    lockedRefs: new Map(),
  };
  await createBareRepository(world, repository.id);
  organization.repositories.set(repository.id, repository);
  if (options.files) {
    const user = options.pushedBy ?? world.users.get(organization.memberships[0]?.userId ?? "");
    if (!user) throw new Error("add a member before a repository with files");
    await addCommit(world, organization, repository, user, {
      branch: options.defaultBranch ?? "main",
      message: "Initial commit",
      files: options.files,
    });
  }
  return repository;
}

export interface CommitOptions {
  readonly branch: string;
  readonly message: string;
  /** Content by path; null deletes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  readonly date?: Date;
  /** Branch to start from where `branch` does not exist yet. */
  readonly from?: string;
}

/** Commits files on top of a branch and pushes it as `user`; answers the commit id. */
export async function addCommit(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  options: CommitOptions,
): Promise<string> {
  const ref = `refs/heads/${options.branch}`;
  const changes = Object.entries(options.files).map(([path, content]) => ({
    path: path.replace(/^\//, ""),
    content: content === null ? null : Buffer.from(content),
  }));
  const person = { name: user.displayName, email: user.mail, date: options.date ?? world.clock.now() };
  return inRepository(world, repository.id, async () => {
    const tip = await readRef(world, repository.id, ref);
    const base = tip ?? (options.from ? await readRef(world, repository.id, `refs/heads/${options.from}`) : undefined);
    const { message } = options;
    const commit = await writeCommit(world, repository.id, {
      base,
      message,
      author: person,
      committer: person,
      changes,
    });
    repository.size += changes.reduce((sum, change) => sum + (change.content?.length ?? 0), 0);
    const moved = { name: ref, oldObjectId: tip ?? zeroId, newObjectId: commit };
    const { results } = await updateRefs(world, organization, repository, user, [moved]);
    if (!results[0]?.success) throw new Error(`${ref} was not updated: ${results[0]?.updateStatus}`);
    return commit;
  });
}

const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function randomText(alphabet: string, length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** A value of the shape of real tokens: 52 characters base32 (old), or 84 with the signature `AZDO` at place 76 (new). */
function tokenShape(format: "old" | "new"): string {
  if (format === "old") return randomText(base32, 52);
  return `${randomText(base62, 52)}JQQJ99${randomText(base62, 18)}${["AZ", "DO"].join("")}${randomText(base62, 4)}`;
}

/** Gives the user a personal access token; without `organization` it is good for all of theirs. */
export function addToken(
  world: World,
  user: User,
  options: {
    scopes?: readonly string[];
    organization?: OrganizationState;
    expires?: Date;
    format?: "old" | "new";
    displayName?: string;
  } = {},
): PersonalAccessToken {
  const token: PersonalAccessToken = {
    value: tokenShape(options.format ?? "new"),
    userId: user.id,
    displayName: options.displayName ?? "token",
    scopes: options.scopes ?? ["full"],
    created: world.clock.now(),
    ...(options.organization ? { organization: options.organization.name.toLowerCase() } : {}),
    ...(options.expires ? { expires: options.expires } : {}),
  };
  world.tokens.push(token);
  return token;
}
