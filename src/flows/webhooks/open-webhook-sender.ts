/**
 * Sends a webhook: no redirects, ten seconds, 4 KB of the answer. Addresses inside a network, and plain http, are refused
 * unless the server's operator allows them: whoever manages an instance must not reach what only this machine can.
 */
import { lookup } from "node:dns/promises";
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent, type RequestOptions, request as secureRequest } from "node:https";
import { isIP } from "node:net";
import { privateAddress, publicLookup } from "../live-checks/public-lookup.ts";
import { isSpecialAddress } from "../special-addresses.ts";

export interface WebhookRequest {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type WebhookAnswer =
  | { readonly is: "answer"; readonly status: number; readonly text: string }
  | { readonly is: "failed"; readonly reason: string };

export interface WebhookSender {
  /** In words, why nothing is sent to this address; undefined: it may be tried. */
  refusal(address: string): string | undefined;
  send(request: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer>;
}

export interface SenderOptions {
  /** Whether private addresses and plain http are allowed. */
  readonly allowsPrivate: boolean;
  /** A proxy is used if it names one. */
  readonly environment: NodeJS.ProcessEnv;
}

const timeLimit = 10_000;
const longestAnswer = 4 * 1024;
const longestAddress = 2_000;

export function openWebhookSender({ allowsPrivate, environment }: SenderOptions): WebhookSender {
  const agents = {
    "http:": new PlainAgent({ proxyEnv: environment, keepAlive: false }),
    "https:": new Agent({ proxyEnv: environment, keepAlive: false }),
  };
  const door = {
    resolve: (name: string) => lookup(name, { all: true }),
    refuses: (address: string) => !allowsPrivate && isSpecialAddress(address),
  };
  const sender: WebhookSender = {
    refusal: (address) => refusalOf(address, allowsPrivate),
    async send({ address, headers, body }, signal) {
      const refused = sender.refusal(address);
      if (refused !== undefined) return { is: "failed", reason: refused };
      const url = new URL(address);
      const limit = AbortSignal.timeout(timeLimit);
      const { request, agent } =
        url.protocol === "http:"
          ? { request: plainRequest, agent: agents["http:"] }
          : { request: secureRequest, agent: agents["https:"] };
      const options: RequestOptions = {
        method: "POST",
        agent,
        headers: { ...headers, "Content-Length": String(Buffer.byteLength(body)) },
        lookup: publicLookup(url.hostname, door),
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      };
      try {
        return await answerOf(await responseOf(request(url, options), body));
      } catch (error) {
        signal?.throwIfAborted();
        return { is: "failed", reason: reasonOf(error, url.host, limit.aborted) };
      }
    },
  };
  return sender;
}

function refusalOf(address: string, allowsPrivate: boolean): string | undefined {
  const url = URL.canParse(address) && address.length <= longestAddress ? new URL(address) : undefined;
  if (!url || !["https:", "http:"].includes(url.protocol) || url.username !== "" || url.password !== "") {
    return "A webhook needs an address like https://hooks.example.com/sallyport, without user and password.";
  }
  if (allowsPrivate) return undefined;
  if (url.protocol === "http:") {
    return "A webhook needs an https address; the operator of this server can allow http with SALLYPORT_PRIVATE_WEBHOOKS=on.";
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isInside = isIP(host) !== 0 ? isSpecialAddress(host) : /^localhost\.?$|\.localhost\.?$/i.test(host);
  return isInside ? insideWords(url.host) : undefined;
}

function insideWords(host: string): string {
  return `${host} leads to a private address; the operator of this server can allow that with SALLYPORT_PRIVATE_WEBHOOKS=on.`;
}

function responseOf(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    request.on("response", answered);
    request.on("error", failed);
    request.end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<WebhookAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= longestAnswer) break;
  }
  response.destroy();
  return {
    is: "answer",
    status: response.statusCode ?? 0,
    text: Buffer.concat(chunks).toString("utf8", 0, longestAnswer),
  };
}

function reasonOf(error: unknown, host: string, isLate: boolean): string {
  if (isLate) return `${host} did not answer within ten seconds.`;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === privateAddress) return insideWords(host);
  return `${host} cannot be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}
