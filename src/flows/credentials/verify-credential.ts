/** Looks whether a credential works, with the one call that needs no scope and no right. */
import { identify } from "#azure-devops/identify.ts";
import type { RemoteError } from "#model/remote-error.ts";
import type { CredentialHealth } from "#store/database.ts";
import type { OrganizationRow } from "#store/instances/organizations.ts";
import type { Credential } from "#store/people/credentials.ts";
import { type Opener, openCredential } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";

export type Verified =
  | { readonly is: "works" }
  | { readonly is: "dead"; readonly health: Exclude<CredentialHealth, "good">; readonly reason: string }
  /** The organization did not answer, or is not there: that tells nothing of the credential. */
  | { readonly is: "untold"; readonly error: RemoteError };

export async function verifyCredential(
  app: Opener,
  credential: Credential,
  organization: Pick<OrganizationRow, "name">,
): Promise<Verified> {
  const answer = await remoteAnswer(async () =>
    identify(await openCredential(app, credential, organization.name, "person")),
  );
  if (answer.is === "answer") return { is: "works" };
  const { error } = answer;
  // Whatever else it refuses: it knows who asks.
  if (error.code === "forbidden" || error.code === "refused" || error.code === "conflict") return { is: "works" };
  if (error.code === "sign-in-again") return { is: "dead", health: "sign-in-again", reason: error.message };
  if (error.code !== "signed-out") return { is: "untold", error };
  // Entra vouches for the account, so it is the organization that does not know it any more.
  const health = credential.method === "pat" ? "refused" : "removed";
  return { is: "dead", health, reason: error.message };
}
