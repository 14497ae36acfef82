/** How access control lists, feeds and identities name people and groups. */
import type { OrganizationState, User } from "../world.ts";
import type { Group } from "./groups.ts";

export function descriptorOfUser(organization: OrganizationState, user: User): string {
  return `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.tenantId}\\${user.mail}`;
}

export function descriptorOfGroup(group: Group): string {
  return `Microsoft.TeamFoundation.Identity;${group.sid}`;
}
