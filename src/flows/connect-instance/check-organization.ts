/** Asks one organization who a credential is and what it may do there; a no becomes a text that says what was expected and what to do. */
import type { Credential } from "#azure-devops/credential.ts";
import { identify } from "#azure-devops/identify.ts";
import { preflight } from "#azure-devops/preflight/preflight.ts";
import type { OrganizationId } from "#model/ids.ts";
import type { Preflight } from "#model/preflight.ts";
import type { SignInMethod } from "#model/scopes.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { accountText } from "./account-text.ts";
import { remoteProblem } from "./remote-problem.ts";

export type CredentialCheck =
  | {
      readonly is: "accepted";
      readonly organization: OrganizationId;
      readonly accountId: string;
      readonly accountName: string;
      readonly preflight: Preflight;
      /** Why it is of no use for scanning all the same. */
      readonly problem?: string;
    }
  | { readonly is: "problem"; readonly problem: string };

export async function checkOrganization(
  app: Pick<App, "remote" | "now">,
  name: string,
  { method, credential }: { readonly method: SignInMethod; readonly credential: Credential },
): Promise<CredentialCheck> {
  const client = app.remote.organization(name, credential, "person");
  const context = { method, addresses: app.remote.addresses };
  const identified = await remoteAnswer(() => identify(client));
  if (identified.is === "no") return { is: "problem", problem: remoteProblem(name, identified.error, context) };
  const checked = await remoteAnswer(() => preflight(client, { method, now: app.now }));
  if (checked.is === "no") return { is: "problem", problem: remoteProblem(name, checked.error, context) };
  const { organization, account } = identified.value;
  const scan = checked.value.features.find(({ feature }) => feature === "scan");
  return {
    is: "accepted",
    organization: organization.id,
    accountId: account.id,
    accountName: accountText(account),
    preflight: checked.value,
    // What else is missing is told, and the rest works.
    ...(scan?.works === "no" && { problem: `${name} cannot be scanned with it. ${scan.reason}` }),
  };
}
