/** Who is who: profile and accounts (without an organization), identities and graph (of an organization). */
import { hostUrl } from "../edition.ts";
import { isMember } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { type BuildIdentity, buildIdentitiesOf } from "./build-identities.ts";
import { graphRoutes } from "./graph.ts";
import { groupDomain, principalName } from "./graph-shapes.ts";
import { type Group, groupsOf, membersOfGroup } from "./groups.ts";
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

function membersOf(world: World, organization: OrganizationState): User[] {
  return [...world.users.values()].filter((user) => isMember(organization, user.id));
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

/** Identity descriptors of the groups that somebody is in; groups here hold people, and whole groups only by hand. */
function groupsWith(world: World, organization: OrganizationState, member: string): string[] {
  const groups = groupsOf(organization).filter((group) => membersOfGroup(world, organization, group).includes(member));
  return groups.map(descriptorOfGroup);
}

/** A batch lookup answers in the order of what was asked, with null for what nobody has. */
function listIdentities(call: Call, world: World): Answer {
  const { organization } = call;
  const shapes = [
    ...membersOf(world, organization).map((user) => identityShape(organization, user)),
    ...buildIdentitiesOf(organization).map(builderIdentity),
    ...groupsOf(organization).map((group) => groupIdentity(world, organization, group)),
  ];
  const batch = (query: string, property: string): Answer | undefined => {
    const asked = call.query(query);
    if (!asked) return undefined;
    const known = new Map(shapes.map((shape) => [String(shape[property]).toLowerCase(), shape]));
    return list(asked.split(",").map((one) => known.get(one.trim().toLowerCase()) ?? null));
  };
  const isUp = ["direct", "expanded", "expandedup"].includes(call.query("queryMembership")?.toLowerCase() ?? "");
  if (isUp)
    for (const shape of shapes) shape.memberOf = groupsWith(world, organization, String(shape.subjectDescriptor));
  const found =
    batch("descriptors", "descriptor") ??
    batch("subjectDescriptors", "subjectDescriptor") ??
    batch("identityIds", "id");
  if (found) return found;
  const wanted = call.query("filterValue")?.toLowerCase();
  if (!wanted) throw new Refusal(400, "ArgumentException", "No identities were asked for.");
  const names = (shape: Record<string, unknown>) => {
    const { Account, Mail } = shape.properties as Record<string, { $value: string }>;
    return [shape.providerDisplayName, Account?.$value, Mail?.$value].map((name) => String(name).toLowerCase());
  };
  return list(shapes.filter((shape) => names(shape).includes(wanted)));
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
