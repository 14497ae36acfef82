/** The body of a delivery: the envelope around an event's resource, cut down to what the subscription asked for. */
import { organizationUrl } from "../shapes.ts";
import { nextId, type OrganizationState, type SubscriptionState, type World } from "../world.ts";
import type { HookMessage, RaisedEvent } from "./raise.ts";

export function envelope(
  world: World,
  organization: OrganizationState,
  subscription: Pick<SubscriptionState, "id" | "consumerInputs" | "resourceVersion">,
  event: RaisedEvent,
  eventId: string,
  createdDate: Date,
): Record<string, unknown> {
  const { resourceDetailsToSend = "", messagesToSend = "", detailedMessagesToSend = "" } = subscription.consumerInputs;
  const baseUrl = `${organizationUrl(world, organization)}/`;
  const none = resourceDetailsToSend === "none";
  const resource = event.otherVersions?.[subscription.resourceVersion] ?? event.resource;
  return {
    subscriptionId: subscription.id,
    notificationId: nextId(world, `notification ${subscription.id}`),
    id: eventId,
    eventType: event.eventType,
    publisherId: "tfs",
    message: messageToSend(event.message, messagesToSend),
    detailedMessage: messageToSend(event.detailedMessage ?? event.message, detailedMessagesToSend),
    resource: none ? null : resourceDetailsToSend === "minimal" ? minimal(world, resource) : resource,
    resourceVersion: none ? null : subscription.resourceVersion,
    resourceContainers: {
      collection: { id: organization.collectionId, baseUrl },
      account: { id: organization.id, baseUrl },
      project: { id: event.projectId, baseUrl },
    },
    createdDate: createdDate.toISOString(),
  };
}

function messageToSend(message: string | HookMessage, which: string): Partial<HookMessage> | null {
  const forms = typeof message === "string" ? { text: message, html: message, markdown: message } : message;
  // "" and "all" send every form
  if (which === "none") return null;
  if (which === "text") return { text: forms.text };
  if (which === "html") return { html: forms.html };
  if (which === "markdown") return { markdown: forms.markdown };
  return forms;
}

/** Names of the properties that identify a resource, in the order in which they are looked for. */
const idNames = ["pullRequestId", "pushId", "id", "repositoryId"] as const;

function minimal(world: World, resource: Record<string, unknown>): Record<string, unknown> {
  const id = idNames.find((name) => resource[name] !== undefined);
  return {
    ...(id ? { [id]: resource[id] } : {}),
    ...(world.switches.minimalFields === "url-and-id" && resource.url !== undefined ? { url: resource.url } : {}),
  };
}
