/**
 * Sends one request to a provider: https, no redirects, no private addresses, 5 seconds, 64 KB. Whatever goes wrong is an
 * answer in words of ours; neither the secret nor what came back is in them.
 */
import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { Agent, type RequestOptions, request as secureRequest } from "node:https";
import type { LiveRequest } from "#scan/secrets/live/live-request.ts";
import type { ProviderAnswer } from "#scan/secrets/live/read-verdict.ts";
import { isSpecialAddress } from "../special-addresses.ts";
import { type NameDoor, privateAddress, publicLookup } from "./public-lookup.ts";

export type Sent =
  | { readonly is: "answer"; readonly answer: ProviderAnswer; readonly retryAfter: string | undefined }
  | { readonly is: "failed"; readonly reason: string };

export type SendLiveRequest = (request: LiveRequest, signal?: AbortSignal) => Promise<Sent>;

export interface Transport extends NameDoor {
  readonly request: typeof secureRequest;
  /** What every request has beside its own: where to connect to, and how. */
  readonly options: RequestOptions;
  /** Milliseconds for the whole answer. */
  readonly timeLimit: number;
}

/** A proxy is used if the environment names one, as for git. */
export function openTransport(environment: NodeJS.ProcessEnv): Transport {
  return {
    resolve: (name) => lookup(name, { all: true }),
    refuses: isSpecialAddress,
    request: secureRequest,
    options: { port: 443, rejectUnauthorized: true, agent: new Agent({ proxyEnv: environment, keepAlive: false }) },
    timeLimit: 5000,
  };
}

const longestBody = 64 * 1024;

export function sendVia(transport: Transport): SendLiveRequest {
  const { request, options, timeLimit } = transport;
  return async (asked, signal) => {
    const limit = AbortSignal.timeout(timeLimit);
    try {
      const response = await new Promise<IncomingMessage>((answered, failed) => {
        const outgoing = request(
          {
            ...options,
            ...{ host: asked.host, servername: asked.host, method: asked.method, path: asked.path },
            headers: {
              "User-Agent": "Sallyport",
              ...asked.headers,
              Host: asked.host,
              ...(asked.body !== undefined && { "Content-Length": Buffer.byteLength(asked.body) }),
            },
            lookup: publicLookup(asked.host, transport),
            signal: signal ? AbortSignal.any([limit, signal]) : limit,
          },
          answered,
        );
        outgoing.on("error", failed);
        outgoing.end(asked.body);
      });
      return await answerOf(response);
    } catch (error) {
      return { is: "failed", reason: reasonOf(error, asked.host, limit.aborted) };
    }
  };
}

async function answerOf(response: IncomingMessage): Promise<Sent> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestBody) break;
  }
  response.destroy();
  const answer = {
    status: response.statusCode ?? 0,
    contentType: response.headers["content-type"] ?? "",
    body: Buffer.concat(chunks).toString("utf8", 0, longestBody),
    isCut: size > longestBody,
  };
  return { is: "answer", answer, retryAfter: response.headers["retry-after"] };
}

function reasonOf(error: unknown, host: string, isLate: boolean): string {
  if (isLate) return `${host} did not answer in time`;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === privateAddress) return `${host} leads to a private address here; nothing was sent`;
  return `${host} cannot be reached${typeof code === "string" ? ` (${code})` : ""}`;
}
