/**
 * Delivery of notifications: answer classes, retries, probation and disablement on the documented schedule, which runs
 * on the world's clock. Nothing is queued for a subscription on probation; only its last event is tried again.
 */
import { takeFault } from "../faults.ts";
import type { NotificationState, OrganizationState, SubscriptionState, World } from "../world.ts";
import { type PostAnswer, post, requestText } from "./post.ts";

const transientDelays = [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000);
const probationDelays = [20, 40, 80, 160, 320, 640, 900].map((minutes) => minutes * 60_000);

interface Probation {
  /** The event that is tried again. */
  notification: NotificationState;
  retries: number;
}

interface Traffic {
  readonly inFlight: Set<Promise<void>>;
  readonly probations: Map<SubscriptionState, Probation>;
  /** Deliveries that wait for a later one to overtake them. */
  readonly overtaken: (() => void)[];
}

const traffics = new WeakMap<World, Traffic>();

function trafficOf(world: World): Traffic {
  let traffic = traffics.get(world);
  if (!traffic) {
    traffic = { inFlight: new Set(), probations: new Map(), overtaken: [] };
    traffics.set(world, traffic);
  }
  return traffic;
}

/** Resolves when no delivery is on its way; retries that wait for their time do not count. */
export async function deliveriesSettled(world: World): Promise<void> {
  const { inFlight } = trafficOf(world);
  while (inFlight.size > 0) await Promise.all(inFlight);
}

/** Starts the delivery and returns at once. */
export function deliver(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
  payload: Record<string, unknown>,
): NotificationState {
  const now = world.clock.now();
  const notification: NotificationState = {
    id: Number(payload.notificationId),
    eventId: String(payload.id),
    eventType: String(payload.eventType),
    createdDate: now,
    modifiedDate: now,
    status: "queued",
    result: "pending",
    payload,
    attempts: 0,
  };
  subscription.notifications.push(notification);
  if (takeFault(world, "drop-delivery", notification.eventType)) {
    finish(world, notification, "failed", "dropped by a fault");
    return notification;
  }
  start(world, subscription, notification, organization);
  const duplicate = takeFault(world, "duplicate-delivery", notification.eventType);
  for (let copy = 1; duplicate && copy < (duplicate.copies ?? 2); copy += 1)
    start(world, subscription, notification, organization);
  return notification;
}

function start(
  world: World,
  subscription: SubscriptionState,
  notification: NotificationState,
  organization: OrganizationState,
): void {
  const traffic = trafficOf(world);
  const begin = () => track(traffic, attempt(world, organization, subscription, notification, 0));
  if (takeFault(world, "reorder-deliveries", notification.eventType)) {
    let begun = false;
    const once = () => {
      if (begun) return;
      begun = true;
      begin();
    };
    traffic.overtaken.push(once);
    world.clock.after(2000, once);
    return;
  }
  begin();
  for (const waiting of traffic.overtaken.splice(0)) track(traffic, deliveriesOf(traffic).then(waiting));
}

function deliveriesOf(traffic: Traffic): Promise<unknown> {
  return Promise.all(traffic.inFlight);
}

function track(traffic: Traffic, work: Promise<void>): void {
  traffic.inFlight.add(work);
  void work.finally(() => traffic.inFlight.delete(work));
}

/** One try and what follows from its answer. */
async function attempt(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
  notification: NotificationState,
  transientRetries: number,
): Promise<void> {
  if (!isLive(organization, subscription)) {
    finish(world, notification, "failed", "the subscription is disabled");
    return;
  }
  const answer = await send(world, subscription, notification);
  switch (classify(answer)) {
    case "success":
      finish(world, notification, "succeeded");
      endProbation(world, subscription);
      return;
    case "terminal":
      finish(world, notification, "failed", describe(answer));
      trafficOf(world).probations.delete(subscription);
      subscription.status = "disabledBySystem";
      return;
    case "transient": {
      const delay = transientDelays[transientRetries];
      if (delay !== undefined) {
        notification.status = "queued";
        world.clock.after(delay, () =>
          tracked(world, attempt(world, organization, subscription, notification, transientRetries + 1)),
        );
        return;
      }
      break;
    }
    case "enduring":
      break;
  }
  finish(world, notification, "failed", describe(answer));
  enterProbation(world, organization, subscription, notification);
}

