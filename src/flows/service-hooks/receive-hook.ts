/**
 * Receives service-hook deliveries: proves the secret in constant time, writes event and job in one transaction, and
 * answers only after the commit. Deliveries that wait at the same moment share a transaction: one commit for all of them.
 */
import { hash, timingSafeEqual } from "node:crypto";
import { parseHook } from "#azure-devops/parse-hook.ts";
import type { InstanceId } from "#model/ids.ts";
import type { DeliveryOutcome } from "#store/hooks/hook-subscriptions.ts";
import {
  type DeliveredEvent,
  type Delivery as StoredDelivery,
  storeDeliveries,
} from "#store/hooks/store-deliveries.ts";
import { json, jsonAsGiven } from "#store/json.ts";
import type { App } from "../app.ts";
import { createGroupCommit } from "../jobs/group-commit.ts";
import type { QueueName } from "../jobs/queues.ts";
import { createSubscriptionCache } from "./subscription-cache.ts";

export interface Delivery {
  /** Last segment of the address. */
  readonly key: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

export interface HookReceiver {
  /** 200 stored or known already, 401 wrong secret, 404 no such hook, 503 could not be written: send it again. */
  receive(delivery: Delivery): Promise<{ readonly status: 200 | 401 | 404 | 503 }>;
}

/** What waits to be written. */
interface Arrival extends StoredDelivery {
  readonly bytes: number;
}

const queue: QueueName = "handle-event";

/** Deliveries that wait for the disk hold their bodies: so much memory, and what comes then is sent again later. */
const waitingBytes = 64 * 1024 * 1024;

export function createHookReceiver(app: App): HookReceiver {
  const subscriptions = createSubscriptionCache(app);
  const commits = createGroupCommit<Arrival, DeliveryOutcome>({
    write: (batch) => storeDeliveries(app.db, queue, batch),
    isItemsFault,
    weigh: ({ bytes }) => bytes,
    maximumBatch: 256,
    maximumWaiting: 4096,
    maximumWeight: waitingBytes,
  });

  /** The secret may have been replaced a moment ago, and a delivery turned away puts the hook on probation. */
  async function provesAnew(key: string, authorization: string | undefined): Promise<boolean> {
    subscriptions.forget(key);
    const subscription = await subscriptions.find(key);
    return subscription !== undefined && proves(authorization, subscription.proofs);
  }

  return {
    async receive({ key, authorization, body }) {
      try {
        const subscription = await subscriptions.find(key);
        if (!subscription) return { status: 404 };
        const isProven = proves(authorization, subscription.proofs) || (await provesAnew(key, authorization));
        const at = app.now();
        const event = isProven ? readBody(body, at, subscription.instanceId) : undefined;
        const written = commits.add({ subscriptionKey: key, at, event, bytes: event ? body.length : 0 });
        if (!written) return { status: 503 };
        return { status: (await written) === "refused" ? 401 : 200 };
      } catch (error) {
        subscriptions.forget(key);
        app.log.error({ err: error }, "delivery not stored");
        return { status: 503 };
      }
    },
  };
}

/** Compares hashes, so that the time does not tell how much of the secret was right. */
function proves(authorization: string | undefined, proofs: readonly Buffer[]): boolean {
  const given = hash("sha256", authorization ?? "", "buffer");
  return proofs.map((proof) => timingSafeEqual(given, proof)).includes(true);
}

/**
 * Bytes that cannot be used are kept too, cut, so that a person can look at them; their hash tells a repetition. The
 * number of a notification does not: it counts from 1 again when a subscription is made anew, and a new event would be
 * lost. The event's own id is the same in every repetition.
 */
function readBody(bytes: Buffer, receivedAt: Date, instanceId: InstanceId): DeliveredEvent {
  const idFromBytes = () => hash("sha256", bytes, "hex").slice(0, 32);
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const body = parseJson(text);
  if (body === undefined) {
    const kept = json({ unreadable: text.slice(0, 2000) });
    return { instanceId, eventId: idFromBytes(), eventType: "unreadable", body: kept };
  }
  const kept = jsonAsGiven(text, body);
  const parsed = parseHook(body, receivedAt);
  if ("problem" in parsed) return { instanceId, eventId: idFromBytes(), eventType: "unreadable", body: kept };
  return { instanceId, eventId: parsed.event.id || idFromBytes(), eventType: parsed.eventType, body: kept };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** PostgreSQL's error classes 22, 23 and 54: a value that it cannot hold, a row that another one forbids, too deep a body. */
function isItemsFault(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && /^(22|23|54)/.test(String(reason.code));
}
