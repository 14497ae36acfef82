/** Test deliveries: sample data of the fictional Fabrikam, ids that exist nowhere, no retries and no probation. */
import { randomUUID } from "node:crypto";
import { bodyObject, textOf } from "../query-values.ts";
import { type Answer, type Call, list, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import { type NotificationState, nextId, type SubscriptionState, type World } from "../world.ts";
import { hookScopes } from "./catalogue.ts";
import { sendOnce } from "./deliver.ts";
import { envelope } from "./envelope.ts";
import { notificationShape, testDeliveries } from "./notifications.ts";
import { requireHookPermission } from "./publisher-security.ts";
import type { RaisedEvent } from "./raise.ts";
import { readSubscription, secretMask } from "./read-subscription.ts";
import { sampleEvent } from "./sample-events.ts";

function transientSubscription(call: Call, world: World): SubscriptionState {
  const body = bodyObject(call);
  const asked = readSubscription(call, world, body.details);
  requireHookPermission(call, world, asked.publisherInputs.projectId, "Edit Subscription");
  const saved = call.organization.subscriptions.find((one) => one.id === textOf(body.subscriptionId)?.toLowerCase());
  const consumerInputs = { ...asked.consumerInputs };
  for (const [name, value] of Object.entries(saved?.consumerInputs ?? {}))
    if (consumerInputs[name]?.includes(secretMask)) consumerInputs[name] = value;
  const now = world.clock.now();
  return {
    id: saved?.id ?? zeroGuid,
    status: "enabled",
    ...asked,
    consumerInputs,
    createdBy: call.user.id,
    createdDate: now,
    modifiedBy: call.user.id,
    modifiedDate: now,
    probationRetries: 0,
    notifications: [],
  };
}

function createTest(call: Call, world: World): Answer {
  const subscription = transientSubscription(call, world);
  const now = world.clock.now();
  const event: RaisedEvent = sampleEvent(subscription.eventType, subscription.resourceVersion);
  const payload: Record<string, unknown> = {
    ...envelope(world, call.organization, subscription, event, randomUUID(), now),
    notificationId: nextId(world, `test notification ${call.organization.id}`),
    resourceContainers: {
      collection: { id: "c12d0eb8-e382-443b-9f9c-c52cba5014c2" },
      account: { id: "f844ec47-a9db-4511-8281-8b63f4eaf94e" },
      project: { id: event.projectId },
    },
  };
  const notification: NotificationState = {
    id: Number(payload.notificationId),
    eventId: String(payload.id),
    eventType: subscription.eventType,
    createdDate: now,
    modifiedDate: now,
    status: "queued",
    result: "pending",
    payload,
    attempts: 0,
  };
  testDeliveries.set(call.organization, [
    ...(testDeliveries.get(call.organization) ?? []),
    { subscription, notification },
  ]);
  sendOnce(world, subscription, notification);
  return { body: notificationShape(subscription, notification, "full") };
}

export const testNotificationRoutes: readonly Route[] = [
  { method: "POST", path: "/{organization}/_apis/hooks/testnotifications", scopes: hookScopes, handle: createTest },
  {
    method: "GET",
    path: "/{organization}/_apis/hooks/testnotifications/{notificationId}",
    scopes: hookScopes,
    handle(call) {
      const found = testDeliveries.get(call.organization) ?? [];
      const one = found.find(({ notification }) => notification.id === Number(call.params.notificationId));
      return one ? { body: notificationShape(one.subscription, one.notification, "full") } : list([]);
    },
  },
];
