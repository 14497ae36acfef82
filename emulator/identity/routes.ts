/** Who is who: profile and accounts (without an organization), identities and graph (of an organization). */
import { numberOf } from "../query-values.ts";
import { isMember } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { OrganizationState, User, World } from "../world.ts";

const deployment = "app.vssps.visualstudio.com" as const;
const vssps = "vssps.dev.azure.com" as const;

function getProfile(call: Call, world: World): Answer {
  const asked = call.params.id?.toLowerCase() ?? "";
  const user = asked === "me" ? call.user : world.users.get(asked);
  if (user?.id !== call.user.id)
    throw new Refusal(404, "ProfileDoesNotExistException", `The profile ${asked} does not exist.`);
  return {
    body: {
      displayName: user.displayName,
      publicAlias: user.id,
      emailAddress: user.mail,
      coreRevision: 1,
      timeStamp: world.clock.now().toISOString(),
      id: user.id,
      revision: 1,
    },
  };
}

function listAccounts(call: Call, world: World): Answer {
  const id = (call.query("memberId") ?? call.query("ownerId"))?.toLowerCase();
  if (!id)
    throw new Refusal(
      400,
      "VssPropertyValidationException",
      "Necessary parameters ownerId or memberId were not provided",
    );
  const found = id === call.user.id ? [...world.organizations.values()].filter((one) => isMember(one, id)) : [];
  return list(
    found.map((organization) => ({
      accountId: organization.id,
      accountUri: `${world.baseUrl}/_hosts/${vssps}/${organization.name}/`,
      accountName: organization.name,
      properties: {},
    })),
  );
}

function claims(organization: OrganizationState, user: User): string {
  return `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.tenantId}\\${user.mail}`;
}

function identityShape(organization: OrganizationState, user: User): Record<string, unknown> {
  const text = ($value: string) => ({ $type: "System.String", $value });
  return {
    id: user.id,
    descriptor: claims(organization, user),
    subjectDescriptor: user.descriptor,
    providerDisplayName: user.displayName,
    isActive: true,
    members: [],
    memberOf: [],
    memberIds: [],
    properties: {
      SchemaClassName: text("User"),
      Description: text(""),
      Domain: text(organization.tenantId),
      Account: text(user.mail),
      DN: text(""),
      Mail: text(user.mail),
      SpecialType: text("Generic"),
    },
    resourceVersion: 2,
    metaTypeId: 0,
  };
}

function membersOf(world: World, organization: OrganizationState): User[] {
  return [...world.users.values()].filter((user) => isMember(organization, user.id));
}

/** A batch lookup answers in the order of what was asked, with null for what nobody has. */
function listIdentities(call: Call, world: World): Answer {
  const { organization } = call;
  const members = membersOf(world, organization);
  const batch = (name: string, of: (user: User) => string): Answer | undefined => {
    const asked = call.query(name);
    if (!asked) return undefined;
    return list(
      asked.split(",").map((one) => {
        const user = members.find((member) => of(member).toLowerCase() === one.trim().toLowerCase());
        return user ? identityShape(organization, user) : null;
      }),
    );
  };
  const found =
    batch("descriptors", (user) => claims(organization, user)) ??
    batch("subjectDescriptors", (user) => user.descriptor) ??
    batch("identityIds", (user) => user.id);
  if (found) return found;
  const wanted = call.query("filterValue")?.toLowerCase();
  if (!wanted) throw new Refusal(400, "ArgumentException", "No identities were asked for.");
  return list(
    members
      .filter((user) => user.mail.toLowerCase() === wanted || user.displayName.toLowerCase() === wanted)
      .map((user) => identityShape(organization, user)),
  );
}

/** What graph answers about a subject point to each other. */
function graphLinks(
  world: World,
  organization: OrganizationState,
  { id, descriptor }: Pick<User, "id" | "descriptor">,
) {
  const base = `${world.baseUrl}/_hosts/${vssps}/${organization.name}/_apis/Graph`;
  return {
    self: { href: `${base}/Descriptors/${id}` },
    storageKey: { href: `${base}/StorageKeys/${descriptor}` },
    subject: { href: `${base}/Users/${descriptor}` },
  };
}

function graphUser(world: World, organization: OrganizationState, user: User): Record<string, unknown> {
  const base = `${world.baseUrl}/_hosts/${vssps}/${organization.name}/_apis/Graph`;
  return {
    subjectKind: "user",
    metaType: "member",
    domain: organization.tenantId,
    principalName: user.mail,
    mailAddress: user.mail,
    origin: "aad",
    originId: user.id,
    displayName: user.displayName,
    _links: {
      self: { href: `${base}/Users/${user.descriptor}` },
      memberships: { href: `${base}/Memberships/${user.descriptor}` },
      storageKey: { href: `${base}/StorageKeys/${user.descriptor}` },
    },
    url: `${base}/Users/${user.descriptor}`,
    descriptor: user.descriptor,
  };
}

const graphPage = 500;

function listUsers(call: Call, world: World): Answer {
  const members = membersOf(world, call.organization);
  const from = numberOf({ query: () => decode(call.query("continuationToken")) }, ["continuationToken"], 0);
  const page = members.slice(from, from + graphPage);
  const next = from + page.length;
  return list(
    page.map((user) => graphUser(world, call.organization, user)),
    next < members.length ? { "x-ms-continuationtoken": Buffer.from(String(next)).toString("base64url") } : undefined,
  );
}

function decode(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, "base64url").toString();
}

function requireUser(call: Call, world: World, matches: (user: User) => boolean): User {
  const user = membersOf(world, call.organization).find(matches);
  if (user) return user;
  throw new Refusal(
    404,
    "GraphSubjectNotFoundException",
    "VS860016: Could not find a subject with the given descriptor.",
  );
}

export const routes: readonly Route[] = [
  { method: "GET", host: deployment, path: "/_apis/profile/profiles/{id}", scopes: ["profile"], handle: getProfile },
  { method: "GET", host: deployment, path: "/_apis/accounts", scopes: ["profile"], handle: listAccounts },
  {
    method: "GET",
    host: vssps,
    path: "/{organization}/_apis/identities",
    scopes: ["identity"],
    handle: listIdentities,
  },
  {
    method: "GET",
    host: vssps,
    path: "/{organization}/_apis/graph/users",
    preview: true,
    scopes: ["graph"],
    handle: listUsers,
  },
  {
    method: "GET",
    host: vssps,
    path: "/{organization}/_apis/graph/users/{descriptor}",
    preview: true,
    scopes: ["graph"],
    handle(call, world) {
      const user = requireUser(call, world, (one) => one.descriptor === call.params.descriptor);
      return { body: graphUser(world, call.organization, user) };
    },
  },
  {
    method: "GET",
    host: vssps,
    path: "/{organization}/_apis/graph/descriptors/{storageKey}",
    scopes: ["graph"],
    handle(call, world) {
      const { id, descriptor } = requireUser(call, world, (one) => one.id === call.params.storageKey?.toLowerCase());
      return { body: { value: descriptor, _links: graphLinks(world, call.organization, { id, descriptor }) } };
    },
  },
  {
    method: "GET",
    host: vssps,
    path: "/{organization}/_apis/graph/storagekeys/{descriptor}",
    scopes: ["graph"],
    handle(call, world) {
      const { id, descriptor } = requireUser(call, world, (one) => one.descriptor === call.params.descriptor);
      return { body: { value: id, _links: graphLinks(world, call.organization, { id, descriptor }) } };
    },
  },
];
