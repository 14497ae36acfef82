/** Groups of people: those that every organization and project has, made from memberships, and those that somebody added. */
import { createHash } from "node:crypto";
import { isMember } from "../rights.ts";
import type { GroupName, OrganizationState, ProjectState, User, World } from "../world.ts";
import { type BuildIdentity, buildIdentitiesOf } from "./build-identities.ts";

export interface Group {
  readonly id: string;
  /** `S-1-9-...`; the graph descriptor is made of it. */
  readonly sid: string;
  readonly descriptor: string;
  displayName: string;
  description: string;
  /** Absent for groups of the organization. */
  readonly project?: ProjectState;
  /** Membership of the emulator that the group stands for. */
  readonly grants?: GroupName;
  readonly contains: "grant" | "everybody" | "team" | "builders" | "nobody" | "added";
  /** A group of Microsoft Entra ID, whose members the organization does not list. */
  readonly isFromEntra?: boolean;
}

const added = new WeakMap<OrganizationState, Group[]>();

function addedGroups(organization: OrganizationState): Group[] {
  const groups = added.get(organization) ?? [];
  added.set(organization, groups);
  return groups;
}

const joined = new WeakMap<OrganizationState, Map<string, Set<string>>>();

/** Descriptors of those whom somebody put into the group: rights of calls follow from people's own memberships only. */
function joinedOf(organization: OrganizationState, group: Group): Set<string> {
  const all = joined.get(organization) ?? new Map<string, Set<string>>();
  joined.set(organization, all);
  const members = all.get(group.id) ?? new Set<string>();
  all.set(group.id, members);
  return members;
}

