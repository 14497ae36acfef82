/** One call over HTTP: address, headers, time limit, size limit, text. Knows nothing of pacing, repetition or meaning. */
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Addresses } from "./addresses.ts";
import { encodeSegment, type RemoteRequest } from "./organization-client.ts";
import type { RawAnswer } from "./remote-failure.ts";

export interface Sender {
  readonly addresses: Addresses;
  /** Absent for calls that concern an account. */
  readonly organization?: string;
  readonly userAgent: string;
  /** Milliseconds for the whole answer. */
  readonly timeLimit: number;
  /** Bytes of the answer. */
  readonly bodyLimit: number;
}

export async function sendRequest(
  sender: Sender,
  request: RemoteRequest,
  /** Absent for what Azure DevOps tells everybody. */
  authorization: SecretValue | undefined,
): Promise<RawAnswer> {
  const method = request.method ?? "GET";
  const url = addressOf(sender, request);
  const headers: Record<string, string> = {
    Accept: `application/json;api-version=${request.apiVersion ?? "7.1"}`,
    ...(authorization && { Authorization: authorization.reveal() }),
    "User-Agent": sender.userAgent,
    "X-TFS-FedAuthRedirect": "Suppress",
    "X-VSS-ForceMsaPassThrough": "true",
  };
  if (request.body !== undefined) headers["Content-Type"] = request.contentType ?? "application/json; charset=utf-8";
  const limit = AbortSignal.timeout(sender.timeLimit);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: request.signal ? AbortSignal.any([limit, request.signal]) : limit,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const text = await readText(response, sender.bodyLimit);
    return { method, url, status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof RemoteError) throw error;
    const details = { method, path: new URL(url).pathname };
    if (limit.aborted) {
      const message = `Azure DevOps did not answer within ${Math.round(sender.timeLimit / 1000)} seconds.`;
      throw new RemoteError("timed-out", message, { details, cause: error });
    }
    if (request.signal?.aborted)
      throw new RemoteError("timed-out", "The call was cancelled.", { details, cause: error });
    const message = `Azure DevOps could not be reached${reasonOf(error)}.`;
    throw new RemoteError("unreachable", message, { details, cause: error });
  }
}

/** Made of the configured base and encoded parts only; checked, should a part ever not be what it seems. */
function addressOf({ addresses, organization }: Sender, request: RemoteRequest): string {
  const base = addresses[request.host ?? (organization === undefined ? "app.vssps.visualstudio.com" : "dev.azure.com")];
  const url = new URL(`${base}${organization === undefined ? "" : `/${encodeSegment(organization)}`}${request.path}`);
  if (!url.href.startsWith(`${base}/`)) throw new Error("A call would have left the hosts of Azure DevOps.");
  const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
  url.search = query
    .map(([name, value]) => `${encodeURIComponent(name).replaceAll("%24", "$")}=${encodeURIComponent(String(value))}`)
    .join("&");
  return url.href;
}

async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) {
      throw new RemoteError("unexpected", `An answer of Azure DevOps is larger than ${limit} bytes.`, {
        details: { path: new URL(response.url).pathname, reason: "too-large" },
      });
    }
    chunks.push(chunk);
  }
  // Drops the byte order mark that error bodies may begin with.
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? ` (${code})` : "";
}
