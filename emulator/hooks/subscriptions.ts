/** Subscriptions: create (duplicates are allowed), list, query, replace, delete. */
import { randomUUID } from "node:crypto";
import { bodyObject, enumText, textOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import type { SubscriptionState, World } from "../world.ts";
import { hookScopes } from "./catalogue.ts";
import { resetDelivery } from "./deliver.ts";
import { findEventType } from "./event-types.ts";
import { maySubscribe, requireHookPermission } from "./publisher-security.ts";
import { badInput, readSubscription, secretMask } from "./read-subscription.ts";
import { subscriptionShape } from "./subscription-shape.ts";

const root = "/{organization}/_apis/hooks";

export function requireSubscription(
  call: Call,
  world: World,
  permission: "View Subscriptions" | "Edit Subscription" | "Delete Subscription",
): SubscriptionState {
  const id = call.params.subscriptionId?.toLowerCase();
  const subscription = call.organization.subscriptions.find((one) => one.id === id);
  if (!subscription)
    throw new Refusal(
      404,
      "SubscriptionNotFoundException",
      `No subscription was found with id '${call.params.subscriptionId}'.`,
      "Microsoft.VisualStudio.Services.ServiceHooks.WebApi.SubscriptionNotFoundException, Microsoft.VisualStudio.Services.ServiceHooks.WebApi",
    );
  requireHookPermission(call, world, subscription.publisherInputs.projectId, permission);
  return subscription;
}

function createSubscription(call: Call, world: World): Answer {
  const asked = readSubscription(call, world);
  requireHookPermission(call, world, asked.publisherInputs.projectId, "Edit Subscription");
  if (call.organization.subscriptions.length >= world.switches.maximumSubscriptions)
    throw badInput(
      `The organization already has ${world.switches.maximumSubscriptions} subscriptions, which is the most it may have.`,
    );
  const now = world.clock.now();
  const defaults = Object.fromEntries((findEventType(asked.eventType)?.inputs ?? []).map((name) => [name, ""]));
  const subscription: SubscriptionState = {
    id: randomUUID(),
    status: bodyObject(call).status === "disabledByUser" ? "disabledByUser" : "enabled",
    ...asked,
    publisherInputs: { ...defaults, ...asked.publisherInputs, tfsSubscriptionId: randomUUID() },
    createdBy: call.user.id,
    createdDate: now,
    modifiedBy: call.user.id,
    modifiedDate: now,
    probationRetries: 0,
    notifications: [],
  };
  call.organization.subscriptions.push(subscription);
  return { body: subscriptionShape(world, call.organization, subscription) };
}

/** Where a request repeats the mask instead of a secret, the switch says whether the stored secret survives. */
function withSecrets(
  world: World,
  given: Record<string, string>,
  stored: Readonly<Record<string, string>>,
): Record<string, string> {
  if (world.switches.maskedPassword === "overwrites") return given;
  const result = { ...given };
  for (const name of ["basicAuthPassword", "httpHeaders"])
    if (result[name]?.includes(secretMask) && stored[name] !== undefined) result[name] = stored[name];
  return result;
}

function replaceSubscription(call: Call, world: World): Answer {
  const subscription = requireSubscription(call, world, "Edit Subscription");
  const asked = readSubscription(call, world);
  requireHookPermission(call, world, asked.publisherInputs.projectId, "Edit Subscription");
  const fixed = ["publisherId", "consumerId", "consumerActionId"] as const;
  const changed = fixed.find((name) => asked[name] !== subscription[name]);
  if (changed) throw badInput(`The value of '${changed}' cannot be changed.`);
  const status = textOf(bodyObject(call).status) ?? subscription.status;
  if (status !== subscription.status) {
    if (status !== "enabled" && status !== "disabledByUser")
      throw badInput(`The status of a subscription cannot be set to '${status}'.`);
    subscription.status = status;
    resetDelivery(world, subscription);
  }
  subscription.eventType = asked.eventType;
  subscription.resourceVersion = asked.resourceVersion;
  subscription.publisherInputs = {
    ...asked.publisherInputs,
    tfsSubscriptionId: subscription.publisherInputs.tfsSubscriptionId ?? randomUUID(),
  };
  subscription.consumerInputs = withSecrets(world, asked.consumerInputs, subscription.consumerInputs);
  subscription.modifiedBy = call.user.id;
  subscription.modifiedDate = world.clock.now();
  return { body: subscriptionShape(world, call.organization, subscription) };
}

function visible(call: Call): SubscriptionState[] {
  return call.organization.subscriptions.filter((one) => maySubscribe(call, one.publisherInputs.projectId));
}

const plainFilters = ["publisherId", "eventType", "consumerId", "consumerActionId"] as const;

function listSubscriptions(call: Call, world: World): Answer {
  const found = visible(call).filter((one) =>
    plainFilters.every((name) => !call.query(name) || call.query(name) === one[name]),
  );
  return list(found.map((one) => subscriptionShape(world, call.organization, one)));
}

/** Conditions of one filter must all hold; of several filters one must. */
function passes(inputs: Readonly<Record<string, string>>, filters: unknown): boolean {
  if (!Array.isArray(filters) || filters.length === 0) return true;
  return filters.some((filter) => {
    const { conditions } = bodyObject({ body: filter });
    return (Array.isArray(conditions) ? conditions : []).every((condition) => {
      const { inputId, inputValue, operator, caseSensitive } = bodyObject({ body: condition });
      const fold = (text: string) => (caseSensitive === true ? text : text.toLowerCase());
      const equal = fold(inputs[textOf(inputId) ?? ""] ?? "") === fold(textOf(inputValue) ?? "");
      return ["notequals", "1"].includes(enumText(operator)) ? !equal : equal;
    });
  });
}

function querySubscriptions(call: Call, world: World): Answer {
  const body = bodyObject(call);
  const results = visible(call).filter(
    (one) =>
      plainFilters.every((name) => !body[name] || body[name] === one[name]) &&
      passes(one.consumerInputs, body.consumerInputFilters) &&
      passes(one.publisherInputs, body.publisherInputFilters),
  );
  return { body: { ...body, results: results.map((one) => subscriptionShape(world, call.organization, one)) } };
}

function deleteSubscription(call: Call, world: World): Answer {
  const subscription = requireSubscription(call, world, "Delete Subscription");
  const { subscriptions } = call.organization;
  subscriptions.splice(subscriptions.indexOf(subscription), 1);
  resetDelivery(world, subscription);
  return { status: 204 };
}

export const subscriptionRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/subscriptions`, scopes: hookScopes, handle: listSubscriptions },
  { method: "POST", path: `${root}/subscriptions`, scopes: hookScopes, handle: createSubscription },
  { method: "POST", path: `${root}/subscriptionsquery`, scopes: hookScopes, handle: querySubscriptions },
  {
    method: "GET",
    path: `${root}/subscriptions/{subscriptionId}`,
    scopes: hookScopes,
    handle(call, world) {
      const subscription = requireSubscription(call, world, "View Subscriptions");
      return { body: subscriptionShape(world, call.organization, subscription) };
    },
  },
  { method: "PUT", path: `${root}/subscriptions/{subscriptionId}`, scopes: hookScopes, handle: replaceSubscription },
  { method: "DELETE", path: `${root}/subscriptions/{subscriptionId}`, scopes: hookScopes, handle: deleteSubscription },
];
