/** How a call proves who it is. The value is revealed only where the header is made. */
import { createHash } from "node:crypto";
import { type SecretValue, secretValue } from "#model/secret-value.ts";

/** Why the token given before is of no use any more. */
export interface Renewal {
  /** What Azure DevOps demands of the next one: JSON text, to be passed to Entra as it is. */
  readonly claims?: string;
}

export type Credential =
  | { readonly is: "pat"; readonly value: SecretValue }
  | {
      readonly is: "bearer";
      /** The same for one identity in one tenant: what shares a pace. */
      readonly identity: string;
      /** Asked before every call, so that it may renew itself in between; with `renew` when the one before was refused. */
      token(renew?: Renewal): Promise<SecretValue>;
    };

/** The whole value of the Authorization header, for the API and for git alike. */
export async function authorizationOf(credential: Credential, renew?: Renewal): Promise<SecretValue> {
  if (credential.is === "bearer") return secretValue(`Bearer ${(await credential.token(renew)).reveal()}`);
  return secretValue(`Basic ${Buffer.from(`:${credential.value.reveal()}`).toString("base64")}`);
}

/** Equal for credentials of one identity, as far as can be told from here: what shares a pace. */
export function paceKeyOf(credential: Credential): string {
  if (credential.is === "bearer") return `bearer ${credential.identity}`;
  return createHash("sha256").update(credential.value.reveal()).digest("hex");
}
