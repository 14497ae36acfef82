/** Subscriptions whose creator left the organization or may not sign in any more: the service turns them off. */
import { isMember } from "../rights.ts";
import type { OrganizationState, SubscriptionState, World } from "../world.ts";
import { resetDelivery } from "./deliver.ts";

function isActive(world: World, organization: OrganizationState, userId: string): boolean {
  if (!world.users.has(userId) || !isMember(organization, userId)) return false;
  return world.entra.tenants.get(organization.tenantId.toLowerCase())?.accounts.get(userId)?.disabled !== true;
}

/** Whether the creator is still there; if not, a subscription that was on is off afterwards. */
export function creatorIsActive(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
): boolean {
  if (isActive(world, organization, subscription.createdBy)) return true;
  if (subscription.status === "enabled" || subscription.status === "onProbation") {
    subscription.status = "disabledByInactiveIdentity";
    resetDelivery(world, subscription);
  }
  return false;
}
