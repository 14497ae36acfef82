/** One HTTP POST of a delivery, as the service sends it, and its text dump for the notification history. */
import { randomUUID } from "node:crypto";
import http from "node:http";
import https from "node:https";
import type { SubscriptionState, World } from "../world.ts";
import { isPrivateTarget } from "./private-targets.ts";

export type PostAnswer =
  | { readonly is: "answered"; readonly status: number; readonly reason: string; readonly text: string }
  | { readonly is: "failed"; readonly message: string };

const plainAgent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const secureAgent = new https.Agent({ keepAlive: true, maxSockets: 64 });

/** Longest part of an answer that the history keeps. */
const keptAnswer = 4096;

/** `Key:value` lines of the `httpHeaders` input. */
export function headerLines(text: string | undefined): readonly (readonly [string, string])[] {
  return (text ?? "").split(/[\r\n\f]+/).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const] : [];
  });
}

function headersFor(world: World, subscription: SubscriptionState, body: Buffer): Record<string, string> {
  const { basicAuthUsername, basicAuthPassword, httpHeaders } = subscription.consumerInputs;
  const signIn = `${basicAuthUsername ?? ""}:${basicAuthPassword ?? ""}`;
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(body.length),
    ...(world.switches.deliveryHeaders === "with-vss-headers"
      ? {
          "X-VSS-ActivityId": randomUUID(),
          "X-VSS-SubscriptionId": subscription.id,
          "Request-Id": `|${randomUUID().replaceAll("-", "")}.1.`,
        }
      : {}),
    ...(signIn === ":" ? {} : { Authorization: `Basic ${Buffer.from(signIn).toString("base64")}` }),
    ...Object.fromEntries(headerLines(httpHeaders)),
  };
}

export async function post(
  world: World,
  subscription: SubscriptionState,
  payload: Record<string, unknown>,
): Promise<PostAnswer> {
  const body = Buffer.from(JSON.stringify(payload));
  let url: URL;
  try {
    url = new URL(subscription.consumerInputs.url ?? "");
  } catch {
    return { is: "failed", message: "The URL is not valid." };
  }
  if (!world.allowPrivateTargets && isPrivateTarget(url))
    return { is: "failed", message: "The URL points to a private or special-range address." };
  const headers = headersFor(world, subscription, body);
  for (;;) {
    const answer = await postOnce(world, url, headers, body, subscription.consumerInputs.acceptUntrustedCerts);
    // a kept connection that the receiver had just closed says nothing about the receiver
    if (answer !== "stale connection") return answer;
  }
}

function postOnce(
  world: World,
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  acceptUntrustedCerts: string | undefined,
): Promise<PostAnswer | "stale connection"> {
  return new Promise((resolve) => {
    const secure = url.protocol === "https:";
    const request = (secure ? https : http).request(url, {
      method: "POST",
      headers,
      agent: secure ? secureAgent : plainAgent,
      ...(secure ? { rejectUnauthorized: acceptUntrustedCerts !== "true" } : {}),
    });
    const timer = setTimeout(
      () => request.destroy(new Error("The request timed out.")),
      world.switches.deliveryTimeout,
    );
    const settle = (answer: PostAnswer | "stale connection") => {
      clearTimeout(timer);
      resolve(answer);
    };
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (text.length < keptAnswer) text += chunk.slice(0, keptAnswer - text.length);
      });
      response.on("error", (error) => settle({ is: "failed", message: error.message }));
      response.on("end", () =>
        settle({
          is: "answered",
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? "",
          text: `Status Code: ${response.statusCode}\nReason Phrase: ${response.statusMessage}\nContent:\n${text}`,
        }),
      );
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      settle(stale ? "stale connection" : { is: "failed", message: error.message });
    });
    request.end(body);
  });
}

/** The dump that the history shows as `details.request`: secrets masked. */
export function requestText(subscription: SubscriptionState, payload: Record<string, unknown>): string {
  const { url, httpHeaders } = subscription.consumerInputs;
  const headers = headerLines(httpHeaders).map(([name]) => `  ${name}: ********\n`);
  return `Method: POST\nURI: ${url}\nHTTP Version: 1.1\nHeaders:\n{\n  Content-Type: application/json; charset=utf-8\n${headers.join("")}}\nContent:\n${JSON.stringify(payload, null, 2)}\n`;
}
