/**
 * Sends a person to Microsoft Entra ID: straight to the directory of what they named, or to that of the sign-in that is to be
 * renewed. State, nonce and verifier stay here, sealed and bound to the person who begins.
 */
import { createHash } from "node:crypto";
import type { EntraApp } from "#azure-devops/entra/entra-app.ts";
import type { SignInWish } from "#azure-devops/entra/open-entra.ts";
import { resolveTenant } from "#azure-devops/entra/resolve-tenant.ts";
import { signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { CredentialId, InstanceId, UserId } from "#model/ids.ts";
import type { RemoteError } from "#model/remote-error.ts";
import { newId } from "#store/new-id.ts";
import { getCredential } from "#store/people/credentials.ts";
import { insertSignInAttempt } from "#store/people/sign-in-attempts.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { openEntraApp } from "../credentials/open-entra-app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { mailOf } from "./account-text.ts";
import { askedBy } from "./asked-by.ts";
import { noEntraOnServer } from "./offer-credentials.ts";
import type { AboutSignIn, SignInPurpose } from "./sign-in-outcome.ts";

export type SignInRequest = { readonly by: UserId } & (
  | { readonly hint: string; readonly selectAccount?: boolean }
  | { readonly instance: InstanceId; readonly credential: CredentialId }
);

export type BegunSignIn =
  | {
      readonly is: "begun";
      readonly attempt: string;
      /** A page of Microsoft. */
      readonly url: string;
      /** Absent if the account decides. */
      readonly tenant?: string;
      readonly via: "organization" | "domain" | "e-mail" | "account" | "renewal";
    }
  | {
      readonly is: "problem";
      readonly because:
        | "no-entra-app"
        | "personal"
        | "unknown"
        | "no-such-credential"
        | "not-renewable"
        | "server"
        | "microsoft";
      readonly problem: string;
      readonly whatToDo?: string;
    };

type Problem = Extract<BegunSignIn, { readonly is: "problem" }>;
type Beginner = Pick<App, "db" | "keys" | "entra" | "remote" | "publicUrl" | "now">;

/** Time for passwords, second factors and consent. */
const attemptMilliseconds = 20 * 60_000;

/** Where Microsoft sends people back to; entered in the app registration, letter by letter. */
export function redirectUri({ publicUrl }: Pick<App, "publicUrl">): string {
  return `${publicUrl}/api/sign-ins/callback`;
}

export async function beginSignIn(app: Beginner, request: SignInRequest): Promise<BegunSignIn> {
  if (app.remote.addresses.edition === "server") {
    return { is: "problem", because: "server", problem: noEntraOnServer };
  }
  const entraApp = await openEntraApp(app, app.db);
  if (!entraApp) {
    const problem = "Sallyport has no app registration in Microsoft Entra ID yet.";
    const whatToDo = "Enter its client ID and its secret or certificate under Settings, Microsoft Entra app.";
    return { is: "problem", because: "no-entra-app", problem, whatToDo };
  }
  const answer = await remoteAnswer(() => sendAway(app, entraApp, request));
  return answer.is === "answer" ? answer.value : refusedBy(answer.error);
}

async function sendAway(app: Beginner, entraApp: EntraApp, request: SignInRequest): Promise<BegunSignIn> {
  const destination = "hint" in request ? await ofHint(app, request) : await ofCredential(app, request);
  if (destination.is === "problem") return destination;
  const { wish, purpose, via } = destination;
  const address = redirectUri(app);
  // No scopes: all that the registration lists, so that what is printed there is what is asked for.
  const begun = await app.entra.begin(entraApp, { ...wish, redirectUri: address, scopes: [] });
  const attempt = newId();
  const about: AboutSignIn = { ...purpose, tenant: wish.tenant, redirectUri: address };
  await insertSignInAttempt(app.db, {
    id: attempt,
    stateHash: hashOfState(begun.state),
    sealed: seal(app.keys, JSON.stringify({ verifier: begun.verifier, nonce: begun.nonce }), attempt),
    about,
    userId: request.by,
    expires: new Date(app.now().getTime() + attemptMilliseconds),
  });
  const tenant = wish.tenant === anyDirectory ? {} : { tenant: wish.tenant };
  return { is: "begun", attempt, url: begun.url, via, ...tenant };
}

function refusedBy(error: RemoteError): BegunSignIn {
  const { title, whatHappened, whatToDo } = signInProblem(error);
  return { is: "problem", because: "microsoft", problem: title, whatToDo: `${whatHappened} ${whatToDo}` };
}

export function hashOfState(state: string): Buffer {
  return createHash("sha256").update(state).digest();
}

const anyDirectory = "organizations";

type Destination =
  | Problem
  | {
      readonly is: "destination";
      readonly wish: Omit<SignInWish, "redirectUri" | "scopes">;
      readonly purpose: SignInPurpose;
      readonly via: Extract<BegunSignIn, { readonly is: "begun" }>["via"];
    };

async function ofHint(
  app: Beginner,
  { hint, selectAccount }: { readonly hint: string; readonly selectAccount?: boolean },
): Promise<Destination> {
  const purpose = { is: "new", hint } as const;
  const resolved = await resolveTenant(askedBy(app), hint);
  const choice = selectAccount ? ({ prompt: "select_account" } as const) : {};
  switch (resolved.is) {
    case "tenant": {
      const { tenant, loginHint, via } = resolved;
      const wish = { tenant, ...choice, ...(loginHint !== undefined && { loginHint }) };
      return { is: "destination", wish, purpose, via };
    }
    case "any-work-account": {
      const { loginHint } = resolved;
      const wish = { tenant: anyDirectory, ...choice, ...(loginHint !== undefined && { loginHint }) };
      return { is: "destination", wish, purpose, via: "account" };
    }
    case "personal": {
      const problem = `${resolved.organization} belongs to personal Microsoft accounts, and Microsoft lets no app sign in with those.`;
      const whatToDo =
        "Connect it with a personal access token, or ask its owner to connect the organization to a directory.";
      return { is: "problem", because: "personal", problem, whatToDo };
    }
    case "not-found":
      return { is: "problem", because: "unknown", problem: resolved.reason };
  }
}

async function ofCredential(
  app: Beginner,
  { instance, credential: id }: { readonly instance: InstanceId; readonly credential: CredentialId },
): Promise<Destination> {
  const credential = await getCredential(app.db, id);
  if (credential?.instanceId !== instance) {
    return { is: "problem", because: "no-such-credential", problem: "There is no such credential." };
  }
  const signIn = credential.signInId && (await getSignIn(app.db, credential.signInId));
  if (credential.method !== "entra" || !signIn) {
    const problem =
      credential.method === "pat"
        ? "A personal access token cannot be renewed by signing in. Add a new token."
        : "No person signs in for this credential. It renews itself as soon as the Entra app or the identity works again.";
    return { is: "problem", because: "not-renewable", problem };
  }
  const loginHint = mailOf(signIn.accountName);
  const wish = {
    tenant: signIn.tenantId,
    ...(loginHint !== undefined && { loginHint }),
    ...(signIn.problem?.claims !== undefined && { claims: signIn.problem.claims }),
    ...(signIn.problem?.code.startsWith("consent") && { prompt: "consent" as const }),
  };
  const purpose = { is: "renewal", instance, credential: id, signIn: signIn.id } as const;
  return { is: "destination", wish, purpose, via: "renewal" };
}
