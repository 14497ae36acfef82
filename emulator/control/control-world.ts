/** Control of what there is: organizations, people, memberships, tokens, projects, repositories, commits. */
import { completeBuild, startBuild } from "../build/queue-build.ts";
import {
  addCommit,
  addMembership,
  addOrganization,
  addProject,
  addRepository,
  addToken,
  addUser,
} from "../build-world.ts";
import type { GroupName, OrganizationState, World } from "../world.ts";
import {
  type ControlRoute,
  namedOrganization,
  namedProject,
  namedRepository,
  namedTenant,
  namedToken,
  namedUser,
  refuse,
} from "./control-route.ts";

const groups: readonly GroupName[] = ["readers", "contributors", "project administrators", "collection administrators"];

export function groupOf(value: unknown): GroupName {
  const group = groups.find((one) => one === (value ?? "contributors"));
  if (!group) throw refuse(`A group is one of ${groups.join(", ")}.`);
  return group;
}

export function requiredText(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw refuse(`${name} is needed.`);
  return value;
}

function filesOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, content]) => typeof content === "string")) as Record<
    string,
    string
  >;
}

function renameOrganization(world: World, organization: OrganizationState, name: string): void {
  if (world.organizations.has(name.toLowerCase())) throw refuse(`The organization ${name} exists.`);
  const old = organization.name.toLowerCase();
  world.organizations.delete(old);
  organization.formerNames.push(old);
  organization.name = name;
  world.organizations.set(name.toLowerCase(), organization);
  for (const [index, token] of world.tokens.entries())
    if (token.organization === old) world.tokens[index] = { ...token, organization: name.toLowerCase() };
}

const results = ["succeeded", "partiallySucceeded", "failed", "canceled"] as const;

const organizationRoutes: readonly ControlRoute[] = [
  {
    method: "POST",
    path: "/organizations",
    summary: "add one: {name, tenant?}",
    handle({ world, body }) {
      const name = requiredText(body, "name");
      if (world.organizations.has(name.toLowerCase())) throw refuse(`The organization ${name} exists.`);
      const tenantId = body.tenant === undefined ? undefined : namedTenant(world, body.tenant).id;
      const { id } = addOrganization(world, name, tenantId === undefined ? {} : { tenantId });
      return { id, name };
    },
  },
  {
    method: "PATCH",
    path: "/organizations/{organization}",
    summary: "stop, start or rename: {stopped?, name?}",
    handle({ world, params, body }) {
      const organization = namedOrganization(world, params.organization);
      if (typeof body.stopped === "boolean") organization.stopped = body.stopped;
      if (typeof body.name === "string") renameOrganization(world, organization, body.name);
      return { id: organization.id, name: organization.name, stopped: organization.stopped ?? false };
    },
  },
  {
    method: "POST",
    path: "/organizations/{organization}/projects",
    summary: "add one: {name}",
    handle({ world, params, body }) {
      const { id, name } = addProject(world, namedOrganization(world, params.organization), requiredText(body, "name"));
      return { id, name };
    },
  },
  {
    method: "POST",
    path: "/organizations/{organization}/repositories",
    summary: "add one, without telling the hooks: {project, name, files?}",
    async handle({ world, params, body }) {
      const organization = namedOrganization(world, params.organization);
      const project = namedProject(organization, body.project);
      const files = filesOf(body.files);
      const { id, name } = await addRepository(world, organization, project, requiredText(body, "name"), {
        ...(Object.keys(files).length > 0 ? { files } : {}),
      });
      return { id, name };
    },
  },
  {
    method: "POST",
    path: "/organizations/{organization}/commits",
    summary: "push one commit: {repository, user, branch, message, files, from?}",
    async handle({ world, params, body }) {
      const organization = namedOrganization(world, params.organization);
      const repository = namedRepository(organization, body.repository);
      const commit = await addCommit(world, organization, repository, namedUser(world, body.user), {
        branch: requiredText(body, "branch"),
        message: requiredText(body, "message"),
        files: filesOf(body.files),
        ...(typeof body.from === "string" ? { from: body.from } : {}),
      });
      return { commit };
    },
  },
  {
    method: "POST",
    path: "/organizations/{organization}/builds/{build}/complete",
    summary: "let an agent end a queued build: {result?: succeeded (usual), partiallySucceeded, failed, canceled}",
    async handle({ world, params, body }) {
      const organization = namedOrganization(world, params.organization);
      const build = organization.builds.find(({ id }) => String(id) === params.build);
      if (!build || build.status === "completed") throw refuse(`No build ${params.build} waits or runs.`);
      const result = results.find((one) => one === (body.result ?? "succeeded"));
      if (!result) throw refuse(`A result is one of ${results.join(", ")}.`);
      if (build.status === "notStarted") startBuild(world, build);
      await completeBuild(world, organization, build, result, build.requestedBy);
      return { status: build.status, result };
    },
  },
];

