/** Groups of people: those that every organization and project has, made from memberships, and those that somebody added. */
import { createHash } from "node:crypto";
import type { GroupName, OrganizationState, ProjectState } from "../world.ts";
import { fromProjects } from "./from-projects.ts";
import { descriptorOfGroup } from "./identity-descriptor.ts";

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

/** A list that is replaced, never changed: by its own self others see that it is another one. */
const added = new WeakMap<OrganizationState, readonly Group[]>();
const noGroups: readonly Group[] = [];

function addedGroups(organization: OrganizationState): readonly Group[] {
  return added.get(organization) ?? noGroups;
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

interface Directory {
  readonly all: readonly Group[];
  /** By id and by both descriptors, in lower case. */
  readonly byName: ReadonlyMap<string, Group>;
  /** Those of the organization itself under undefined. */
  readonly byProject: ReadonlyMap<ProjectState | undefined, readonly Group[]>;
}

function namesOf(group: Group): readonly string[] {
  return [group.id, group.descriptor, descriptorOfGroup(group)];
}

/** The groups of all projects, found in one step by what calls name them by. */
const directoryOf = fromProjects<Directory>((organization) => {
  const all = [
    ...ofOrganization.map((wording) => made(organization, wording)),
    ...[...organization.projects.values()].flatMap((project) =>
      ofProject(project).map((wording) => made(organization, wording, project)),
    ),
    ...addedGroups(organization),
  ];
  return {
    all,
    // of two with the same name the first is found
    byName: new Map(all.toReversed().flatMap((group) => namesOf(group).map((name) => [name.toLowerCase(), group]))),
    byProject: Map.groupBy(all, ({ project }) => project),
  };
}, addedGroups);

export function groupsOf(organization: OrganizationState): readonly Group[] {
  return directoryOf(organization).all;
}

/** Those of one project, or of the organization itself. */
export function groupsIn(organization: OrganizationState, project: ProjectState | undefined): readonly Group[] {
  return directoryOf(organization).byProject.get(project) ?? noGroups;
}

/** By its id, or by either of its descriptors, without regard to case. */
export function findGroupNamed(organization: OrganizationState, name: string): Group | undefined {
  return directoryOf(organization).byName.get(name.toLowerCase());
}

export function findGroup(organization: OrganizationState, id: string): Group | undefined {
  const group = findGroupNamed(organization, id);
  return group?.id === id.toLowerCase() ? group : undefined;
}

export function findGroupByDescriptor(organization: OrganizationState, descriptor: string): Group | undefined {
  const group = findGroupNamed(organization, descriptor);
  return group?.descriptor === descriptor ? group : undefined;
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
  added.set(organization, [...addedGroups(organization), kept]);
  return kept;
}

export function removeGroup(organization: OrganizationState, group: Group): void {
  added.set(
    organization,
    addedGroups(organization).filter((one) => one !== group),
  );
}
