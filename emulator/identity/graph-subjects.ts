/** Subjects of graph: people, identities of builds, groups and scopes, found by descriptor or id. */
import { isMember } from "../rights.ts";
import { type Call, Refusal } from "../route.ts";
import type { ProjectState, User, World } from "../world.ts";
import { type BuildIdentity, findBuildIdentity, graphBuildIdentity } from "./build-identities.ts";
import { graphGroup, graphUser, scopeDescriptor } from "./graph-shapes.ts";
import { findGroup, findGroupByDescriptor, type Group } from "./groups.ts";

export type Subject =
  | { readonly is: "user"; readonly user: User }
  | { readonly is: "builder"; readonly builder: BuildIdentity }
  | { readonly is: "group"; readonly group: Group }
  | { readonly is: "scope"; readonly project: ProjectState };

export function missing(): Refusal {
  return new Refusal(
    404,
    "GraphSubjectNotFoundException",
    "VS860016: Could not find a subject with the given descriptor.",
    "Microsoft.VisualStudio.Services.Graph.GraphSubjectNotFoundException, Microsoft.VisualStudio.Services.WebApi",
  );
}

/** Among the people whom `isWanted` tells, and by the names that groups, projects and the identities of runs have. */
function findSubject(
  call: Call,
  world: World,
  isWanted: (user: User) => boolean,
  others: {
    readonly builder: BuildIdentity | undefined;
    readonly group: Group | undefined;
    readonly project: ProjectState | undefined;
  },
): Subject | undefined {
  const { builder, group, project } = others;
  if (project) return { is: "scope", project };
  if (group) return { is: "group", group };
  if (builder) return { is: "builder", builder };
  for (const user of world.users.values())
    if (isWanted(user) && isMember(call.organization, user.id)) return { is: "user", user };
  return undefined;
}

export function findByDescriptor(call: Call, world: World, descriptor: string): Subject | undefined {
  const { organization } = call;
  const scope = /^scp\.(.*)$/.exec(descriptor)?.[1];
  const project = organization.projects.get(Buffer.from(scope ?? "", "base64url").toString());
  const builder = findBuildIdentity(organization, descriptor);
  return findSubject(call, world, (user) => user.descriptor === descriptor, {
    builder: builder?.descriptor === descriptor ? builder : undefined,
    group: findGroupByDescriptor(organization, descriptor),
    project: project && scopeDescriptor(project) === descriptor ? project : undefined,
  });
}

export function findById(call: Call, world: World, id: string): Subject | undefined {
  const { organization } = call;
  const builder = findBuildIdentity(organization, id);
  return findSubject(call, world, (user) => user.id === id, {
    builder: builder?.id === id ? builder : undefined,
    group: findGroup(organization, id),
    project: organization.projects.get(id),
  });
}

export function requireSubject(call: Call, world: World, descriptor: string | undefined): Subject {
  const subject = findByDescriptor(call, world, descriptor ?? "");
  if (!subject) throw missing();
  return subject;
}

export function requireKnownGroup(call: Call, world: World, descriptor: string | undefined): Group {
  const subject = requireSubject(call, world, descriptor);
  if (subject.is !== "group") throw missing();
  return subject.group;
}

export function shapeOf(call: Call, world: World, subject: Subject): Record<string, unknown> | undefined {
  if (subject.is === "user") return graphUser(world, call.organization, subject.user);
  if (subject.is === "builder") return graphBuildIdentity(world, call.organization, subject.builder);
  return subject.is === "group" ? graphGroup(world, call.organization, subject.group) : undefined;
}

export function idOf(subject: Subject): string {
  if (subject.is === "user") return subject.user.id;
  if (subject.is === "builder") return subject.builder.id;
  return subject.is === "group" ? subject.group.id : subject.project.id;
}

export function descriptorOf(subject: Subject): string {
  if (subject.is === "user") return subject.user.descriptor;
  if (subject.is === "builder") return subject.builder.descriptor;
  return subject.is === "group" ? subject.group.descriptor : scopeDescriptor(subject.project);
}