/** The same group has the same ids in every run. */
function identify(seed: string) {
  const hash = createHash("sha256").update(seed).digest();
  const hex = hash.toString("hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const numbers = [16, 20, 24, 28].map((at) => hash.readUInt32BE(at));
  const sid = `S-1-9-1551374245-${numbers.join("-")}`;
  return { id, sid, descriptor: `vssgp.${Buffer.from(sid).toString("base64url")}` };
}

type Wording = readonly [displayName: string, description: string, contains: Group["contains"], grants?: GroupName];

const ofOrganization: readonly Wording[] = [
  [
    "Project Collection Administrators",
    "Members of this application group can perform all privileged operations on the Team Project Collection.",
    "grant",
    "collection administrators",
  ],
  [
    "Project Collection Valid Users",
    "This application group contains all users and groups that have access to the Team Project Collection.",
    "everybody",
  ],
  [
    "Project Collection Service Accounts",
    "This application group contains Team Foundation Server system service accounts.",
    "nobody",
  ],
  [
    "Project Collection Build Service Accounts",
    "Members of this group should include the service accounts used by the build services set up for this project collection.",
    "builders",
  ],
  [
    "Project Collection Build Administrators",
    "Members of this group should include accounts for people who should be able to administer the build resources.",
    "nobody",
  ],
];

function ofProject(project: ProjectState): readonly Wording[] {
  return [
    ["Readers", "Members of this group have access to the team project.", "grant", "readers"],
    [
      "Contributors",
      "Members of this group can add, modify, and delete items within the team project.",
      "grant",
      "contributors",
    ],
    [
      "Project Administrators",
      "Members of this group can perform all operations in the team project.",
      "grant",
      "project administrators",
    ],
    [`${project.name} Team`, "The default project team.", "team"],
    [
      "Build Administrators",
      "Members of this group can create, modify and delete build definitions and manage queued and completed builds.",
      "nobody",
    ],
    ["Release Administrators", "Members of this group can perform all operations on Release Management", "nobody"],
    ["Endpoint Administrators", "Members of this group can create and manage service connections.", "nobody"],
    ["Project Valid Users", "Members of this group have access to the team project.", "everybody"],
  ];
}

const identities = new WeakMap<OrganizationState | ProjectState, Map<string, ReturnType<typeof identify>>>();

/** Most calls look for some group among all of them: those of hundreds of projects are worked out once. */
function identityOf(organization: OrganizationState, project: ProjectState | undefined, name: string) {
  const known = identities.get(project ?? organization) ?? new Map<string, ReturnType<typeof identify>>();
  identities.set(project ?? organization, known);
  const identity = known.get(name) ?? identify(`group ${organization.id} ${project?.id ?? ""} ${name}`);
  known.set(name, identity);
  return identity;
}

function made(organization: OrganizationState, wording: Wording, project?: ProjectState): Group {
  const [displayName, description, contains, grants] = wording;
  // a project may be renamed, and its team with it
  const name = contains === "team" ? "team" : displayName;
  return {
    ...identityOf(organization, project, name),
    displayName,
    description,
    contains,
    ...(project ? { project } : {}),
    ...(grants ? { grants } : {}),
  };
}

export function groupsOf(organization: OrganizationState): readonly Group[] {
  return [
    ...ofOrganization.map((wording) => made(organization, wording)),
    ...[...organization.projects.values()].flatMap((project) =>
      ofProject(project).map((wording) => made(organization, wording, project)),
    ),
    ...addedGroups(organization),
  ];
}

function groupsOfProject(organization: OrganizationState, project: ProjectState): readonly Group[] {
  return [
    ...ofProject(project).map((wording) => made(organization, wording, project)),
    ...addedGroups(organization).filter((one) => one.project === project),
  ];
}

export function findGroup(organization: OrganizationState, id: string): Group | undefined {
  return groupsOf(organization).find((group) => group.id === id.toLowerCase());
}

export function addGroup(
  organization: OrganizationState,
  displayName: string,
  description: string,
  project: ProjectState | undefined,
  options: { readonly isFromEntra?: boolean } = {},
): Group {
  const group = made(organization, [displayName, description, "added"], project);
  const entra = { isFromEntra: true, descriptor: `aadgp.${Buffer.from(group.sid).toString("base64url")}` };
  const kept: Group = options.isFromEntra ? { ...group, ...entra } : group;
  addedGroups(organization).push(kept);
  return kept;
}

export function removeGroup(organization: OrganizationState, group: Group): void {
  const groups = addedGroups(organization);
  groups.splice(groups.indexOf(group), 1);
}

/** Descriptors of those who are in the group by what it is. */
function bornMembers(world: World, organization: OrganizationState, group: Group): readonly string[] {
  if (group.contains === "added" || group.contains === "nobody") return [];
  if (group.contains === "builders") return buildIdentitiesOf(organization).map(({ descriptor }) => descriptor);
  const users = [...world.users.values()];
  if (group.contains === "everybody" && group.project) {
    const { project } = group;
    const others = groupsOfProject(organization, project).filter((one) => one.id !== group.id);
    return others.map(({ descriptor }) => descriptor);
  }
  if (group.contains === "everybody")
    return users.filter((user) => isMember(organization, user.id)).map((user) => user.descriptor);
  const grant = group.grants ?? "contributors";
  const holds = (user: User) =>
    organization.memberships.some(
      (one) =>
        one.userId === user.id &&
        one.group === grant &&
        (one.projectId === undefined || one.projectId === group.project?.id),
    );
  return users.filter(holds).map((user) => user.descriptor);
}

/** Descriptors of those directly in the group. */
export function membersOfGroup(world: World, organization: OrganizationState, group: Group): string[] {
  return [...new Set([...bornMembers(world, organization, group), ...joinedOf(organization, group)])];
}

type Member = Pick<User | Group | BuildIdentity, "id" | "descriptor">;

/** Puts somebody into a group; false where the group takes nobody. */
export function joinGroup(world: World, organization: OrganizationState, group: Group, member: Member): boolean {
  if (group.contains === "everybody" || group.isFromEntra) return false;
  if (!group.grants || !world.users.has(member.id)) {
    joinedOf(organization, group).add(member.descriptor);
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
  joinedOf(organization, group).delete(member.descriptor);
  const { memberships } = organization;
  const at = memberships.findIndex(
    (one) => one.userId === member.id && one.group === group.grants && one.projectId === group.project?.id,
  );
  if (at >= 0) memberships.splice(at, 1);
}
