/** Refusals of Microsoft Entra ID: OAuth error, AADSTS number and sentence, in the body of the token endpoint or as a redirect. */
import { randomUUID } from "node:crypto";
import type { Answer } from "../route.ts";
import type { World } from "../world.ts";

export interface EntraFailure {
  /** The OAuth error. */
  readonly error: string;
  /** The number after `AADSTS`. */
  readonly code: number;
  /** What follows `AADSTS{code}: `. */
  readonly text: string;
  readonly suberror?: string;
  readonly claims?: string;
}

export class EntraError extends Error {
  readonly failure: EntraFailure;

  constructor(failure: EntraFailure) {
    super(failure.text);
    this.failure = failure;
  }
}

export function entraError(error: string, code: number, text: string, suberror?: string): EntraError {
  return new EntraError({ error, code, text, ...(suberror ? { suberror } : {}) });
}

/** `2026-11-25 09:00:00Z`: how Entra writes a moment. */
function timestamp(world: World): string {
  return `${world.clock.now().toISOString().slice(0, 19).replace("T", " ")}Z`;
}

export function describeFailure(world: World, failure: EntraFailure): string {
  return `AADSTS${failure.code}: ${failure.text} Trace ID: ${randomUUID()} Correlation ID: ${randomUUID()} Timestamp: ${timestamp(world)}`;
}

/** The JSON that the token endpoint and the metadata answer with. */
export function failureAnswer(world: World, failure: EntraFailure): Answer {
  return {
    status: failure.error === "invalid_client" ? 401 : 400,
    body: {
      error: failure.error,
      error_description: describeFailure(world, failure),
      error_codes: [failure.code],
      timestamp: timestamp(world),
      trace_id: randomUUID(),
      correlation_id: randomUUID(),
      error_uri: `https://login.microsoftonline.com/error?code=${failure.code}`,
      ...(failure.suberror ? { suberror: failure.suberror } : {}),
      ...(failure.claims ? { claims: failure.claims } : {}),
    },
    headers: { "Cache-Control": "no-store, no-cache" },
  };
}

/** The address that takes the browser back to the app with the refusal. */
export function failureLocation(
  world: World,
  redirectUri: string,
  state: string | undefined,
  failure: EntraFailure,
): string {
  const location = new URL(redirectUri);
  location.searchParams.set("error", failure.error);
  if (failure.suberror) location.searchParams.set("error_subcode", failure.suberror);
  location.searchParams.set("error_description", describeFailure(world, failure));
  location.searchParams.set("error_uri", `https://login.microsoftonline.com/error?code=${failure.code}`);
  if (state !== undefined) location.searchParams.set("state", state);
  return location.href;
}
