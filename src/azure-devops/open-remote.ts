/** The door to Azure DevOps: clients that pace themselves per identity, and repeat only what may be repeated. */
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import type { Addresses } from "./addresses.ts";
import { authorizationOf, type Credential, paceKeyOf } from "./credential.ts";
import { type OrganizationClient, path, type RemoteAnswer, type RemoteRequest } from "./organization-client.ts";
import { createPacer, type Pacer } from "./pacer.ts";
import { pauseAsked } from "./rate-limit.ts";
import { failureOf, type RawAnswer } from "./remote-failure.ts";
import { type Sender, sendRequest } from "./send-request.ts";

export interface Remote {
  readonly addresses: Addresses;
  organization(name: string, credential: Credential): OrganizationClient;
}

export interface RemoteOptions {
  readonly addresses: Addresses;
  readonly log: Logger;
  readonly userAgent: string;
  readonly now: () => Date;
  /** Calls of one identity at a time. */
  readonly callsAtOnce?: number;
  /** Milliseconds that a call waits for its pace; a longer pause becomes an error that says when to come back. */
  readonly longestPause?: number;
  readonly timeLimit?: number;
  readonly bodyLimit?: number;
  /** How time passes; tests turn it. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const attempts = 4;
const firstBackOff = 400;

export function openRemote(options: RemoteOptions): Remote {
  const wait =
    options.wait ??
    ((milliseconds: number, signal?: AbortSignal) => pause(milliseconds, undefined, signal ? { signal } : {}));
  const { callsAtOnce = 6, longestPause = 30_000, now } = options;
  const pacers = new Map<unknown, Pacer>();

  function pacerOf(credential: Credential): Pacer {
    const key = paceKeyOf(credential);
    const known = pacers.get(key);
    if (known) return known;
    const made = createPacer({ callsAtOnce, longestPause, now, wait });
    pacers.set(key, made);
    return made;
  }

  return {
    addresses: options.addresses,
    organization(organization, credential) {
      const { addresses, userAgent, timeLimit = 60_000, bodyLimit = 64 * 1024 * 1024 } = options;
      const sender: Sender = { addresses, organization, credential, userAgent, timeLimit, bodyLimit };
      const pacer = pacerOf(credential);
      const once = (request: RemoteRequest) => callOnce(sender, pacer, request, options);
      return {
        organization,
        addresses,
        authorization: () => authorizationOf(credential),
        request: (request) => repeat(request, () => pacer.run(() => once(request), request.signal), wait),
      };
    },
  };
}

async function callOnce(
  sender: Sender,
  pacer: Pacer,
  request: RemoteRequest,
  { log, now }: RemoteOptions,
): Promise<RemoteAnswer> {
  const started = performance.now();
  const answer = await sendRequest(sender, request);
  const asked = pauseAsked(answer.status, answer.headers, now());
  if (asked !== undefined) pacer.pauseUntil(now().getTime() + asked);
  const line = { method: answer.method, path: request.path, status: answer.status };
  log.debug({ ...line, milliseconds: Math.round(performance.now() - started), pause: asked }, "azure devops answered");
  const failure = failureOf(answer, asked);
  if (failure) throw (await isScopeMissing(sender, request, failure)) ? scopeMissing(failure) : failure;
  return { status: answer.status, headers: answer.headers, body: parse(answer) };
}

const whoAmI = { path: path`/_apis/connectionData`, apiVersion: "7.1-preview" } as const;

/** A token without the scope is refused with the same 401 as a bad one; only a call that needs no scope tells them apart. */
async function isScopeMissing(sender: Sender, request: RemoteRequest, failure: RemoteError): Promise<boolean> {
  if (failure.code !== "signed-out" || failure.details.status !== 401 || request.path === whoAmI.path) return false;
  try {
    const signal = request.signal ? { signal: request.signal } : {};
    return failureOf(await sendRequest(sender, { ...whoAmI, ...signal }), undefined) === undefined;
  } catch {
    return false;
  }
}

function scopeMissing({ details }: RemoteError): RemoteError {
  return new RemoteError("forbidden", "The credential lacks the scope for this.", { details });
}

function parse(answer: RawAnswer): unknown {
  if (answer.text === "") return undefined;
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    const details = { path: new URL(answer.url).pathname, status: answer.status };
    throw new RemoteError("unexpected", "Azure DevOps answered with something that is no JSON.", { details, cause });
  }
}

/** A refused 429 was not carried out, whatever it was. Anything else is repeated only if a second one does no harm. */
async function repeat(
  request: RemoteRequest,
  call: () => Promise<RemoteAnswer>,
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>,
): Promise<RemoteAnswer> {
  const mayRepeat = request.isRepeatable ?? !["POST", "PATCH"].includes(request.method ?? "GET");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (request.signal?.aborted) throw new RemoteError("timed-out", "The call was cancelled.", { cause: error });
      if (!(error instanceof RemoteError) || attempt === attempts) throw error;
      const isPaced = error.code === "rate-limited" && error.details.status === 429;
      if (!isPaced && !(mayRepeat && isPassing(error, attempt))) throw error;
      // The pacer waits as long as the service asked; without such a wish, jitter keeps a crowd apart.
      if (!isPaced && error.retryAfter === undefined) {
        await wait(firstBackOff * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), request.signal);
      }
    }
  }
}

/** What may go well the next time. A minute of silence is waited for only twice. */
function isPassing({ code, details }: RemoteError, attempt: number): boolean {
  if (code === "unreachable") return true;
  if (code === "timed-out") return attempt === 1;
  return code === "unavailable" && [502, 503, 504].includes(Number(details.status));
}
