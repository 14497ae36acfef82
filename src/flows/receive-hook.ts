/**
 * Receives service-hook deliveries: proves the secret in constant time, writes event and job in one transaction, and
 * answers only after the commit. Deliveries that wait at the same moment share a transaction: one commit for all of them.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { parseHook } from "#azure-devops/parse-hook.ts";
import type { InstanceId } from "#model/ids.ts";
import { insertHookEvents } from "#store/hook-events.ts";
import { countDeliveries, countDelivery } from "#store/hook-subscriptions.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "./app.ts";
import { askToHandle } from "./ask.ts";
import { createGroupCommit } from "./group-commit.ts";
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

interface Accepted {
  readonly subscriptionKey: string;
  readonly instanceId: InstanceId;
  readonly eventId: string;
  readonly eventType: string;
  readonly body: unknown;
  readonly receivedAt: Date;
}

export function createHookReceiver(app: App): HookReceiver {
  const subscriptions = createSubscriptionCache(app);
  const commits = createGroupCommit<Accepted, "accepted" | "duplicate">({
    write: (batch) => writeBatch(app, batch),
    isItemsFault,
    maximumBatch: 256,
    maximumWaiting: 4096,
  });

  return {
    async receive({ key, authorization, body }) {
      try {
        const subscription = await subscriptions.find(key);
        if (!subscription) return { status: 404 };
        if (!proves(authorization, subscription.proofs)) {
          await countDelivery(app.db, key, "refused", app.now());
          return { status: 401 };
        }
        const written = commits.add({ ...readBody(body, app.now()), subscriptionKey: key, ...subscription.owner });
        if (!written) return { status: 503 };
        await written;
        return { status: 200 };
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
  const given = createHash("sha256")
    .update(authorization ?? "")
    .digest();
  return proofs.map((proof) => timingSafeEqual(given, proof)).includes(true);
}

/** Bytes that cannot be used are kept too, cut, so that a person can look at them; their hash tells a repetition. */
function readBody(bytes: Buffer, receivedAt: Date): Omit<Accepted, "subscriptionKey" | "instanceId"> {
  const idFromBytes = () => createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const body = parseJson(bytes);
  const parsed = body === undefined ? { problem: "no JSON" } : parseHook(body, receivedAt);
  if ("problem" in parsed) {
    const kept = body === undefined ? { unreadable: bytes.toString("utf8").slice(0, 2000) } : body;
    return { eventId: idFromBytes(), eventType: "unreadable", body: kept, receivedAt };
  }
  return { eventId: parsed.event.id || idFromBytes(), eventType: parsed.eventType, body, receivedAt };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/**
 * The number of a notification is not used to recognise a repetition: it counts from 1 again when a subscription is
 * made anew, and a new event would be lost. The event's own id is the same in every repetition.
 */
async function writeBatch(app: App, batch: readonly Accepted[]): Promise<readonly ("accepted" | "duplicate")[]> {
  return inTransaction(app.db, async (tx) => {
    const fresh = await insertHookEvents(tx, batch);
    await askToHandle(app, tx, fresh);
    const isFresh = new Set(fresh.map(({ position }) => position));
    const outcomes = batch.map((_, position) => (isFresh.has(position) ? "accepted" : "duplicate"));
    await countDeliveries(
      tx,
      batch.map(({ subscriptionKey, receivedAt }, position) => ({
        key: subscriptionKey,
        outcome: isFresh.has(position) ? "accepted" : "duplicate",
        at: receivedAt,
      })),
    );
    return outcomes;
  });
}

/** PostgreSQL's error classes 22 and 23: a value that it cannot hold, or a row that another one forbids. */
function isItemsFault(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && /^2[23]/.test(String(reason.code));
}
