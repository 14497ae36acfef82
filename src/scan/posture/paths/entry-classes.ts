/** Classes of people who may start: by the groups that Azure DevOps makes in each project, those that hold rights, and outsiders. */

import type { AccessSpace } from "#model/posture/access-facts.ts";
import type { PathNode } from "#model/posture/attack-path.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import { isAdministrative, isBuildIdentity } from "../facts/broad-groups.ts";
import { projectPage } from "../facts/pages-of.ts";
import type { Ground } from "./ground.ts";

export interface EntryClass {
  readonly node: PathNode;
  readonly is: "contributors" | "members";
  /** As it is named in sentences: `Contributors of Payments`. */
  readonly name: string;
  /** Groups, or people, whose rights it has; empty: its group is not known. */
  readonly subjects: readonly string[];
  /** Absent: it may have rights in any project. */
  readonly projectId?: string;
}

const mostGroups = 8;
const mostGuests = 12;

/** Who is left out, as sentences. */
export function classGaps(ground: Ground): readonly string[] {
  const groups = ground.projects.flatMap(({ facts }) => {
    const count = holdingGroups(ground, facts).length;
    if (count <= mostGroups) return [];
    return [`Of ${count} groups that may push or start pipelines in ${facts.name}, ${mostGroups} were looked at.`];
  });
  const guests = guestKinds(ground).length;
  return guests > mostGuests
    ? [...groups, `Of ${guests} sets of groups that guests are in, ${mostGuests} were looked at.`]
    : groups;
}

/** The widest first. */
export function entryClasses(ground: Ground): readonly EntryClass[] {
  return [...ofOrganization(ground), ...ground.projects.flatMap(({ facts }) => ofProject(ground, facts))];
}

function ofProject(ground: Ground, project: ProjectFacts): readonly EntryClass[] {
  const named = subjectsByName(ground, project);
  const find = (name: string): readonly string[] => {
    const subject = named.get(`[${project.name}]\\${name}`.toLowerCase());
    return subject === undefined ? [] : [subject];
  };
  const url = projectPage(ground.facts, project, "permissions");
  const make = (id: string, name: string, subjects: readonly string[]): EntryClass => ({
    node: { kind: "identity", id: `${project.id}/${id}`, name, projectId: project.id, url },
    is: id === "contributors" ? "contributors" : "members",
    name,
    subjects,
    projectId: project.id,
  });
  const readers = [...find("Readers"), ...find("Project Valid Users")];
  const taken = new Set([...readers, ...find("Contributors")]);
  const holding = holdingGroups(ground, project).slice(0, mostGroups);
  const groups = holding.filter(({ subject }) => !taken.has(subject));
  return [
    make("contributors", `Contributors of ${project.name}`, find("Contributors")),
    ...(readers.length === 0 ? [] : [make("readers", `everybody who may read ${project.name}`, readers)]),
    ...groups.map(({ subject, name }) => make(subject, `${name} of ${project.name}`, [subject])),
  ];
}

/** By the whole name in small letters, from people and groups, and from the lists of permissions. */
function subjectsByName({ membership }: Ground, project: ProjectFacts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (project.access.is === "known") {
    for (const { lists } of [project.access.value.git, project.access.value.build]) {
      for (const { subject, name } of lists.flatMap(({ entries }) => entries)) {
        const whole = name.startsWith("[") ? name : `[${project.name}]\\${name}`;
        names.set(whole.toLowerCase(), subject);
      }
    }
  }
  for (const [descriptor, { principalName, isDeleted }] of membership?.groups ?? []) {
    if (!isDeleted) names.set(principalName.toLowerCase(), descriptor);
  }
  return names;
}

interface Holding {
  readonly subject: string;
  readonly name: string;
}

/** Other groups to which somebody gave the right to push or to queue. */
function holdingGroups({ membership }: Ground, { access, name: projectName }: ProjectFacts): readonly Holding[] {
  if (access.is === "unknown") return [];
  const { git, build } = access.value;
  const found = new Map<string, Holding>();
  const collect = ({ actions, lists }: AccessSpace, wanted: readonly string[]): void => {
    const bits = wanted.reduce((all, action) => all | (actions[action] ?? 0), 0);
    for (const { subject, name, allow } of lists.flatMap(({ entries }) => entries)) {
      if ((allow & bits) === 0 || found.has(subject) || isOfAzureDevOps(name, projectName)) continue;
      if (isAdministrative(name) || isBuildIdentity({ subject, name }, membership)) continue;
      const isGroup = membership ? membership.groups.has(subject) : /^(?:vssgp|aadgp)\./.test(subject);
      if (isGroup) found.set(subject, { subject, name: name.slice(name.lastIndexOf("\\") + 1) });
    }
  };
  collect(git, ["GenericContribute"]);
  collect(build, ["QueueBuilds"]);
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those of the whole organization are a class of their own; those of the project are looked at anyway. */
function isOfAzureDevOps(name: string, projectName: string): boolean {
  const bare = name.slice(name.lastIndexOf("\\") + 1).toLowerCase();
  if (/valid users$|^project-scoped users$/.test(bare)) return true;
  const isOwn = !name.startsWith("[") || name.toLowerCase().startsWith(`[${projectName.toLowerCase()}]`);
  return isOwn && (bare === "contributors" || bare === "readers");
}

function ofOrganization(ground: Ground): readonly EntryClass[] {
  const { facts, membership } = ground;
  if (!membership) return [];
  const classes: EntryClass[] = [];
  const everybody = [...membership.groups.values()].filter(
    ({ projectId, name, isDeleted }) =>
      projectId === undefined && !isDeleted && /^(?:project collection valid users|everyone|all users)$/i.test(name),
  );
  if (everybody.length > 0) {
    const name = `everybody in ${facts.name}`;
    const subjects = everybody.map(({ descriptor }) => descriptor);
    classes.push({ node: { kind: "identity", id: "everybody", name }, is: "members", name, subjects });
  }
  const guests = guestsOf(ground);
  if (guests.length > 0) {
    const name = `guests (${guests.length} ${guests.length === 1 ? "person" : "people"})`;
    const node: PathNode = { kind: "identity", id: "guests", name, url: `${facts.url}/_settings/users` };
    classes.push({ node, is: "members", name, subjects: guestKinds(ground).slice(0, mostGuests) });
  }
  return classes;
}

function guestsOf({ membership }: Ground) {
  return [...(membership?.users.values() ?? [])].filter(
    ({ kind, isDeletedInOrigin }) => kind === "guest" && !isDeletedInOrigin,
  );
}

/** Guests of the same groups have the same rights: one of each. */
function guestKinds(ground: Ground): readonly string[] {
  const { membership } = ground;
  const kinds = guestsOf(ground).map(
    ({ descriptor }) => [circles(membership?.circlesOf(descriptor) ?? new Set()), descriptor] as const,
  );
  return [...new Map(kinds).values()];
}

function circles(groups: ReadonlySet<string>): string {
  return [...groups].slice(1).toSorted().join(" ");
}
