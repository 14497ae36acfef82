/** From a row to what a call is signed with: a token is opened, a sign-in renews itself. */
import type { Credential } from "#azure-devops/credential.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Credential as CredentialRow } from "#store/people/credentials.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { useSignIn } from "./use-sign-in.ts";

/** What acting as somebody needs of the app. */
export type Actor = Pick<App, "db" | "keys" | "jobs" | "entra" | "log" | "now">;

export async function useCredential(app: Actor, row: CredentialRow): Promise<Credential> {
  if (row.signInId !== undefined) return useSignIn(app, row.signInId);
  if (!row.sealed) throw new RemoteError("signed-out", "There is nothing to sign in with.");
  return { is: "pat", value: open(app.keys, row.sealed, row.id) };
}
