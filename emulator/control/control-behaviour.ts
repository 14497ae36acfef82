/** Control of how the emulator behaves: faults, switches, time, deliveries. */
import { randomUUID } from "node:crypto";
import { deliveriesSettled, resetDelivery } from "../hooks/deliver.ts";
import { creatorIsActive } from "../hooks/inactive-identities.ts";
import { bodyObject } from "../query-values.ts";
import { defaultSwitches, type Switches } from "../switches.ts";
import type { Fault, SubscriptionState, World } from "../world.ts";
import { type ControlRoute, namedOrganization, namedSubscription, refuse } from "./control-route.ts";

const faultKinds: readonly Fault["is"][] = [
  "latency",
  "status",
  "drop-delivery",
  "duplicate-delivery",
  "reorder-deliveries",
  "rate-limit-delay",
  "page-changes",
  "wrong-clock",
  "unauthorized-pages",
  "drop-connection",
];

function readFault(body: Readonly<Record<string, unknown>>): Fault {
  const is = faultKinds.find((kind) => kind === body.is);
  if (!is) throw refuse(`A fault is one of ${faultKinds.join(", ")}.`);
  const number = (name: "status" | "milliseconds" | "retryAfter" | "copies" | "times") => {
    const value = body[name];
    return typeof value === "number" && Number.isFinite(value) ? { [name]: value } : {};
  };
  return {
    id: randomUUID(),
    is,
    ...(typeof body.matches === "string" ? { matches: body.matches } : {}),
    ...(body.change === "adds" || body.change === "removes" ? { change: body.change } : {}),
    ...number("status"),
    ...number("milliseconds"),
    ...number("retryAfter"),
    ...(body.asDate === true ? { asDate: true } : {}),
    ...number("copies"),
    ...number("times"),
  };
}

/** Allowed values of the switches that are a choice; the others keep the type of their default. */
const choices: Partial<Record<keyof Switches, readonly unknown[]>> = {
  minimalFields: ["url-and-id", "id-only"],
  deliveryHeaders: ["content-type-only", "with-vss-headers"],
  maskedPassword: ["keeps", "overwrites"],
  commitsOnDelete: ["missing", "null", "empty"],
  hookRefusalStatus: [400, 403],
  disabledRepositoryStatus: [400, 403, 404],
  expiredCredential: ["203", "302", "401"],
  unauthorizedBody: ["empty", "count-zero"],
  notificationHistoryDays: [7, 14],
  portalCalls: ["any credential", "full access", "nobody"],
  invertedPolicyValues: ["plain", "turned"],
};

function isBudget(value: unknown): boolean {
  if (value === null) return true;
  const { limit, window } = bodyObject({ body: value });
  return [limit, window].every((one) => typeof one === "number" && one > 0);
}

function setSwitches(world: World, body: Readonly<Record<string, unknown>>): void {
  const { allowPrivateTargets, ...rest } = body;
  for (const [name, value] of Object.entries(rest)) {
    if (!(name in defaultSwitches)) throw refuse(`There is no switch ${name}.`);
    const key = name as keyof Switches;
    const good =
      key === "rateBudget"
        ? isBudget(value)
        : (choices[key]?.includes(value) ?? typeof value === typeof defaultSwitches[key]);
    if (!good) throw refuse(`${JSON.stringify(value)} is no value of the switch ${name}.`);
  }
  Object.assign(world.switches, rest);
  if (typeof allowPrivateTargets === "boolean") world.allowPrivateTargets = allowPrivateTargets;
}

const statuses: readonly SubscriptionState["status"][] = [
  "enabled",
  "onProbation",
  "disabledByUser",
  "disabledBySystem",
  "disabledByInactiveIdentity",
];

export const behaviourRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/seed",
    summary: "what the seed made: organization, tokens",
    handle: ({ world }) => world.seedSummary ?? {},
  },
  { method: "GET", path: "/faults", summary: "faults in force", handle: ({ world }) => world.faults },
  {
    method: "POST",
    path: "/faults",
    summary: "add one: {is, matches?, status?, milliseconds?, retryAfter?, asDate?, change?, copies?, times?}",
    handle({ world, body }) {
      const fault = readFault(body);
      world.faults.push(fault);
      return fault;
    },
  },
  {
    method: "DELETE",
    path: "/faults",
    summary: "remove all",
    handle({ world }) {
      world.faults.length = 0;
      return {};
    },
  },
  {
    method: "DELETE",
    path: "/faults/{id}",
    summary: "remove one",
    handle({ world, params }) {
      const index = world.faults.findIndex((fault) => fault.id === params.id);
      if (index < 0) throw refuse("There is no such fault.");
      world.faults.splice(index, 1);
      return {};
    },
  },
  {
    method: "GET",
    path: "/switches",
    summary: "all switches",
    handle: ({ world }) => ({ ...world.switches, allowPrivateTargets: world.allowPrivateTargets }),
  },
  {
    method: "PATCH",
    path: "/switches",
    summary: "set some of them",
    handle({ world, body }) {
      setSwitches(world, body);
      return { ...world.switches, allowPrivateTargets: world.allowPrivateTargets };
    },
  },
  {
    method: "GET",
    path: "/clock",
    summary: "the emulator's time",
    handle: ({ world }) => ({ now: world.clock.now() }),
  },
  {
    method: "POST",
    path: "/clock",
    summary: "turn time forward: {advance: milliseconds}",
    async handle({ world, body }) {
      if (typeof body.advance !== "number" || body.advance < 0)
        throw refuse("advance must be a number of milliseconds.");
      await world.clock.advance(body.advance);
      return { now: world.clock.now() };
    },
  },
  {
    method: "POST",
    path: "/settle",
    summary: "wait until no delivery is on its way",
    async handle({ world }) {
      await deliveriesSettled(world);
      return {};
    },
  },
  {
    method: "POST",
    path: "/organizations/{organization}/inactive-identities",
    summary: "turn off the subscriptions of people who left or are disabled, without waiting for an event",
    handle({ world, params }) {
      const organization = namedOrganization(world, params.organization);
      const off = organization.subscriptions.filter((one) => !creatorIsActive(world, organization, one));
      return { subscriptions: off.map(({ id, status }) => ({ id, status })) };
    },
  },
  {
    method: "PATCH",
    path: "/subscriptions/{id}",
    summary: "set its status: {status}",
    handle({ world, params, body }) {
      const subscription = namedSubscription(world, params.id);
      const status = statuses.find((one) => one === body.status);
      if (!status) throw refuse(`A status is one of ${statuses.join(", ")}.`);
      subscription.status = status;
      resetDelivery(world, subscription);
      return { id: subscription.id, status };
    },
  },
];
