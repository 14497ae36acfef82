/** How graph shows users, groups and memberships. */
import { hostUrl } from "../edition.ts";
import type { OrganizationState, ProjectState, User, World } from "../world.ts";
import type { Group } from "./groups.ts";

export function graphBase(world: World, organization: OrganizationState): string {
  return `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/_apis/Graph`;
}

function links(base: string, kind: "Users" | "Groups", descriptor: string) {
  return {
    self: { href: `${base}/${kind}/${descriptor}` },
    memberships: { href: `${base}/Memberships/${descriptor}` },
    membershipState: { href: `${base}/MembershipStates/${descriptor}` },
    storageKey: { href: `${base}/StorageKeys/${descriptor}` },
  };
}

/** Guests are members of the organization and at home in another directory; who left it is still listed. */
function standing(world: World, organization: OrganizationState, user: User): Record<string, unknown> {
  const tenant = world.entra.tenants.get(organization.tenantId);
  const account = tenant?.accounts.get(user.id);
  if (!tenant) return { metaType: "member" };
  if (!account && !user.isServicePrincipal) return { metaType: "member", isDeletedInOrigin: true };
  return { metaType: account?.kind ?? "member" };
}

export function graphUser(world: World, organization: OrganizationState, user: User): Record<string, unknown> {
  const base = graphBase(world, organization);
  return {
    subjectKind: "user",
    ...standing(world, organization, user),
    domain: organization.tenantId,
    principalName: user.mail,
    mailAddress: user.mail,
    origin: "aad",
    originId: user.id,
    displayName: user.displayName,
    _links: links(base, "Users", user.descriptor),
    url: `${base}/Users/${user.descriptor}`,
    descriptor: user.descriptor,
  };
}

export function graphServicePrincipal(
  world: World,
  organization: OrganizationState,
  user: User,
): Record<string, unknown> {
  const base = graphBase(world, organization);
  return {
    ...graphUser(world, organization, user),
    subjectKind: "servicePrincipal",
    metaType: "application",
    applicationId: user.mail,
    mailAddress: null,
    url: `${base}/ServicePrincipals/${user.descriptor}`,
  };
}

export function groupDomain(organization: OrganizationState, group: Group): string {
  return group.project
    ? `vstfs:///Classification/TeamProject/${group.project.id}`
    : `vstfs:///Framework/IdentityDomain/${organization.id}`;
}

export function principalName(organization: OrganizationState, group: Group): string {
  if (group.isFromEntra) return `[TEAM FOUNDATION]\\${group.displayName}`;
  return `[${group.project?.name ?? organization.name}]\\${group.displayName}`;
}

export function graphGroup(world: World, organization: OrganizationState, group: Group): Record<string, unknown> {
  const base = graphBase(world, organization);
  return {
    subjectKind: "group",
    description: group.description,
    domain: groupDomain(organization, group),
    principalName: principalName(organization, group),
    mailAddress: null,
    origin: group.isFromEntra ? "aad" : "vsts",
    originId: group.id,
    displayName: group.displayName,
    _links: links(base, "Groups", group.descriptor),
    url: `${base}/Groups/${group.descriptor}`,
    descriptor: group.descriptor,
  };
}

export function scopeDescriptor(project: Pick<ProjectState, "id">): string {
  return `scp.${Buffer.from(project.id).toString("base64url")}`;
}

const kindOf = (descriptor: string) => (/^(?:vss|aad)gp\./.test(descriptor) ? "Groups" : "Users");

export function graphMembership(
  world: World,
  organization: OrganizationState,
  memberDescriptor: string,
  containerDescriptor: string,
): Record<string, unknown> {
  const base = graphBase(world, organization);
  return {
    containerDescriptor,
    memberDescriptor,
    _links: {
      self: { href: `${base}/Memberships/${memberDescriptor}/${containerDescriptor}` },
      member: { href: `${base}/${kindOf(memberDescriptor)}/${memberDescriptor}` },
      container: { href: `${base}/${kindOf(containerDescriptor)}/${containerDescriptor}` },
    },
  };
}