function tracked(world: World, work: Promise<void>): Promise<void> {
  track(trafficOf(world), work);
  return work;
}

async function send(
  world: World,
  subscription: SubscriptionState,
  notification: NotificationState,
): Promise<PostAnswer> {
  notification.attempts += 1;
  notification.status = "requestInProgress";
  notification.modifiedDate = world.clock.now();
  notification.request = requestText(subscription, notification.payload);
  const answer = await post(world, subscription, notification.payload);
  notification.response = answer.is === "answered" ? answer.text : undefined;
  return answer;
}

function classify(answer: PostAnswer): "success" | "terminal" | "transient" | "enduring" {
  if (answer.is === "failed") return "enduring";
  if (answer.status >= 200 && answer.status < 300) return "success";
  if (answer.status === 410) return "terminal";
  return [408, 502, 503, 504].includes(answer.status) ? "transient" : "enduring";
}

function describe(answer: PostAnswer): string {
  return answer.is === "failed" ? answer.message : `${answer.reason} (${answer.status})`;
}

function finish(world: World, notification: NotificationState, result: "succeeded" | "failed", message?: string): void {
  // of a delivery that was sent twice, one success counts
  if (notification.result === "succeeded") return;
  notification.status = "completed";
  notification.result = result;
  notification.modifiedDate = world.clock.now();
  notification.errorMessage = message;
}

function isLive(organization: OrganizationState, subscription: SubscriptionState): boolean {
  const open = subscription.status === "enabled" || subscription.status === "onProbation";
  return open && organization.subscriptions.includes(subscription);
}

function endProbation(world: World, subscription: SubscriptionState): void {
  trafficOf(world).probations.delete(subscription);
  if (subscription.status === "onProbation") subscription.status = "enabled";
}

function enterProbation(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
  notification: NotificationState,
): void {
  if (!isLive(organization, subscription)) return;
  const { probations } = trafficOf(world);
  const running = probations.get(subscription);
  if (running && subscription.status === "onProbation") {
    if (notification.id > running.notification.id) running.notification = notification;
    return;
  }
  subscription.status = "onProbation";
  const probation: Probation = { notification, retries: 0 };
  probations.set(subscription, probation);
  planRetry(world, organization, subscription, probation);
}

function planRetry(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
  probation: Probation,
): void {
  const { probations } = trafficOf(world);
  const delay = probationDelays[probation.retries];
  if (delay === undefined) {
    probations.delete(subscription);
    subscription.status = "disabledBySystem";
    return;
  }
  world.clock.after(delay, () => {
    const mine = probations.get(subscription) === probation;
    if (!mine || subscription.status !== "onProbation") return undefined;
    return tracked(world, retry(world, organization, subscription, probation));
  });
}

async function retry(
  world: World,
  organization: OrganizationState,
  subscription: SubscriptionState,
  probation: Probation,
): Promise<void> {
  if (!isLive(organization, subscription)) return;
  probation.retries += 1;
  subscription.probationRetries = probation.retries;
  subscription.lastProbationRetryDate = world.clock.now();
  const { notification } = probation;
  const answer = await send(world, subscription, notification);
  const outcome = classify(answer);
  if (outcome === "success") {
    notification.result = "pending";
    finish(world, notification, "succeeded");
    endProbation(world, subscription);
    return;
  }
  finish(world, notification, "failed", describe(answer));
  if (outcome === "terminal") {
    trafficOf(world).probations.delete(subscription);
    subscription.status = "disabledBySystem";
    return;
  }
  if (trafficOf(world).probations.get(subscription) === probation)
    planRetry(world, organization, subscription, probation);
}

/** One try whose answer changes nothing but the notification: the delivery of a test. */
export function sendOnce(world: World, subscription: SubscriptionState, notification: NotificationState): void {
  const work = send(world, subscription, notification).then((answer) => {
    const good = classify(answer) === "success";
    finish(world, notification, good ? "succeeded" : "failed", good ? undefined : describe(answer));
  });
  track(trafficOf(world), work);
}

/** Forgets a running probation, for a subscription that somebody set to another state. */
export function resetDelivery(world: World, subscription: SubscriptionState): void {
  trafficOf(world).probations.delete(subscription);
}
