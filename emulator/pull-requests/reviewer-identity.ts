/** Who may review: people and groups of the organization. */
import { hostUrl } from "../edition.ts";
import { principalName } from "../identity/graph-shapes.ts";
import { containersOf } from "../identity/group-members.ts";
import { findGroup } from "../identity/groups.ts";
import { identityRef, organizationUrl } from "../shapes.ts";
import type { OrganizationState, World } from "../world.ts";

export function mayReview(world: World, organization: OrganizationState, id: string): boolean {
  return world.users.has(id) || findGroup(organization, id) !== undefined;
}

/** As lists of reviewers show it, without the descriptor; a group says that it is one. */
export function reviewerIdentity(world: World, organization: OrganizationState, id: string): Record<string, unknown> {
  const group = world.users.has(id) ? undefined : findGroup(organization, id);
  if (!group) {
    const { descriptor: _, ...identity } = identityRef(world, id, organization);
    return identity;
  }
  const base = organizationUrl(world, organization);
  const name = principalName(organization, group);
  return {
    displayName: name,
    url: `${hostUrl(world, "vssps.dev.azure.com")}/${organization.name}/_apis/Identities/${group.id}`,
    _links: { avatar: { href: `${base}/_apis/GraphProfile/MemberAvatars/${group.descriptor}` } },
    id: group.id,
    uniqueName: `vstfs:///Classification/TeamProject/${group.project?.id ?? organization.id}\\${group.displayName}`,
    imageUrl: `${base}/_api/_common/identityImage?id=${group.id}`,
    isContainer: true,
  };
}

/** Ids of the groups whose vote a person's vote is, too. */
export function groupsWith(world: World, organization: OrganizationState, userId: string): readonly string[] {
  const descriptor = world.users.get(userId)?.descriptor ?? "";
  return containersOf(world, organization, descriptor).map((group) => group.id);
}
