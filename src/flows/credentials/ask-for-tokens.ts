/** New tokens for a sign-in, each method in its own way. Only the person's refresh token is used up by it. */
import type { Tokens } from "#azure-devops/entra/open-entra.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Db } from "#store/database.ts";
import type { SignInRow } from "#store/people/sign-ins.ts";
import { open } from "#store/sealing.ts";
import { openEntraApp } from "./open-entra-app.ts";
import { machineIdentity } from "./sign-in-as-app.ts";
import type { Actor } from "./use-credential.ts";

export async function askForTokens(app: Actor, db: Db, row: SignInRow, claims: string | undefined): Promise<Tokens> {
  if (row.method === "managed-identity") {
    return app.entra.managedIdentity(row.objectId === machineIdentity ? {} : { clientId: row.objectId });
  }
  const entraApp = await openEntraApp(app, db);
  if (!entraApp) {
    const message = "Sallyport has no Entra app any more: enter it in Settings.";
    throw new RemoteError("sign-in-again", message, { details: { problem: "app-unknown" } });
  }
  if (row.method === "service-principal") return app.entra.clientCredentials(entraApp, row.tenantId, claims);
  if (!row.sealedRefresh) {
    const message = "Microsoft Entra ID gave no refresh token for this sign-in.";
    throw new RemoteError("sign-in-again", message, { details: { problem: "sign-in-expired" } });
  }
  const refreshToken = open(app.keys, row.sealedRefresh, row.id);
  const tokens = await app.entra.refresh(entraApp, {
    tenant: row.tenantId,
    refreshToken,
    ...(claims === undefined ? {} : { claims }),
  });
  return tokens.scopes.length > 0 ? tokens : { ...tokens, scopes: row.scopes };
}
