/** Groups of people: those that every organization and project has, made from memberships, and those that somebody added. */
import { createHash } from "node:crypto";
import { isMember } from "../rights.ts";
import type { GroupName, OrganizationState, ProjectState, User, World } from "../world.ts";

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
  readonly contains: "grant" | "everybody" | "team" | "added";
}

const added = new WeakMap<OrganizationState, { readonly group: Group; readonly members: Set<string> }[]>();

function addedGroups(organization: OrganizationState) {
  const groups = added.get(organization) ?? [];
  added.set(organization, groups);
  return groups;
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
  ];
}

function made(organization: OrganizationState, wording: Wording, project?: ProjectState): Group {
  const [displayName, description, contains, grants] = wording;
  // a project may be renamed, and its team with it
  const name = contains === "team" ? "team" : displayName;
  return {
    ...identify(`group ${organization.id} ${project?.id ?? ""} ${name}`),
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
    ...addedGroups(organization).map((one) => one.group),
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
): Group {
  const wording: Wording = [displayName, description, "added"];
  const group = made(organization, wording, project);
  addedGroups(organization).push({ group, members: new Set() });
  return group;
}

export function removeGroup(organization: OrganizationState, group: Group): void {
  const groups = addedGroups(organization);
  groups.splice(
    groups.findIndex((one) => one.group === group),
    1,
  );
}

/** Descriptors of those directly in the group. */
export function membersOfGroup(world: World, organization: OrganizationState, group: Group): string[] {
  if (group.contains === "added")
    return [...(addedGroups(organization).find((one) => one.group === group)?.members ?? [])];
  const users = [...world.users.values()];
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

/** Puts a user or a group into a group; false where the group cannot take it. */
export function joinGroup(organization: OrganizationState, group: Group, member: User | Group): boolean {
  const own = addedGroups(organization).find((one) => one.group === group);
  if (own) {
    own.members.add(member.descriptor);
    return true;
  }
  if (!group.grants || "sid" in member) return false;
  const projectId = group.project?.id;
  const { memberships } = organization;
  const has = memberships.some(
    (one) => one.userId === member.id && one.group === group.grants && one.projectId === projectId,
  );
  if (!has) memberships.push({ userId: member.id, group: group.grants, ...(projectId ? { projectId } : {}) });
  return true;
}

export function leaveGroup(organization: OrganizationState, group: Group, member: User | Group): void {
  addedGroups(organization)
    .find((one) => one.group === group)
    ?.members.delete(member.descriptor);
  const { memberships } = organization;
  const at = memberships.findIndex(
    (one) => one.userId === member.id && one.group === group.grants && one.projectId === group.project?.id,
  );
  if (at >= 0) memberships.splice(at, 1);
}
