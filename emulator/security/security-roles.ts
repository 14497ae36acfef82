/** Roles of people and groups on service connections, libraries, environments and queues: those that a project hands down, and those assigned to one resource. */

import { principalName } from "../identity/graph-shapes.ts";
import { findGroup, type Group, groupsIn } from "../identity/groups.ts";
import { bodyObject, textOf } from "../query-values.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef } from "../shapes.ts";
import type { OrganizationState, ProjectState, World } from "../world.ts";

/** Where resources keep their roles: name of the scope, the permissions that each role allows. */
const scopes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "distributedtask.serviceendpointrole": { Administrator: 3, User: 1, Reader: 16 },
  "distributedtask.project.serviceendpointrole": { Administrator: 3, Creator: 4, User: 1, Reader: 16 },
  "distributedtask.variablegroup": { Administrator: 19, User: 17, Reader: 1 },
  "distributedtask.securefile": { Administrator: 19, User: 17, Reader: 1 },
  "distributedtask.library": { Administrator: 19, Creator: 5, User: 17, Reader: 1 },
  "distributedtask.environmentreferencerole": { Administrator: 3, User: 1, Reader: 16, Creator: 4 },
  "distributedtask.agentqueuerole": { Administrator: 27, User: 17, Reader: 1 },
  "distributedtask.globalagentqueuerole": { Administrator: 27, Creator: 33, User: 17, Reader: 1 },
};

interface Assignment {
  readonly identityId: string;
  readonly role: string;
}

const assignments = new WeakMap<OrganizationState, Map<string, Assignment[]>>();

function keyOf(scope: string, resource: string): string {
  return `${scope} ${resource}`.toLowerCase();
}

/** `resource` as the scope names it: `{project}_{id}`, variable groups and secure files `{project}$${id}`. */
export function assignRole(
  organization: OrganizationState,
  at: { readonly scope: string; readonly resource: string },
  identity: { readonly id: string },
  role: string,
): void {
  const all = assignments.get(organization) ?? new Map<string, Assignment[]>();
  assignments.set(organization, all);
  const key = keyOf(at.scope, at.resource);
  const others = (all.get(key) ?? []).filter((one) => one.identityId !== identity.id);
  all.set(key, [...others, { identityId: identity.id, role }]);
}

function projectIn(call: Call, resource: string): ProjectState | undefined {
  const [id = ""] = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(resource) ?? [];
  return call.organization.projects.get(id.toLowerCase());
}

/** What every resource of a project begins with: its administrators administer, its contributors use or make. */
function inherited(call: Call, project: ProjectState | undefined): readonly Assignment[] {
  if (!project) return [];
  const roleOf = (group: Group): string | undefined => {
    if (group.grants === "project administrators") return "Administrator";
    return group.grants === "contributors" || group.grants === "readers" ? "Reader" : undefined;
  };
  return groupsIn(call.organization, project).flatMap((group) => {
    const role = roleOf(group);
    return role === undefined ? [] : [{ identityId: group.id, role }];
  });
}

function identityShape(call: Call, world: World, id: string): Record<string, unknown> {
  const group = findGroup(call.organization, id);
  if (!group) return identityRef(world, id, call.organization);
  const name = principalName(call.organization, group);
  return { displayName: name, id: group.id, uniqueName: name };
}

function shape(
  call: Call,
  world: World,
  scope: string,
  { identityId, role }: Assignment,
  access: "assigned" | "inherited",
) {
  return {
    identity: identityShape(call, world, identityId),
    role: {
      displayName: role,
      name: role,
      allowPermissions: scopes[scope]?.[role] ?? 0,
      denyPermissions: 0,
      identifier: `${scope}.${role}`,
      description: `${role} of the resource.`,
      scope,
    },
    access,
    accessDisplayName: access === "assigned" ? "Assigned" : "Inherited",
  };
}

function requireScope(call: Call): string {
  const scope = call.params.scopeId?.toLowerCase() ?? "";
  if (scope in scopes) return scope;
  throw new Refusal(404, "SecurityRoleScopeNotFoundException", `The scope ${call.params.scopeId} does not exist.`);
}

function listAssignments(call: Call, world: World): Answer {
  const scope = requireScope(call);
  const resource = call.params.resourceId ?? "";
  const project = projectIn(call, resource);
  if (project && !mayAct(call.organization, call.user.id, "readers", project)) return list([]);
  const own = assignments.get(call.organization)?.get(keyOf(scope, resource)) ?? [];
  const isAssigned = (id: string) => own.some((one) => one.identityId === id);
  return list([
    ...own.map((one) => shape(call, world, scope, one, "assigned")),
    ...inherited(call, project)
      .filter((one) => !isAssigned(one.identityId))
      .map((one) => shape(call, world, scope, one, "inherited")),
  ]);
}

function putAssignments(call: Call, world: World): Answer {
  const scope = requireScope(call);
  const resource = call.params.resourceId ?? "";
  requireGroup(call, "project administrators", projectIn(call, resource), "Administer resource");
  for (const body of Array.isArray(call.body) ? call.body : []) {
    const { roleName, userId } = bodyObject({ body });
    const role = Object.keys(scopes[scope] ?? {}).find((one) => one.toLowerCase() === textOf(roleName)?.toLowerCase());
    const id = textOf(userId)?.toLowerCase() ?? "";
    if (role === undefined || (!world.users.has(id) && !findGroup(call.organization, id)))
      throw new Refusal(400, "ArgumentException", `There is no role ${textOf(roleName)} or no identity ${id}.`);
    assignRole(call.organization, { scope, resource }, { id }, role);
  }
  return listAssignments(call, world);
}

function removeAssignment(call: Call): Answer {
  const scope = requireScope(call);
  const resource = call.params.resourceId ?? "";
  requireGroup(call, "project administrators", projectIn(call, resource), "Administer resource");
  const all = assignments.get(call.organization);
  const key = keyOf(scope, resource);
  const left = (all?.get(key) ?? []).filter((one) => one.identityId !== call.params.identityId?.toLowerCase());
  all?.set(key, left);
  return { status: 204 };
}

const root = "/{organization}/_apis/securityroles/scopes/{scopeId}/roleassignments/resources/{resourceId}";

export const securityRoleRoutes: readonly Route[] = [
  { method: "GET", path: root, preview: true, handle: listAssignments },
  { method: "PUT", path: root, preview: true, handle: putAssignments },
  { method: "DELETE", path: `${root}/{identityId}`, preview: true, handle: removeAssignment },
];
