/**
 * One call in its turn: sends it, heeds what the answer says of the budget, and tells a good answer from a refusal. A
 * bearer token that is refused is renewed, and the call is sent once more, whatever it was: it had not begun.
 */
import type { Logger } from "pino";
import type { Purpose } from "#model/purpose.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { ApiVersions } from "./api-versions.ts";
import { authorizationOf, type Credential } from "./credential.ts";
import { missingScope, scopeNeeded } from "./missing-right.ts";
import { path, type RemoteAnswer, type RemoteRequest } from "./organization-client.ts";
import type { Pacer } from "./pacer.ts";
import { type RateAnswer, readRate } from "./rate-limit.ts";
import { failureOf, type RawAnswer } from "./remote-failure.ts";
import { type Sender, sendRequest } from "./send-request.ts";
import type { SpendCount } from "./spend.ts";

export interface PacedSender extends Sender {
  readonly credential: Credential;
  readonly purpose: Purpose;
  readonly pacer: Pacer;
  readonly spend: SpendCount;
  readonly versions: ApiVersions;
  readonly log: Logger;
  readonly now: () => Date;
}

export async function sendPaced(sender: PacedSender, request: RemoteRequest): Promise<RemoteAnswer> {
  const { credential, pacer, purpose, spend, organization = "" } = sender;
  const waited = (delayedMilliseconds: number) => spend.add(organization, purpose, { delayedMilliseconds });
  const turn = { purpose, waited, ...(request.signal && { signal: request.signal }) };
  return pacer.run(async () => {
    const authorization = await authorizationOf(credential);
    let outcome = await tryWith(sender, request, authorization);
    if (credential.is === "bearer" && isTokenRefused(outcome)) {
      // Another call may have renewed it while this one was under way.
      const current = await authorizationOf(credential);
      if (current.reveal() !== authorization.reveal()) outcome = await tryWith(sender, request, current);
      if (isTokenRefused(outcome)) outcome = await tryWith(sender, request, await renew(credential, outcome));
    }
    if (outcome instanceof RemoteError) throw outcome;
    return outcome;
  }, turn);
}

function isTokenRefused(outcome: RemoteAnswer | RemoteError): outcome is RemoteError {
  return outcome instanceof RemoteError && ["signed-out", "sign-in-again"].includes(outcome.code);
}

const renewals = new WeakMap<Credential, Promise<SecretValue>>();

/** Calls that are refused at the same time ask for one new token together. */
function renew(credential: Credential, { details }: RemoteError): Promise<SecretValue> {
  const running = renewals.get(credential);
  if (running) return running;
  const claims = typeof details.claims === "string" ? { claims: details.claims } : {};
  const made = authorizationOf(credential, claims).finally(() => renewals.delete(credential));
  renewals.set(credential, made);
  return made;
}

async function tryWith(
  sender: PacedSender,
  request: RemoteRequest,
  authorization: SecretValue,
): Promise<RemoteAnswer | RemoteError> {
  const { answer, rate } = await sendCounted(sender, request, authorization);
  const failure = failureOf(answer, rate.pause);
  if (failure && sender.versions.learn(request, failure)) return tryWith(sender, request, authorization);
  if (!failure) return { status: answer.status, headers: answer.headers, body: parse(answer) };
  const isScopeMissing = await lacksScope(sender, request, authorization, failure);
  return isScopeMissing ? missingScope(failure, scopeNeeded(request)) : failure;
}

async function sendCounted(
  sender: PacedSender,
  request: RemoteRequest,
  authorization: SecretValue,
): Promise<{ readonly answer: RawAnswer; readonly rate: RateAnswer }> {
  const { organization = "", purpose, spend, versions, pacer, log, now } = sender;
  const started = performance.now();
  try {
    const answer = await sendRequest(sender, { ...request, apiVersion: versions.of(request) }, authorization);
    const { method, status, headers } = answer;
    const rate = readRate(status, headers, now());
    pacer.heed(rate);
    spend.add(organization, purpose, {
      calls: 1,
      refused: status === 429 ? 1 : 0,
      failed: status >= 500 ? 1 : 0,
      delayedMilliseconds: rate.heldBack ?? 0,
    });
    const milliseconds = Math.round(performance.now() - started);
    const line = { organization, purpose, method, path: request.path, status, milliseconds };
    log.debug({ ...line, pause: rate.pause, remaining: rate.budget?.remaining }, "azure devops answered");
    return { answer, rate };
  } catch (error) {
    spend.add(organization, purpose, { calls: 1, failed: 1 });
    throw error;
  }
}

const whoAmI = { path: path`/_apis/connectionData`, apiVersion: "7.1-preview" } as const;

/** A token without the scope is refused with the same 401 as a bad one; only a call that needs no scope tells them apart. */
async function lacksScope(
  sender: PacedSender,
  request: RemoteRequest,
  authorization: SecretValue,
  failure: RemoteError,
): Promise<boolean> {
  if (failure.code !== "signed-out" || failure.details.status !== 401 || request.path === whoAmI.path) return false;
  // Outside of an organization there is no such call.
  if (sender.organization === undefined) return false;
  try {
    const signal = request.signal ? { signal: request.signal } : {};
    const { answer } = await sendCounted(sender, { ...whoAmI, ...signal }, authorization);
    return failureOf(answer, undefined) === undefined;
  } catch {
    return false;
  }
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
