/** Reads what openid-client throws. Its causes hold codes, tokens and claims: only names and numbers are taken over. */
import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { RemoteError } from "#model/remote-error.ts";
import { isWire } from "../read-wire.ts";
import { entraRefused, type SignInStep, signInFailed } from "./entra-error.ts";

export function entraErrorOf(error: unknown, step: SignInStep): RemoteError {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof RemoteError) return at;
  if (error instanceof AuthorizationResponseError) return entraRefused(Object.fromEntries(error.cause), "authorize");
  if (error instanceof ResponseBodyError) return entraRefused(error.cause, step, error.status);
  if (!(error instanceof ClientError)) throw error;
  return unacceptable(error, step);
}

/** Entra answered, and the answer does not hold: what was expected of it is the interesting part. */
function unacceptable(error: ClientError, step: SignInStep): RemoteError {
  const details = { step, reason: error.code ?? "unknown" };
  const message = `An answer of Microsoft Entra ID was not acceptable: ${error.message}.`;
  const claim = claimOf(error);
  if (error.code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED" && claim === "nonce") {
    return signInFailed("state-mismatch", message, { ...details, claim });
  }
  if (error.code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED" && claim === "iss") {
    return signInFailed("wrong-directory", message, { ...details, claim });
  }
  if (error.code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED") {
    return signInFailed("other", message, { ...details, reason: "clock", claim });
  }
  return new RemoteError("unexpected", message, { details: { ...details, problem: "other", claim } });
}

function claimOf({ cause }: ClientError): string | undefined {
  const facts = cause instanceof Error ? cause.cause : undefined;
  return isWire(facts) && typeof facts.claim === "string" ? facts.claim : undefined;
}
