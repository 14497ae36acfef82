/** The headers of a delivery. Its signature covers the time and the body, so that neither can be changed nor replayed later. */
import { createHmac } from "node:crypto";
import type { SecretValue } from "#model/secret-value.ts";
import type { Delivery } from "#model/webhook.ts";

export function headersOf(
  { id, event, body }: Pick<Delivery, "id" | "event" | "body">,
  secret: SecretValue,
  now: Date,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac("sha256", secret.reveal()).update(`${timestamp}.${body}`).digest("hex");
  return {
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "Sallyport",
    "X-Sallyport-Event": event,
    "X-Sallyport-Delivery": id,
    "X-Sallyport-Timestamp": timestamp,
    "X-Sallyport-Signature": `sha256=${signature}`,
  };
}
