/**
 * One call to Entra over HTTP: host, time limit, size limit. Never follows a redirect, and leaves the host that the
 * addresses name for nothing. Troubles that pass become RemoteErrors here; a refusal with a body is the caller's to read.
 */
import { RemoteError } from "#model/remote-error.ts";
import type { Addresses } from "../addresses.ts";

export interface AskEntra {
  readonly addresses: Addresses;
  readonly userAgent: string;
  /** Milliseconds for a whole answer; 30 seconds if absent. */
  readonly timeLimit?: number;
}

/** What openid-client knows as Entra, with its two departures from the standard. */
export const entraOrigin = "https://login.microsoftonline.com";

const largestAnswer = 1024 * 1024;

interface EntraRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
}

export async function askEntra(about: AskEntra, url: string, request: EntraRequest): Promise<Response> {
  const base = about.addresses["login.microsoftonline.com"];
  const address = url.startsWith(`${entraOrigin}/`) ? `${base}${url.slice(entraOrigin.length)}` : url;
  if (!address.startsWith(`${base}/`)) throw new Error("A call would have left the host of Microsoft Entra ID.");
  const answer = await ask(about, address, request, "Microsoft Entra ID");
  // Entra says more in the body than in the challenge, and openid-client would read only the challenge.
  answer.headers.delete("www-authenticate");
  return answer;
}

/** Also for what is asked on the way to a sign-in elsewhere: managed identities, and whose directory an organization is in. */
export async function ask(
  { userAgent, timeLimit = 30_000 }: Omit<AskEntra, "addresses">,
  address: string,
  { method = "GET", headers, body }: EntraRequest,
  who: string,
): Promise<Response> {
  const limit = AbortSignal.timeout(timeLimit);
  try {
    const answer = await fetch(address, {
      method,
      headers: { ...headers, accept: "application/json", "user-agent": userAgent },
      redirect: "manual",
      signal: limit,
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(answer);
    throwIfPassing(answer, who);
    const { status, headers: kept } = answer;
    return new Response([204, 205, 304].includes(status) ? null : text, { status, headers: kept });
  } catch (error) {
    if (error instanceof RemoteError) throw error;
    if (limit.aborted) {
      throw new RemoteError("timed-out", `${who} did not answer within ${Math.round(timeLimit / 1000)} seconds.`);
    }
    throw new RemoteError("unreachable", `${who} could not be reached${codeOf(error)}.`);
  }
}

function throwIfPassing({ status, headers }: Response, who: string): void {
  if (status !== 429 && status < 500) return;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const retryAfter = seconds > 0 ? { retryAfter: Math.min(seconds, 900) * 1000 } : {};
  if (status === 429) {
    throw new RemoteError("rate-limited", `${who} asks to wait.`, { details: { status }, ...retryAfter });
  }
  throw new RemoteError("unavailable", `${who} answered ${status}.`, { details: { status }, ...retryAfter });
}

async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > largestAnswer) throw new RemoteError("unexpected", "An answer of Microsoft Entra ID is too large.");
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? ` (${code})` : "";
}
