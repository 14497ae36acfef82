/** What a request to connect offers to act with: tokens that were pasted, a sign-in that the same person made, or the app itself. */
import { listOrganizations } from "#azure-devops/accounts.ts";
import type { Credential } from "#azure-devops/credential.ts";
import { signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { SignInId, UserId } from "#model/ids.ts";
import type { SignInMethod } from "#model/scopes.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { isSignInOf } from "#store/people/sign-in-attempts.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import { type AppSignIn, signInAsApp } from "../credentials/sign-in-as-app.ts";
import { useSignIn } from "../credentials/use-sign-in.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { Connector } from "./check-connection.ts";
import { tokenHint } from "./token-hint.ts";

export interface OfferedToken {
  readonly value: SecretValue;
  /** As the person said; a token cannot be asked for it. */
  readonly expires?: Date;
}

export type OfferedSignIn =
  | { readonly method: "pat"; readonly tokens: readonly OfferedToken[] }
  | { readonly method: "entra"; readonly signIn: SignInId }
  | { readonly method: "service-principal"; readonly tenant?: string }
  | { readonly method: "managed-identity"; readonly clientId?: string };

export interface Offered {
  readonly method: SignInMethod;
  readonly credential: Credential;
  readonly kept:
    | { readonly is: "token"; readonly index: number; readonly expires?: Date; readonly allOrganizations: boolean }
    | { readonly is: "sign-in"; readonly id: SignInId; readonly tenant: string };
}

export interface Offer {
  readonly credentials: readonly Offered[];
  /** What a token of all organizations lists. */
  readonly listed: readonly string[];
  /** Why nothing, or not everything, can be tried. */
  readonly problems: readonly string[];
}

export async function offerCredentials(app: Connector, by: UserId, offered: OfferedSignIn): Promise<Offer> {
  if (offered.method !== "pat" && app.remote.addresses.edition === "server") return nothing(noEntraOnServer);
  switch (offered.method) {
    case "pat":
      return offerTokens(app, offered.tokens);
    case "entra": {
      const isOwn = await isSignInOf(app.db, offered.signIn, { userId: by, now: app.now() });
      return isOwn ? offerSignIn(app, offered.signIn) : nothing(signInGone);
    }
    case "service-principal":
    case "managed-identity":
      return offerApp(app, offered);
  }
}

/** Neither people nor apps nor machines sign in there with it. */
export const noEntraOnServer =
  "An Azure DevOps Server knows no Microsoft Entra ID. Connect it with a personal access token.";
const signInGone = "This sign-in was made more than an hour ago. Sign in again.";

function nothing(problem: string): Offer {
  return { credentials: [], listed: [], problems: [problem] };
}

async function offerTokens(app: Connector, tokens: readonly OfferedToken[]): Promise<Offer> {
  const hints = tokens.map(({ value }) => tokenHint(value.reveal()));
  const listings = await inLanes(tokens, 4, async ({ value }) =>
    tokenHint(value.reveal()) === undefined ? listedBy(app, { is: "pat", value }) : undefined,
  );
  const numbered = (index: number) => (tokens.length === 1 ? "" : `Token ${index + 1}: `);
  return {
    problems: hints.flatMap((hint, index) => (hint === undefined ? [] : [`${numbered(index)}${hint}`])),
    listed: listings.flatMap((names) => names ?? []),
    credentials: tokens.flatMap(({ value, expires }, index) => {
      if (hints[index] !== undefined) return [];
      const allOrganizations = listings[index] !== undefined;
      const kept = { is: "token", index, allOrganizations, ...(expires && { expires }) } as const;
      return [{ method: "pat", credential: { is: "pat", value }, kept } as const];
    }),
  };
}

/** Only a token of all accessible organizations may ask which these are; a server has no such list. */
async function listedBy({ remote }: Connector, credential: Credential): Promise<readonly string[] | undefined> {
  if (remote.addresses.edition === "server") return undefined;
  const answer = await remoteAnswer(() => listOrganizations(remote.account(credential, "person")));
  return answer.is === "answer" ? answer.value.map(({ name }) => name) : undefined;
}

async function offerSignIn(app: Connector, id: SignInId): Promise<Offer> {
  const signIn = await getSignIn(app.db, id);
  if (!signIn) return nothing(signInGone);
  const credential = await useSignIn(app, id);
  const kept = { is: "sign-in", id, tenant: signIn.tenantId } as const;
  return { credentials: [{ method: signIn.method, credential, kept }], listed: [], problems: [] };
}

async function offerApp(
  app: Connector,
  { method, ...wish }: Exclude<OfferedSignIn, { readonly method: "pat" | "entra" }>,
): Promise<Offer> {
  const answer = await remoteAnswer(() => signInAsApp(app, { is: method, ...wish } as AppSignIn));
  if (answer.is === "answer") return offerSignIn(app, answer.value);
  const { title, whatHappened, whatToDo, entraSays } = signInProblem(answer.error);
  const says = entraSays ?? answer.error.message;
  return nothing(`${title}. ${whatHappened} ${whatToDo} Microsoft says: ${says}`);
}
