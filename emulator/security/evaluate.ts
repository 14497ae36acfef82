/** Whether somebody holds permissions on a token of a namespace: from the ladder of groups, and by entries what no group holds. */
import { isMember, mayAct } from "../rights.ts";
import type { GroupName, OrganizationState, User, World } from "../world.ts";
import { effectiveAt } from "./effective.ts";
import type { SecurityNamespace } from "./namespaces.ts";

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** What a token stands for: the whole organization, one project of it, or nothing that there is. */
export type Scope =
  | { readonly is: "organization" }
  | { readonly is: "project"; readonly projectId: string }
  | { readonly is: "nothing" };

export function scopeOf(organization: OrganizationState, namespace: SecurityNamespace, token: string): Scope {
  const [id] = guid.exec(token) ?? [];
  if (id === undefined || !namespace.projectToken) return { is: "organization" };
  const projectId = id.toLowerCase();
  return organization.projects.has(projectId) ? { is: "project", projectId } : { is: "nothing" };
}

function groupHolds(organization: OrganizationState, userId: string, from: GroupName, scope: Scope): boolean {
  if (scope.is === "nothing") return false;
  if (scope.is === "project") return mayAct(organization, userId, from, scope.projectId);
  // what stands above all projects may be read by every member and changed by collection administrators only
  if (from === "readers") return isMember(organization, userId);
  return mayAct(organization, userId, "collection administrators");
}

/** All bits are needed; a bit that the namespace does not know is held by nobody. */
export function holds(
  world: World,
  organization: OrganizationState,
  user: User,
  namespace: SecurityNamespace,
  token: string,
  permissions: number,
): boolean {
  const scope = scopeOf(organization, namespace, token);
  let [left, given] = [permissions, 0];
  for (const { bit, from } of namespace.actions) {
    if ((permissions & bit) === 0) continue;
    if (from === undefined) given |= bit;
    else if (!groupHolds(organization, user.id, from, scope)) return false;
    left &= ~bit;
  }
  if (left !== 0) return false;
  return given === 0 || (effectiveAt(world, organization, user, namespace, token).allow & given) === given;
}
