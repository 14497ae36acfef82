/** Who is who: profile and accounts (without an organization), identities and graph (of an organization). */
import { hostUrl } from "../edition.ts";
import { isMember } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { type BuildIdentity, buildIdentitiesOf, findBuildIdentity } from "./build-identities.ts";
import { graphRoutes } from "./graph.ts";
import { groupDomain, principalName } from "./graph-shapes.ts";
import { containersOf, membersOfGroup } from "./group-members.ts";
import { findGroupNamed, type Group, groupsOf } from "./groups.ts";
import { descriptorOfGroup, descriptorOfUser } from "./identity-descriptor.ts";

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
  // service principals are listed nowhere
  const isListed = id === call.user.id && !call.user.isServicePrincipal;
  const found = isListed ? [...world.organizations.values()].filter((one) => isMember(one, id)) : [];
  return list(
    found.map((organization) => ({
      accountId: organization.id,
      accountUri: `${hostUrl(world, vssps)}/${organization.name}/`,
      accountName: organization.name,
      properties: {},
    })),
  );
}

function identityShape(organization: OrganizationState, user: User): Record<string, unknown> {
  const text = ($value: string) => ({ $type: "System.String", $value });
  return {
    id: user.id,
    descriptor: descriptorOfUser(organization, user),
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

function builderIdentity(identity: BuildIdentity): Record<string, unknown> {
  const text = ($value: string) => ({ $type: "System.String", $value });
  return {
    id: identity.id,
    descriptor: identity.identityDescriptor,
    subjectDescriptor: identity.descriptor,
    providerDisplayName: identity.displayName,
    isActive: true,
    members: [],
    memberOf: [],
    memberIds: [],
    properties: {
      SchemaClassName: text("User"),
      Description: text(""),
      Domain: text("Build"),
      Account: text(identity.standsFor),
      DN: text(""),
      Mail: text(""),
      SpecialType: text("Generic"),
    },
    resourceVersion: 2,
    metaTypeId: 0,
  };
}

function groupIdentity(world: World, organization: OrganizationState, group: Group): Record<string, unknown> {
  const text = ($value: string) => ({ $type: "System.String", $value });
  return {
    id: group.id,
    descriptor: descriptorOfGroup(group),
    subjectDescriptor: group.descriptor,
    providerDisplayName: principalName(organization, group),
    isActive: true,
    isContainer: true,
    members: membersOfGroup(world, organization, group),
    memberOf: [],
    memberIds: [],
    properties: {
      SchemaClassName: text("Group"),
      Description: text(group.description),
      Domain: text(groupDomain(organization, group)),
      Account: text(group.displayName),
      SecurityGroup: text("SecurityGroup"),
      SpecialType: text("Generic"),
      ScopeName: text(group.project?.name ?? organization.name),
    },
    resourceVersion: 2,
    metaTypeId: 255,
  };
}

type Identity = User | BuildIdentity | Group;

/** As lists of people: only who is a member is known. */
function membersOf(world: World, organization: OrganizationState): readonly User[] {
  const ids = new Set(organization.memberships.map(({ userId }) => userId));
  return [...world.users.values()].filter(({ id }) => ids.has(id));
}

function shapeOf(call: Call, world: World, one: Identity): Record<string, unknown> {
  const { organization } = call;
  if ("mail" in one) return identityShape(organization, one);
  return "standsFor" in one ? builderIdentity(one) : groupIdentity(world, organization, one);
}

function identityDescriptorOf(one: Identity, organization: OrganizationState): string {
  if ("mail" in one) return descriptorOfUser(organization, one);
  return "standsFor" in one ? one.identityDescriptor : descriptorOfGroup(one);
}

/** What a batch may name identities by. */
const batches: Readonly<Record<string, (one: Identity, organization: OrganizationState) => string>> = {
  descriptors: identityDescriptorOf,
  subjectDescriptors: ({ descriptor }) => descriptor,
  identityIds: ({ id }) => id,
};

/** Those that a batch names, without regard to case, in its order; undefined where nothing is named. */
function findBatch(call: Call, world: World): readonly (Identity | undefined)[] | undefined {
  const { organization } = call;
  const [property, nameOf] = Object.entries(batches).find(([name]) => call.query(name)) ?? [];
  if (property === undefined || nameOf === undefined) return undefined;
  const lower = (one: Identity) => nameOf(one, organization).toLowerCase();
  const people = new Map(membersOf(world, organization).map((user) => [lower(user), user]));
  return call
    .query(property)
    ?.split(",")
    .map((text) => {
      const name = text.trim().toLowerCase();
      const one = findGroupNamed(organization, name) ?? findBuildIdentity(organization, name) ?? people.get(name);
      return one && lower(one) === name ? one : undefined;
    });
}

function namesOf(one: Identity, organization: OrganizationState): readonly string[] {
  if ("mail" in one) return [one.displayName, one.mail];
  const names = "standsFor" in one ? [one.standsFor] : [principalName(organization, one)];
  return [one.displayName, ...names];
}

/** A batch lookup answers in the order of what was asked, with null for what nobody has. */
function listIdentities(call: Call, world: World): Answer {
  const { organization } = call;
  const isUp = ["direct", "expanded", "expandedup"].includes(call.query("queryMembership")?.toLowerCase() ?? "");
  const show = (one: Identity) => {
    const shape = shapeOf(call, world, one);
    // groups here hold people, and whole groups only by hand
    if (isUp) shape.memberOf = containersOf(world, organization, one.descriptor).map(descriptorOfGroup);
    return shape;
  };
  const found = findBatch(call, world);
  if (found) return list(found.map((one) => (one ? show(one) : null)));
  const wanted = call.query("filterValue")?.toLowerCase();
  if (!wanted) throw new Refusal(400, "ArgumentException", "No identities were asked for.");
  const all = [...membersOf(world, organization), ...buildIdentitiesOf(organization), ...groupsOf(organization)];
  return list(all.filter((one) => namesOf(one, organization).some((name) => name.toLowerCase() === wanted)).map(show));
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
  ...graphRoutes,
];
