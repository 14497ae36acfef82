/** Whether somebody holds permissions on a token of a namespace: answered from the ladder of groups. */
import { isMember, mayAct } from "../rights.ts";
import type { OrganizationState } from "../world.ts";
import type { NamespaceAction, SecurityNamespace } from "./namespaces.ts";

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

function holdsAction(organization: OrganizationState, userId: string, action: NamespaceAction, scope: Scope): boolean {
  if (scope.is === "nothing") return false;
  if (scope.is === "project") return mayAct(organization, userId, action.from, scope.projectId);
  // what stands above all projects may be read by every member and changed by collection administrators only
  if (action.from === "readers") return isMember(organization, userId);
  return mayAct(organization, userId, "collection administrators");
}

/** All bits are needed; a bit that the namespace does not know is held by nobody. */
export function holds(
  organization: OrganizationState,
  userId: string,
  namespace: SecurityNamespace,
  token: string,
  permissions: number,
): boolean {
  const scope = scopeOf(organization, namespace, token);
  let left = permissions;
  for (const action of namespace.actions) {
    if ((permissions & action.bit) === 0) continue;
    if (!holdsAction(organization, userId, action, scope)) return false;
    left &= ~action.bit;
  }
  return left === 0;
}
