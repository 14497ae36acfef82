/** Signs in without a person: as the service principal of the Entra app, or as the managed identity of this machine. */
import type { Tokens } from "#azure-devops/entra/open-entra.ts";
import type { SignInId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { newId } from "#store/new-id.ts";
import { claimSignIn, type NewSignIn, setSignInTokens } from "#store/people/sign-ins.ts";
import { inTransaction } from "#store/transaction.ts";
import { openEntraApp } from "./open-entra-app.ts";
import { sealTokens } from "./sealed-tokens.ts";
import type { Actor } from "./use-credential.ts";

export type AppSignIn =
  /** `tenant`: that of the app's settings if absent. */
  | { readonly is: "service-principal"; readonly tenant?: string }
  /** `clientId` chooses among identities that were assigned by hand. */
  | { readonly is: "managed-identity"; readonly clientId?: string };

/** Stands for the machine's own identity, which has no id that could be asked for. */
export const machineIdentity = "system-assigned";

/** Throws a RemoteError with words in `signInProblem`. The sign-in is kept for a day if no credential comes to use it. */
export async function signInAsApp(app: Actor, as: AppSignIn): Promise<SignInId> {
  const { tokens, ...who } = await (as.is === "managed-identity" ? asMachine(app, as) : asServicePrincipal(app, as));
  return inTransaction(app.db, async (tx) => {
    const id = await claimSignIn(tx, { ...who, id: newId<SignInId>() });
    await setSignInTokens(tx, id, sealTokens(app, id, tokens), app.now());
    return id;
  });
}

type SignedIn = Omit<NewSignIn, "id"> & { readonly tokens: Tokens };

async function asServicePrincipal(
  app: Actor,
  { tenant: wanted }: AppSignIn & { readonly is: "service-principal" },
): Promise<SignedIn> {
  const entraApp = await openEntraApp(app, app.db);
  const tenantId = wanted ?? entraApp?.tenant;
  if (!entraApp || tenantId === undefined) {
    const message = entraApp
      ? "The directory of the service principal is not known: enter it beside the Entra app in Settings."
      : "There is no Entra app yet: enter it in Settings.";
    throw new RemoteError("sign-in-again", message, { details: { problem: "app-unknown" } });
  }
  const { clientId } = entraApp;
  const tokens = await app.entra.clientCredentials(entraApp, tenantId);
  return { method: "service-principal", tenantId, objectId: clientId, accountName: clientId, tokens };
}

/** Its directory is the organization's own; the machine does not say which. */
async function asMachine(app: Actor, { clientId }: AppSignIn & { readonly is: "managed-identity" }): Promise<SignedIn> {
  const tokens = await app.entra.managedIdentity(clientId === undefined ? {} : { clientId });
  const objectId = clientId ?? machineIdentity;
  return { method: "managed-identity", tenantId: "", objectId, accountName: objectId, tokens };
}
