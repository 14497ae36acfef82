/** When people were last here, and since when they may be: what licences tell besides the licence. */
import type { OrganizationState, User, World } from "../world.ts";

interface Entitlement {
  readonly lastAccess: Date | "never";
  readonly created: Date;
  readonly status: "active" | "disabled" | "pending";
}

const noted = new WeakMap<OrganizationState, Map<string, Partial<Entitlement>>>();

export function noteEntitlement(organization: OrganizationState, user: User, notes: Partial<Entitlement>): void {
  const all = noted.get(organization) ?? new Map<string, Partial<Entitlement>>();
  noted.set(organization, all);
  all.set(user.id, { ...all.get(user.id), ...notes });
}

/** Whoever nobody told of was here just now. */
export function entitlementOf(world: World, organization: OrganizationState, user: User): Entitlement {
  return {
    lastAccess: world.clock.now(),
    created: new Date("2023-07-06T08:54:16.417Z"),
    status: "active",
    ...noted.get(organization)?.get(user.id),
  };
}
