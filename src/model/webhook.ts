/** Webhooks: what Sallyport tells other systems, signed. */
import type { Brand, InstanceId } from "./ids.ts";

export type WebhookId = Brand<string, "WebhookId">;
export type DeliveryId = Brand<string, "DeliveryId">;

export const webhookEvents = [
  "issue-opened",
  "issue-fixed",
  "issue-reopened",
  "issue-dismissed",
  "verdict",
  "policy",
  "fix-opened",
  "fix-merged",
  "gate-not-effective",
  "digest",
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

/** `ping` is sent when a person tries an address, whatever it listens to. */
export type DeliveredEvent = WebhookEvent | "ping";

/** `waiting`: to be sent, at once or again. `failed`: it was tried for about a day. */
export const deliveryStates = ["waiting", "delivered", "failed"] as const;

export type DeliveryState = (typeof deliveryStates)[number];

export interface Webhook {
  readonly id: WebhookId;
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly address: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** Since when no delivery has come through. */
  readonly failingSince?: Date;
  /** Events up to here have been looked at. */
  readonly lookedUntil: Date;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly createdAt: Date;
}

export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly instanceId: InstanceId;
  readonly event: DeliveredEvent;
  /** Exactly the bytes that are signed and sent. */
  readonly body: string;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly nextTry?: Date;
  readonly lastStatus?: number;
  /** What the address answered, cut, or why it could not be asked. */
  readonly lastAnswer?: string;
  readonly createdAt: Date;
  readonly triedAt?: Date;
}
