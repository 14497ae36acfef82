/** A sign-in that gives no tokens until a person acts: every credential that relies on it stands back, in every instance. */
import { signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { RemoteError } from "#model/remote-error.ts";
import type { Db } from "#store/database.ts";
import { listCredentialsOfSignIn } from "#store/people/credentials.ts";
import { type SignInRow, setSignInProblem } from "#store/people/sign-ins.ts";
import type { App } from "../app.ts";
import { loseCredential } from "./lose-credential.ts";

export async function recordSignInTrouble(
  app: Pick<App, "jobs" | "now">,
  tx: Db,
  signIn: Pick<SignInRow, "id">,
  error: RemoteError,
): Promise<void> {
  const { code, title, whatHappened, entraSays } = signInProblem(error);
  const message = `${title}. ${whatHappened}${entraSays === undefined ? "" : ` Microsoft says: ${entraSays}`}`;
  const { claims } = error.details;
  await setSignInProblem(tx, signIn.id, {
    code,
    message,
    since: app.now().toISOString(),
    ...(typeof claims === "string" ? { claims } : {}),
  });
  for (const credential of await listCredentialsOfSignIn(tx, signIn.id)) {
    await loseCredential(app, tx, credential, { health: "sign-in-again", reason: message });
  }
}
