/** Who may call what: every route names one permission, and this is the one place that grants it. */
import type { Role } from "#store/database.ts";

/**
 * `public`: anybody. `read`: whoever is signed in, within their scope. `triage`: decide about what they see.
 * `administer`: administrators. `monitor`: administrators, and programs on this machine.
 */
export const permissions = ["public", "read", "triage", "administer", "monitor"] as const;

export type Permission = (typeof permissions)[number];

const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(permissions),
  member: new Set(["public", "read", "triage"]),
};

export function mayDo(role: Role | undefined, permission: Permission): boolean {
  return role === undefined ? permission === "public" : granted[role].has(permission);
}
