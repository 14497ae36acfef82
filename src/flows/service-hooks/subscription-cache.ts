/** What the receiver must know of a subscription, kept in memory for a few seconds: a delivery then costs no read. */
import { hash } from "node:crypto";
import type { InstanceId } from "#model/ids.ts";
import { findSubscriptionByKey } from "#store/hooks/hook-subscriptions.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { hookUserName } from "./hook-address.ts";

export interface KnownSubscription {
  readonly instanceId: InstanceId;
  /** SHA-256 of each Authorization header that proves the sender; two while a secret is being replaced. */
  readonly proofs: readonly Buffer[];
}

export interface SubscriptionCache {
  find(key: string): Promise<KnownSubscription | undefined>;
  forget(key: string): void;
}

/** A deleted subscription is believed for this long at most. */
const keptMilliseconds = 5000;
const maximumKept = 20_000;

export function createSubscriptionCache(app: Pick<App, "db" | "keys" | "now">): SubscriptionCache {
  const kept = new Map<string, { readonly until: number; readonly found: Promise<KnownSubscription | undefined> }>();

  async function read(key: string): Promise<KnownSubscription | undefined> {
    const row = await findSubscriptionByKey(app.db, key);
    if (!row) return undefined;
    const { instanceId, previousSecretSealed, previousSecretUntil } = row;
    const isPreviousGood = previousSecretUntil !== undefined && previousSecretUntil > app.now();
    const secrets = [row.secretSealed, ...(previousSecretSealed && isPreviousGood ? [previousSecretSealed] : [])];
    return { instanceId, proofs: secrets.map((sealed) => proofOf(open(app.keys, sealed, row.key).reveal())) };
  }

  return {
    find(key) {
      const now = app.now().getTime();
      const known = kept.get(key);
      if (known && known.until > now) return known.found;
      if (kept.size >= maximumKept) kept.clear();
      const found = read(key);
      kept.set(key, { until: now + keptMilliseconds, found });
      // What is not there, or could not be read, is asked for again: a subscription may be made the next moment.
      found.then(
        (subscription) => subscription ?? kept.delete(key),
        () => kept.delete(key),
      );
      return found;
    },
    forget: (key) => void kept.delete(key),
  };
}

function proofOf(secret: string): Buffer {
  const header = `Basic ${Buffer.from(`${hookUserName}:${secret}`).toString("base64")}`;
  return hash("sha256", header, "buffer");
}
