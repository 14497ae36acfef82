/** Graph of an organization: users, groups, who is in which group, and finding subjects by descriptor or id. */
import { bodyObject, numberOf, textOf } from "../query-values.ts";
import { isMember, requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { ProjectState, User, World } from "../world.ts";
import { type BuildIdentity, buildIdentitiesOf, graphBuildIdentity } from "./build-identities.ts";
import { graphBase, graphGroup, graphMembership, graphServicePrincipal, graphUser } from "./graph-shapes.ts";
import {
  descriptorOf,
  findByDescriptor,
  findById,
  idOf,
  missing,
  requireKnownGroup,
  requireSubject,
  shapeOf,
} from "./graph-subjects.ts";
import { containersOf, joinGroup, leaveGroup, membersOfGroup } from "./group-members.ts";
import { addGroup, type Group, groupsIn, groupsOf, removeGroup } from "./groups.ts";

const host = "vssps.dev.azure.com" as const;
const root = "/{organization}/_apis/graph";

const pageSize = 500;

/**
 * A page is cut from everybody there is, and only then are strangers left out: as at the real service a page may be
 * short or empty and still be followed by another.
 */
function pageOf<T>(call: Call, all: readonly T[], shape: (one: T) => Record<string, unknown> | undefined): Answer {
  const token = call.query("continuationToken");
  const text = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  const from = numberOf({ query: () => text }, ["continuationToken"], 0);
  const next = from + pageSize;
  const page = all.slice(from, next).flatMap((one) => shape(one) ?? []);
  const headers = { "x-ms-continuationtoken": Buffer.from(String(next)).toString("base64url") };
  return list(page, next < all.length ? headers : undefined);
}

/** People and the identities of builds, of the kinds that `subjectTypes` names. */
function listUsers(call: Call, world: World): Answer {
  const { organization } = call;
  const types = call.query("subjectTypes")?.toLowerCase().split(",");
  const isWanted = (descriptor: string) => types === undefined || types.includes(descriptor.split(".")[0] ?? "");
  const all: readonly (User | BuildIdentity)[] = [...buildIdentitiesOf(organization), ...world.users.values()];
  return pageOf(call, all, (one) => {
    if (!isWanted(one.descriptor)) return undefined;
    if ("standsFor" in one) return graphBuildIdentity(world, organization, one);
    return isMember(organization, one.id) && !one.isServicePrincipal ? graphUser(world, organization, one) : undefined;
  });
}

function listServicePrincipals(call: Call, world: World): Answer {
  const { organization } = call;
  return pageOf(call, [...world.users.values()], (user) =>
    isMember(organization, user.id) && user.isServicePrincipal
      ? graphServicePrincipal(world, organization, user)
      : undefined,
  );
}

function listGroups(call: Call, world: World): Answer {
  const scope = call.query("scopeDescriptor");
  const wanted = scope === undefined ? undefined : requireSubject(call, world, scope);
  const ofScope = wanted?.is === "scope" ? groupsIn(call.organization, wanted.project) : [];
  const groups = wanted === undefined ? groupsOf(call.organization) : ofScope;
  return pageOf(call, groups, (group) => graphGroup(world, call.organization, group));
}

function requireManager(call: Call, project: ProjectState | undefined): void {
  requireGroup(call, project ? "project administrators" : "collection administrators", project, "Edit identity");
}

function createGroup(call: Call, world: World): Answer {
  const scope = call.query("scopeDescriptor");
  const subject = scope === undefined ? undefined : requireSubject(call, world, scope);
  const project = subject?.is === "scope" ? subject.project : undefined;
  requireManager(call, project);
  const { displayName, description } = bodyObject(call);
  const name = textOf(displayName)?.trim();
  if (!name) throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: displayName");
  if (groupsIn(call.organization, project).some((one) => one.displayName === name))
    throw new Refusal(409, "GroupCreationException", `TF50205: The group ${name} already exists.`);
  const group = addGroup(call.organization, name, textOf(description) ?? "", project);
  const body = graphGroup(world, call.organization, group);
  return { status: 201, body, headers: { Location: String(body.url) } };
}

function requireAdded(call: Call, world: World): Group {
  const group = requireKnownGroup(call, world, call.params.descriptor);
  requireManager(call, group.project);
  if (group.contains === "added") return group;
  throw new Refusal(400, "GraphBadRequestException", `The group ${group.displayName} cannot be changed.`);
}

function changeGroup(call: Call, world: World): Answer {
  const group = requireAdded(call, world);
  for (const operation of Array.isArray(call.body) ? call.body : []) {
    const { path, value } = bodyObject({ body: operation });
    if (path === "/displayName" && textOf(value)) group.displayName = String(value);
    if (path === "/description") group.description = textOf(value) ?? "";
  }
  return { body: graphGroup(world, call.organization, group) };
}

function listMemberships(call: Call, world: World): Answer {
  const { organization } = call;
  const descriptor = call.params.subject ?? "";
  const subject = requireSubject(call, world, descriptor);
  if (/^(down|2)$/i.test(call.query("direction") ?? "")) {
    const members = subject.is === "group" ? membersOfGroup(world, organization, subject.group) : [];
    return list(members.map((member) => graphMembership(world, organization, member, descriptor)));
  }
  const containers = containersOf(world, organization, descriptor);
  return list(containers.map((group) => graphMembership(world, organization, descriptor, group.descriptor)));
}

interface Bond {
  readonly group: Group;
  readonly member: User | Group | BuildIdentity;
  readonly exists: boolean;
}

function requireBond(call: Call, world: World): Bond {
  const group = requireKnownGroup(call, world, call.params.container);
  const subject = requireSubject(call, world, call.params.subject);
  if (subject.is === "scope") throw missing();
  const member = subject.is === "user" ? subject.user : subject.is === "group" ? subject.group : subject.builder;
  return { group, member, exists: containersOf(world, call.organization, member.descriptor).includes(group) };
}

function getMembership(call: Call, world: World): Answer {
  const { group, member, exists } = requireBond(call, world);
  if (exists) return { body: graphMembership(world, call.organization, member.descriptor, group.descriptor) };
  throw new Refusal(404, "GraphMembershipNotFoundException", "VS860019: The membership does not exist.");
}

function putMembership(call: Call, world: World): Answer {
  const { group, member } = requireBond(call, world);
  requireManager(call, group.project);
  if (!joinGroup(world, call.organization, group, member))
    throw new Refusal(400, "GraphBadRequestException", `The group ${group.displayName} does not take this member.`);
  return {
    status: 201,
    body: graphMembership(world, call.organization, member.descriptor, group.descriptor),
  };
}

function deleteMembership(call: Call, world: World): Answer {
  const { group, member } = requireBond(call, world);
  requireManager(call, group.project);
  leaveGroup(call.organization, group, member);
  return { status: 200 };
}

/** Wrapped like a list, although the values are named by their descriptors. */
function lookUp(call: Call, world: World): Answer {
  const { lookupKeys } = bodyObject(call);
  const value: Record<string, unknown> = {};
  for (const key of Array.isArray(lookupKeys) ? lookupKeys : []) {
    const descriptor = textOf(bodyObject({ body: key }).descriptor) ?? "";
    const subject = findByDescriptor(call, world, descriptor);
    const shape = subject && shapeOf(call, world, subject);
    if (shape) value[descriptor] = shape;
  }
  return { body: { count: Object.keys(value).length, value } };
}

function translate(
  call: Call,
  world: World,
  wanted: { readonly id: string } | { readonly descriptor: string },
): Answer {
  const subject = "id" in wanted ? findById(call, world, wanted.id) : findByDescriptor(call, world, wanted.descriptor);
  if (!subject) throw missing();
  const base = graphBase(world, call.organization);
  const [id, descriptor] = [idOf(subject), descriptorOf(subject)];
  const kind = { user: "Users", builder: "Users", group: "Groups", scope: "Scopes" }[subject.is];
  const self = "id" in wanted ? `Descriptors/${id}` : `StorageKeys/${descriptor}`;
  const links = {
    self: { href: `${base}/${self}` },
    storageKey: { href: `${base}/StorageKeys/${descriptor}` },
    subject: { href: `${base}/${kind}/${descriptor}` },
  };
  return { body: { value: "id" in wanted ? descriptor : id, _links: links } };
}

function get(path: string, handle: Route["handle"], preview = true): Route {
  return { method: "GET", host, path: `${root}/${path}`, scopes: ["graph"], preview, handle };
}

function write(method: Route["method"], path: string, handle: Route["handle"], scope = "graph_manage"): Route {
  return { method, host, path: `${root}/${path}`, scopes: [scope], preview: true, handle };
}

export const graphRoutes: readonly Route[] = [
  get("users", listUsers),
  get("users/{descriptor}", (call, world) => {
    const subject = requireSubject(call, world, call.params.descriptor);
    if (subject.is !== "user" && subject.is !== "builder") throw missing();
    return { body: shapeOf(call, world, subject) };
  }),
  get("groups", listGroups),
  get("groups/{descriptor}", (call, world) => {
    const group = requireKnownGroup(call, world, call.params.descriptor);
    return { body: graphGroup(world, call.organization, group) };
  }),
  write("POST", "groups", createGroup),
  write("PATCH", "groups/{descriptor}", changeGroup),
  write("DELETE", "groups/{descriptor}", (call, world) => {
    removeGroup(call.organization, requireAdded(call, world));
    return { status: 204 };
  }),
  get("serviceprincipals", listServicePrincipals),
  get("memberships/{subject}", listMemberships),
  get("memberships/{subject}/{container}", getMembership),
  write("PUT", "memberships/{subject}/{container}", putMembership),
  write("DELETE", "memberships/{subject}/{container}", deleteMembership),
  get("membershipstates/{subject}", (call, world) => {
    const subject = requireSubject(call, world, call.params.subject);
    const base = graphBase(world, call.organization);
    const links = {
      self: { href: `${base}/MembershipStates/${call.params.subject}` },
      memberships: { href: `${base}/Memberships/${call.params.subject}` },
    };
    return { body: { active: subject.is !== "scope", _links: links } };
  }),
  write("POST", "subjectlookup", lookUp, "graph"),
  get(
    "descriptors/{storageKey}",
    (call, world) => translate(call, world, { id: (call.params.storageKey ?? "").toLowerCase() }),
    false,
  ),
  get(
    "storagekeys/{descriptor}",
    (call, world) => translate(call, world, { descriptor: call.params.descriptor ?? "" }),
    false,
  ),
];
