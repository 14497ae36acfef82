/** How a call proves who it is. The value is revealed only where the header is made. */
import { createHash } from "node:crypto";
import { type SecretValue, secretValue } from "#model/secret-value.ts";

export type Credential =
  | { readonly is: "pat"; readonly value: SecretValue }
  /** Asked before every call, so that it may renew itself in between. */
  | { readonly is: "bearer"; token(): Promise<SecretValue> };

/** The whole value of the Authorization header, for the API and for git alike. */
export async function authorizationOf(credential: Credential): Promise<SecretValue> {
  if (credential.is === "bearer") return secretValue(`Bearer ${(await credential.token()).reveal()}`);
  return secretValue(`Basic ${Buffer.from(`:${credential.value.reveal()}`).toString("base64")}`);
}

/** Equal for credentials of one identity, as far as can be told from here: what shares a pace. */
export function paceKeyOf(credential: Credential): unknown {
  if (credential.is === "bearer") return credential;
  return createHash("sha256").update(credential.value.reveal()).digest("hex");
}
