/**
 * A person comes back from Microsoft Entra ID. Whatever happened becomes an outcome that a page can show; only the one who
 * began can end it, and only once. Tokens are sealed at once and never leave this process.
 */
import { listOrganizations } from "#azure-devops/accounts.ts";
import { signInFailed } from "#azure-devops/entra/entra-error.ts";
import type { SignedIn } from "#azure-devops/entra/open-entra.ts";
import { tenantOfOrganization } from "#azure-devops/entra/resolve-tenant.ts";
import { signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { InstanceId, SignInId, UserId } from "#model/ids.ts";
import { newId } from "#store/new-id.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { listCredentialsOfSignIn } from "#store/people/credentials.ts";
import {
  findSignInAttempt,
  type SignInAttempt,
  setSignInOutcome,
  takeSignInAttempt,
} from "#store/people/sign-in-attempts.ts";
import { claimSignIn, setSignInTokens } from "#store/people/sign-ins.ts";
import { open } from "#store/sealing.ts";
import { inTransaction } from "#store/transaction.ts";
import { regainCredential } from "../credentials/lose-credential.ts";
import { openEntraApp } from "../credentials/open-entra-app.ts";
import { sealTokens } from "../credentials/sealed-tokens.ts";
import { inLanes } from "../in-lanes.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { askForCredentialCheck } from "../jobs/ask.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { accountText } from "./account-text.ts";
import { askedBy } from "./asked-by.ts";
import { hashOfState } from "./begin-sign-in.ts";
import type { Connector } from "./check-connection.ts";
import {
  type AboutSignIn,
  outcomeMilliseconds,
  type SignInOrganization,
  type SignInOutcome,
} from "./sign-in-outcome.ts";

export interface CameBack {
  readonly by: { readonly id: UserId; readonly name: string };
  readonly state: string;
  /** The address, or what follows its host; only its query is read. */
  readonly address: string;
}

export interface Completed {
  readonly attempt: string;
  /** Of a renewal. */
  readonly instance?: InstanceId;
}

/** Undefined if no sign-in of this person waits for that state. */
export async function completeSignIn(app: Connector, back: CameBack): Promise<Completed | undefined> {
  const about = { stateHash: hashOfState(back.state), userId: back.by.id, now: app.now() };
  const taken = await takeSignInAttempt(app.db, about);
  // A page that is loaded again leads to what came of it.
  const attempt = taken ?? (await findSignInAttempt(app.db, about));
  if (!attempt) return undefined;
  const purpose = attempt.about as AboutSignIn;
  if (taken) {
    const outcome = await outcomeOf(app, taken, back);
    await setSignInOutcome(app.db, taken.id, outcome, new Date(app.now().getTime() + outcomeMilliseconds));
  }
  return { attempt: attempt.id, ...(purpose.is === "renewal" && { instance: purpose.instance }) };
}

async function outcomeOf(app: Connector, attempt: SignInAttempt, back: CameBack): Promise<SignInOutcome> {
  const about = attempt.about as AboutSignIn;
  const answer = await remoteAnswer(() => redeem(app, attempt, back));
  const from = about.is === "renewal" ? { instance: about.instance } : { hint: about.hint };
  if (answer.is === "no") return { is: "problem", problem: signInProblem(answer.error), ...from };
  const signedIn = answer.value;
  const signIn = await keepSignIn(app, signedIn);
  const { name, userName } = signedIn.account;
  const account = { name, userName };
  if (about.is === "renewal" && signIn !== about.signIn) {
    return { is: "problem", problem: somebodyElse(about, signedIn), signIn, account, ...from };
  }
  if (about.is === "renewal") await renew(app, about, back);
  const organizations = await organizationsOf(app, signedIn);
  const renewed = about.is === "renewal" ? { renewed: about.instance } : {};
  return { is: "signed-in", signIn, account, tenant: signedIn.tenant, organizations, ...renewed };
}

async function redeem(app: Connector, attempt: SignInAttempt, { state, address }: CameBack): Promise<SignedIn> {
  const { tenant, redirectUri } = attempt.about as AboutSignIn;
  const secrets = JSON.parse(open(app.keys, attempt.sealed, attempt.id).reveal()) as Record<
    "verifier" | "nonce",
    string
  >;
  const entraApp = await openEntraApp(app, app.db);
  if (!entraApp) throw signInFailed("app-unknown", "The Entra app was taken out of Sallyport's settings meanwhile.");
  return app.entra.complete(entraApp, { state, ...secrets, tenant, redirectUri }, address);
}

async function keepSignIn(app: Connector, signedIn: SignedIn): Promise<SignInId> {
  const { tenant, account } = signedIn;
  const accountName = accountText({ name: account.name, mail: account.userName });
  return inTransaction(app.db, async (tx) => {
    const who = { method: "entra", tenantId: tenant, objectId: account.objectId, accountName } as const;
    const id = await claimSignIn(tx, { ...who, id: newId<SignInId>() });
    await setSignInTokens(tx, id, sealTokens(app, id, signedIn), app.now());
    // Whoever signs in renews every connection that relies on them, whatever they came for.
    const credentials = await listCredentialsOfSignIn(tx, id);
    for (const credential of credentials) {
      await regainCredential(app, tx, credential);
      await askForCredentialCheck(app, tx, credential);
    }
    for (const instance of new Set(credentials.map(({ instanceId }) => instanceId))) {
      await refreshReasons(app, tx, instance);
    }
    return id;
  });
}

async function renew(app: Connector, about: AboutSignIn & { readonly is: "renewal" }, { by }: CameBack): Promise<void> {
  await insertAuditEvent(app.db, {
    actor: by.name,
    action: "sign-in-renewed",
    subject: "Microsoft Entra sign-in",
    instanceId: about.instance,
    at: app.now(),
  });
}

function somebodyElse(about: AboutSignIn, { account, tenant }: SignedIn) {
  const isElsewhere = about.tenant !== tenant;
  return {
    code: isElsewhere ? ("wrong-directory" as const) : ("other-person" as const),
    title: isElsewhere ? "You signed in to another directory" : "You signed in as somebody else",
    whatHappened: `This connection was made by another account than ${account.userName}. Its sign-in is not renewed; nothing was changed.`,
    whatToDo: `Sign in again as the person who made the connection, or add ${account.userName} to this instance as a further credential.`,
  };
}

/** Empty if Azure DevOps does not tell: then people name them. */
async function organizationsOf(
  app: Connector,
  { accessToken, tenant, account }: SignedIn,
): Promise<readonly SignInOrganization[]> {
  const identity = `${tenant}/${account.objectId}`;
  const client = app.remote.account({ is: "bearer", identity, token: async () => accessToken }, "person");
  const listed = await remoteAnswer(() => listOrganizations(client));
  if (listed.is === "no") {
    app.log.info({ code: listed.error.code }, "organizations of a sign-in could not be listed");
    return [];
  }
  return inLanes(listed.value, 6, async ({ id, name }): Promise<SignInOrganization> => {
    const answer = await remoteAnswer(() => tenantOfOrganization(askedBy(app), name));
    const own = answer.is === "answer" ? answer.value : undefined;
    const isKnown = own !== undefined && own !== "personal";
    return { id, name, isOtherTenant: own !== undefined && own !== tenant, ...(isKnown && { tenant: own }) };
  });
}