const peopleRoutes: readonly ControlRoute[] = [
  {
    method: "POST",
    path: "/users",
    summary: "add one: {displayName, mail?, organization?, group?, project?, tenant?}",
    handle({ world, body }) {
      const organization = body.organization === undefined ? undefined : namedOrganization(world, body.organization);
      const project = organization && body.project !== undefined ? namedProject(organization, body.project) : undefined;
      const user = addUser(world, requiredText(body, "displayName"), {
        ...(typeof body.mail === "string" ? { mail: body.mail } : {}),
        ...(organization ? { organization, group: groupOf(body.group) } : {}),
        ...(project ? { project } : {}),
        ...(body.tenant === undefined ? {} : { tenant: namedTenant(world, body.tenant) }),
      });
      return user;
    },
  },
  {
    method: "DELETE",
    path: "/organizations/{organization}/users/{user}",
    summary: "take all memberships away",
    handle({ world, params }) {
      const { memberships } = namedOrganization(world, params.organization);
      const user = namedUser(world, params.user);
      const kept = memberships.filter((one) => one.userId !== user.id);
      memberships.splice(0, memberships.length, ...kept);
      return {};
    },
  },
  {
    method: "PUT",
    path: "/organizations/{organization}/users/{user}",
    summary: "make a member of exactly this group: {group, project?}",
    handle({ world, params, body }) {
      const organization = namedOrganization(world, params.organization);
      const user = namedUser(world, params.user);
      const project = body.project === undefined ? undefined : namedProject(organization, body.project);
      const { memberships } = organization;
      const kept = memberships.filter((one) => one.userId !== user.id || one.projectId !== project?.id);
      memberships.splice(0, memberships.length, ...kept);
      addMembership(organization, user, groupOf(body.group), project);
      return {};
    },
  },
  {
    method: "POST",
    path: "/tokens",
    summary: "make one: {user, scopes?, organization?, expires?, format?}",
    handle({ world, body }) {
      const token = addToken(world, namedUser(world, body.user), {
        ...(Array.isArray(body.scopes) ? { scopes: body.scopes.map(String) } : {}),
        ...(body.organization === undefined ? {} : { organization: namedOrganization(world, body.organization) }),
        ...(typeof body.expires === "string" ? { expires: new Date(body.expires) } : {}),
        format: body.format === "old" ? "old" : "new",
      });
      return token;
    },
  },
  {
    method: "POST",
    path: "/tokens/revoke",
    summary: "revoke one: {value}",
    handle({ world, body }) {
      namedToken(world, body.value).revoked = true;
      return {};
    },
  },
  {
    method: "POST",
    path: "/tokens/expire",
    summary: "let one expire now: {value}",
    handle({ world, body }) {
      namedToken(world, body.value).expires = world.clock.now();
      return {};
    },
  },
];

export const worldRoutes: readonly ControlRoute[] = [...organizationRoutes, ...peopleRoutes];
