/** History of deliveries: per subscription, one by one, and over many subscriptions; and the tracing switches. */
import { bodyObject, numberOf, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { zeroGuid } from "../shapes.ts";
import type { NotificationState, OrganizationState, SubscriptionState, World } from "../world.ts";
import { hookScopes } from "./catalogue.ts";
import { maySubscribe } from "./publisher-security.ts";
import { maskedInputs, subscriptionShape } from "./subscription-shape.ts";
import { requireSubscription } from "./subscriptions.ts";

const root = "/{organization}/_apis/hooks";
const day = 24 * 60 * 60 * 1000;

/** Deliveries of tests, which belong to no saved subscription. */
export const testDeliveries = new WeakMap<
  OrganizationState,
  { subscription: SubscriptionState; notification: NotificationState }[]
>();

/** `full` adds what only a single notification shows: the event (once it is processed), request and answer. */
export function notificationShape(
  subscription: SubscriptionState,
  notification: NotificationState,
  details: "none" | "short" | "full",
): Record<string, unknown> {
  const { subscriptionId: _id, notificationId: _number, ...event } = notification.payload;
  const done = notification.status === "completed";
  return {
    id: notification.id,
    subscriptionId: subscription.id,
    subscriberId: zeroGuid,
    eventId: notification.eventId,
    status: notification.status,
    result: notification.result,
    createdDate: notification.createdDate.toISOString(),
    modifiedDate: notification.modifiedDate.toISOString(),
    ...(details === "none"
      ? {}
      : {
          details: {
            eventType: notification.eventType,
            ...(details === "full" && done ? { event } : {}),
            publisherId: subscription.publisherId,
            consumerId: subscription.consumerId,
            consumerActionId: subscription.consumerActionId,
            consumerInputs: maskedInputs(subscription.consumerInputs),
            publisherInputs: subscription.publisherInputs,
            ...(details === "full" && done ? { request: notification.request, response: notification.response } : {}),
            ...(notification.errorMessage ? { errorMessage: notification.errorMessage } : {}),
            queuedDate: notification.createdDate.toISOString(),
            ...(done ? { completedDate: notification.modifiedDate.toISOString() } : {}),
            requestAttempts: notification.attempts,
          },
        }),
  };
}

/** What the history still holds, newest first. */
function kept(world: World, subscription: SubscriptionState): NotificationState[] {
  const oldest = world.clock.now().getTime() - world.switches.notificationHistoryDays * day;
  return subscription.notifications.filter((one) => one.createdDate.getTime() >= oldest).toReversed();
}

function listNotifications(call: Call, world: World): Answer {
  const subscription = requireSubscription(call, world, "View Subscriptions");
  const status = call.query("status")?.toLowerCase();
  const result = call.query("result")?.toLowerCase();
  const found = kept(world, subscription).filter(
    (one) => (!status || one.status.toLowerCase() === status) && (!result || one.result === result),
  );
  const page = found.slice(0, numberOf(call, ["maxResults"], 100));
  return list(page.map((one) => notificationShape(subscription, one, "short")));
}

function getNotification(call: Call, world: World): Answer {
  const id = Number(call.params.notificationId);
  if (call.params.subscriptionId === zeroGuid) {
    const test = testDeliveries.get(call.organization)?.find((one) => one.notification.id === id);
    if (test) return { body: notificationShape(test.subscription, test.notification, "full") };
  }
  const subscription = requireSubscription(call, world, "View Subscriptions");
  const notification = kept(world, subscription).find((one) => one.id === id);
  if (!notification)
    throw new Refusal(
      404,
      "NotificationNotFoundException",
      `No notification was found with id '${call.params.notificationId}'.`,
    );
  return { body: notificationShape(subscription, notification, "full") };
}

function queryNotifications(call: Call, world: World): Answer {
  const body = bodyObject(call);
  const ids = Array.isArray(body.subscriptionIds) ? body.subscriptionIds.map((id) => String(id).toLowerCase()) : [];
  const time = (value: unknown, fallback: number) => (typeof value === "string" ? new Date(value).getTime() : fallback);
  const from = time(body.minCreatedDate, 0);
  const to = time(body.maxCreatedDate, Number.POSITIVE_INFINITY);
  const chosen = call.organization.subscriptions.filter(
    (one) => (ids.length === 0 || ids.includes(one.id)) && maySubscribe(call, one.publisherInputs.projectId),
  );
  const each = Number(body.maxResultsPerSubscription ?? 100);
  const details = body.includeDetails === true ? "full" : "none";
  const found = chosen.map((subscription) => {
    const notifications = kept(world, subscription).filter((one) => {
      const created = one.createdDate.getTime();
      const asked = [textOf(body.status), textOf(body.resultType)].map((text) => text?.toLowerCase());
      return (
        created >= from &&
        created <= to &&
        (!asked[0] || one.status.toLowerCase() === asked[0]) &&
        (!asked[1] || one.result === asked[1])
      );
    });
    return { subscription, notifications: notifications.slice(0, each) };
  });
  const results = found.flatMap(({ subscription, notifications }) =>
    notifications.map((one) => notificationShape(subscription, one, details)),
  );
  return {
    body: {
      ...body,
      associatedSubscriptions: chosen.map((one) => subscriptionShape(world, call.organization, one)),
      results: results.slice(0, Number(body.maxResults ?? 100)),
      summary: found.map(({ subscription, notifications }) => ({
        subscriptionId: subscription.id,
        results: [...new Set(notifications.map((one) => one.result))].map((result) => ({
          result,
          notificationCount: notifications.filter((one) => one.result === result).length,
        })),
      })),
    },
  };
}

type Tracing = Record<"deliveryResults" | "deliveryTracing" | "evaluationTracing", Record<string, unknown>>;

const tracings = new WeakMap<SubscriptionState, Partial<Tracing>>();
const tracingNames = ["deliveryResults", "deliveryTracing", "evaluationTracing"] as const;

function setDiagnostics(call: Call, world: World): Answer {
  const subscription = requireSubscription(call, world, "Edit Subscription");
  const body = bodyObject(call);
  const now = world.clock.now();
  const state: Partial<Tracing> = { ...tracings.get(subscription) };
  for (const name of tracingNames) {
    const asked = bodyObject({ body: body[name] });
    if (asked.enabled === true)
      state[name] = {
        enabled: true,
        startDate: now.toISOString(),
        endDate: new Date(now.getTime() + 60 * 60 * 1000).toISOString(),
        maxTracedEntries: 25,
        tracedEntries: 0,
      };
    if (asked.enabled === false) delete state[name];
  }
  tracings.set(subscription, state);
  return { body: state };
}

export const notificationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${root}/subscriptions/{subscriptionId}/notifications`,
    scopes: hookScopes,
    handle: listNotifications,
  },
  {
    method: "GET",
    path: `${root}/subscriptions/{subscriptionId}/notifications/{notificationId}`,
    scopes: hookScopes,
    handle: getNotification,
  },
  { method: "POST", path: `${root}/notificationsquery`, scopes: hookScopes, handle: queryNotifications },
  {
    method: "GET",
    path: `${root}/subscriptions/{subscriptionId}/diagnostics`,
    scopes: hookScopes,
    handle: (call, world) => ({ body: tracings.get(requireSubscription(call, world, "View Subscriptions")) ?? {} }),
  },
  {
    method: "PUT",
    path: `${root}/subscriptions/{subscriptionId}/diagnostics`,
    scopes: hookScopes,
    handle: setDiagnostics,
  },
];
