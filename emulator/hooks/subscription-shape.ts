/** Subscriptions as answers show them: secrets masked, the service's own additions in place. */
import { organizationUrl } from "../shapes.ts";
import type { OrganizationState, SubscriptionState, World } from "../world.ts";
import { headerLines } from "./post.ts";
import { secretMask } from "./read-subscription.ts";

export function maskedInputs(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const masked = { ...inputs };
  if (masked.basicAuthPassword) masked.basicAuthPassword = secretMask;
  if (masked.httpHeaders)
    masked.httpHeaders = headerLines(masked.httpHeaders)
      .map(([name]) => `${name}:${secretMask}`)
      .join("\n");
  return masked;
}

function personOf(world: World, userId: string): Record<string, unknown> {
  const user = world.users.get(userId);
  return {
    displayName: user?.displayName ?? "Deleted user",
    id: userId,
    uniqueName: user?.mail,
    descriptor: user?.descriptor,
  };
}

function descriptionOf(organization: OrganizationState, subscription: SubscriptionState): string {
  const { repository, branch, definitionName } = subscription.publisherInputs;
  if (definitionName) return `Build definition ${definitionName}`;
  const name = repository ? organization.repositories.get(repository.toLowerCase())?.name : undefined;
  const parts = [name ? `Repository ${name}` : "", branch ? `branch ${branch}` : ""].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Any";
}

export function subscriptionShape(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
): Record<string, unknown> {
  const hooks = `${organizationUrl(world, organization)}/_apis/hooks`;
  const url = `${hooks}/subscriptions/${subscription.id}`;
  return {
    id: subscription.id,
    url,
    status: subscription.status,
    publisherId: subscription.publisherId,
    eventType: subscription.eventType,
    subscriber: null,
    resourceVersion: subscription.resourceVersion,
    eventDescription: descriptionOf(organization, subscription),
    consumerId: subscription.consumerId,
    consumerActionId: subscription.consumerActionId,
    actionDescription: `To host ${URL.parse(subscription.consumerInputs.url ?? "")?.host ?? ""}`,
    probationRetries: subscription.probationRetries,
    createdBy: personOf(world, subscription.createdBy),
    createdDate: subscription.createdDate.toISOString(),
    modifiedBy: personOf(world, subscription.modifiedBy),
    modifiedDate: subscription.modifiedDate.toISOString(),
    ...(subscription.lastProbationRetryDate
      ? { lastProbationRetryDate: subscription.lastProbationRetryDate.toISOString() }
      : {}),
    publisherInputs: subscription.publisherInputs,
    consumerInputs: maskedInputs(subscription.consumerInputs),
    _links: {
      self: { href: url },
      consumer: { href: `${hooks}/consumers/${subscription.consumerId}` },
      actions: { href: `${hooks}/consumers/${subscription.consumerId}/actions` },
      notifications: { href: `${url}/notifications` },
      publisher: { href: `${hooks}/publishers/${subscription.publisherId}` },
    },
  };
}
