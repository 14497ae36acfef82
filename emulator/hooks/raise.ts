/** Finds the subscriptions that want an event and hands each of them a notification to deliver. */
import { randomUUID } from "node:crypto";
import { mayAct } from "../rights.ts";
import type { OrganizationState, SubscriptionState, World } from "../world.ts";
import { deliver } from "./deliver.ts";
import { envelope } from "./envelope.ts";
import { creatorIsActive } from "./inactive-identities.ts";

/** The three forms of a message; plain text serves as all three. */
export interface HookMessage {
  readonly text: string;
  readonly html: string;
  readonly markdown: string;
}

export interface RaisedEvent {
  readonly eventType: string;
  readonly projectId: string;
  readonly repositoryId?: string;
  readonly resourceVersion: string;
  readonly message: string | HookMessage;
  /** As `message` when absent. */
  readonly detailedMessage?: string | HookMessage;
  readonly resource: Record<string, unknown>;
  /** The resource as other versions show it, by version; those that are not named look like the newest. */
  readonly otherVersions?: Readonly<Record<string, Record<string, unknown>>>;
  /** Publisher inputs that the event matches, by name: `{ branch: "refs/heads/main", pushedBy: id }`; several values = any of them. */
  readonly filters?: Readonly<Record<string, string | readonly string[]>>;
}

export function raise(world: World, organization: OrganizationState, event: RaisedEvent): void {
  const eventId = randomUUID();
  const createdDate = world.clock.now();
  for (const subscription of organization.subscriptions) {
    if (!wants(subscription, event)) continue;
    if (!creatorIsActive(world, organization, subscription)) continue;
    if (subscription.status !== "enabled") continue;
    // events are seen with the eyes of who made the subscription
    if (!mayAct(organization, subscription.createdBy, "readers", event.projectId)) continue;
    const payload = envelope(world, organization, subscription, event, eventId, createdDate);
    deliver(world, organization, subscription, payload);
  }
}

/** Whether the subscription asked for this event; its state does not matter here. */
function wants(subscription: SubscriptionState, event: RaisedEvent): boolean {
  if (subscription.eventType !== event.eventType) return false;
  const inputs = subscription.publisherInputs;
  if (inputs.projectId && inputs.projectId.toLowerCase() !== event.projectId) return false;
  if (inputs.repository && inputs.repository.toLowerCase() !== event.repositoryId) return false;
  for (const [name, value] of Object.entries(event.filters ?? {})) {
    const wanted = inputs[name];
    if (!wanted) continue;
    const values = typeof value === "string" ? [value] : value;
    if (!values.some((one) => matches(name, wanted, one))) return false;
  }
  return true;
}

function matches(name: string, wanted: string, value: string): boolean {
  if (name === "branch") return wanted.replace(/^refs\/heads\//, "") === value.replace(/^refs\/heads\//, "");
  if (name === "mergeResult" && wanted === "Unsuccessful") return value !== "Succeeded";
  return wanted.toLowerCase() === value.toLowerCase();
}
