/** Webhooks: what other systems are told, where they are told it, and the log of deliveries. */
import { type Static, Type } from "typebox";
import { deliveryStates, webhookEvents } from "#model/webhook.ts";
import { id } from "../shapes/id.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

const eventName = Type.Enum(webhookEvents);

const wish = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  address: Type.String({ minLength: 1, maxLength: 2000, description: "https, and not inside this server's network" }),
  events: Type.Array(eventName, { minItems: 1, maxItems: 50, uniqueItems: true }),
  enabled: Type.Boolean(),
};

const secret = Type.String({ minLength: 16, maxLength: 200, description: "Signs every delivery" });

export const newWebhookBody = Type.Object({ ...wish, secret: Type.Optional(secret) }, { additionalProperties: false });
export type NewWebhookBody = Static<typeof newWebhookBody>;
export const webhookBody = Type.Object(wish, { additionalProperties: false });
export type WebhookBody = Static<typeof webhookBody>;
export const secretBody = Type.Object({ secret: Type.Optional(secret) }, { additionalProperties: false });

const webhookRow = Type.Object({
  id,
  instanceId: id,
  ...wish,
  failingSince: nullable(time),
  changedBy: Type.String(),
  changedAt: time,
});
export type WebhookRow = Static<typeof webhookRow>;

export const webhookAnswer = webhookRow;
export const webhooksAnswer = Type.Object({ rows: Type.Array(webhookRow) });
export type Webhooks = Static<typeof webhooksAnswer>;

/** The only time that the secret is shown. */
export const withSecretAnswer = Type.Object({ ...webhookRow.properties, secret: Type.String() });
export type WebhookWithSecret = Static<typeof withSecretAnswer>;

export const deliveriesQuery = Type.Object(pageQuery);
export type DeliveriesQuery = Partial<Static<typeof deliveriesQuery>>;

const delivery = Type.Object({
  id,
  webhookId: id,
  event: Type.String(),
  state: Type.Enum(deliveryStates),
  tries: Type.Integer(),
  nextTry: nullable(time),
  lastStatus: nullable(Type.Integer({ description: "HTTP status of the last answer" })),
  lastAnswer: nullable(Type.String({ description: "The beginning of the last answer, or why there was none" })),
  createdAt: time,
  triedAt: nullable(time),
  /** The beginning of it. */
  body: Type.String(),
});
export type DeliveryRow = Static<typeof delivery>;

export const deliveriesAnswer = pageOf(delivery);
export type Deliveries = Static<typeof deliveriesAnswer>;
export const deliveryAnswer = delivery;
