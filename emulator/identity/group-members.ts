/** Who is in which group: by memberships, by what the group is, and by hand. */
import type { GroupName, OrganizationState, User, World } from "../world.ts";
import { type BuildIdentity, buildIdentitiesOf, findBuildIdentity } from "./build-identities.ts";
import { findGroup, findGroupByDescriptor, type Group, groupsIn, groupsOf } from "./groups.ts";

/** Whom somebody put into groups: rights of calls follow from people's own memberships only. */
interface Joined {
  /** Descriptors by the group's id. */
  readonly members: Map<string, Set<string>>;
  /** Ids of groups by the member's descriptor. */
  readonly groups: Map<string, Set<string>>;
}

const joined = new WeakMap<OrganizationState, Joined>();

function joinedIn(organization: OrganizationState): Joined {
  const known = joined.get(organization) ?? { members: new Map(), groups: new Map() };
  joined.set(organization, known);
  return known;
}

function addTo(all: Map<string, Set<string>>, key: string, value: string): void {
  all.set(key, (all.get(key) ?? new Set()).add(value));
}

/** Whether the group stands for memberships, which may be of one project or of all. */
function grantOf(group: Group): GroupName | undefined {
  if (group.contains === "team") return "contributors";
  return group.contains === "grant" ? group.grants : undefined;
}

/** Descriptors of those who are in the group by what it is. */
function bornMembers(world: World, organization: OrganizationState, group: Group): readonly string[] {
  const { contains, project } = group;
  if (contains === "added" || contains === "nobody") return [];
  if (contains === "builders") return buildIdentitiesOf(organization).map(({ descriptor }) => descriptor);
  if (contains === "everybody" && project) {
    const others = groupsIn(organization, project).filter((one) => one.id !== group.id);
    return others.map(({ descriptor }) => descriptor);
  }
  const grant = grantOf(group);
  const memberships = organization.memberships.filter(
    (one) =>
      contains === "everybody" ||
      (one.group === grant && (one.projectId === undefined || one.projectId === project?.id)),
  );
  const ids = new Set(memberships.map(({ userId }) => userId));
  return [...world.users.values()].filter(({ id }) => ids.has(id)).map(({ descriptor }) => descriptor);
}

/** Descriptors of those directly in the group. */
export function membersOfGroup(world: World, organization: OrganizationState, group: Group): string[] {
  const byHand = joinedIn(organization).members.get(group.id) ?? [];
  return [...new Set([...bornMembers(world, organization, group), ...byHand])];
}

function groupsOfPerson(organization: OrganizationState, userId: string): readonly Group[] {
  const memberships = organization.memberships.filter((one) => one.userId === userId);
  if (memberships.length === 0) return [];
  const everybody = groupsIn(organization, undefined).filter(({ contains }) => contains === "everybody");
  const placesOf = (projectId: string | undefined) => {
    if (projectId === undefined) return groupsOf(organization);
    const project = organization.projects.get(projectId);
    return project ? groupsIn(organization, project) : [];
  };
  const granted = memberships.flatMap(({ group, projectId }) =>
    placesOf(projectId).filter((one) => grantOf(one) === group),
  );
  return [...everybody, ...granted];
}

function bornContainers(world: World, organization: OrganizationState, descriptor: string): readonly Group[] {
  const group = findGroupByDescriptor(organization, descriptor);
  if (group) {
    const { project } = group;
    if (!project) return [];
    return groupsIn(organization, project).filter((one) => one.contains === "everybody" && one !== group);
  }
  if (findBuildIdentity(organization, descriptor))
    return groupsIn(organization, undefined).filter(({ contains }) => contains === "builders");
  for (const user of world.users.values())
    if (user.descriptor === descriptor) return groupsOfPerson(organization, user.id);
  return [];
}

/** The groups that somebody is directly in, in the order of all groups. */
export function containersOf(world: World, organization: OrganizationState, descriptor: string): readonly Group[] {
  const byHand = [...(joinedIn(organization).groups.get(descriptor) ?? [])];
  const found = new Set([
    ...bornContainers(world, organization, descriptor),
    ...byHand.flatMap((id) => findGroup(organization, id) ?? []),
  ]);
  return found.size < 2 ? [...found] : groupsOf(organization).filter((group) => found.has(group));
}

type Member = Pick<User | Group | BuildIdentity, "id" | "descriptor">;

/** Puts somebody into a group; false where the group takes nobody. */
export function joinGroup(world: World, organization: OrganizationState, group: Group, member: Member): boolean {
  if (group.contains === "everybody" || group.isFromEntra) return false;
  if (!group.grants || !world.users.has(member.id)) {
    const { members, groups } = joinedIn(organization);
    addTo(members, group.id, member.descriptor);
    addTo(groups, member.descriptor, group.id);
    return true;
  }
  const projectId = group.project?.id;
  const { memberships } = organization;
  const has = memberships.some(
    (one) => one.userId === member.id && one.group === group.grants && one.projectId === projectId,
  );
  if (!has) memberships.push({ userId: member.id, group: group.grants, ...(projectId ? { projectId } : {}) });
  return true;
}

export function leaveGroup(organization: OrganizationState, group: Group, member: Member): void {
  const { members, groups } = joinedIn(organization);
  members.get(group.id)?.delete(member.descriptor);
  groups.get(member.descriptor)?.delete(group.id);
  const { memberships } = organization;
  const at = memberships.findIndex(
    (one) => one.userId === member.id && one.group === group.grants && one.projectId === group.project?.id,
  );
  if (at >= 0) memberships.splice(at, 1);
}
