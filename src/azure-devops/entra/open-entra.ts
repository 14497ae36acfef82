/**
 * Microsoft Entra ID as a confidential client: authorization code with PKCE, state and nonce, refresh, and the two ways of
 * an app without a person. Access tokens are opaque here; of the ID token signature, issuer, audience, nonce and time are
 * checked. Keeps nothing but discovery documents; that only one at a time uses a refresh token is the caller's to see to.
 */
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from "openid-client";
import type { Logger } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import type { Addresses } from "../addresses.ts";
import { optionalText, type Wire } from "../read-wire.ts";
import { type Configurations, openConfigurations } from "./configurations.ts";
import type { EntraApp } from "./entra-app.ts";
import { type SignInStep, signInFailed } from "./entra-error.ts";
import { claimsWith, everyPermission, grantedScopes, permissionsOf } from "./entra-scopes.ts";
import { entraErrorOf } from "./library-error.ts";
import { askManagedIdentity, type IdentityEndpoint, secondsLeft } from "./managed-identity.ts";

export interface Entra {
  /** Where to send the person. What it answers beside the address is kept until they come back, state and verifier in secret. */
  begin(app: EntraApp, wish: SignInWish): Promise<Begun>;
  /** Ends it, with the address that the person came back to, or what follows its host. A refusal is a RemoteError with words in `signInProblem`. */
  complete(app: EntraApp, begun: Pending, cameBackTo: string): Promise<SignedIn>;
  /** The answer holds the next refresh token; the given one must not be used again, for Entra may take that for theft. */
  refresh(app: EntraApp, about: RefreshWish): Promise<Tokens>;
  /** The app for itself, as its service principal in a directory. No refresh token: it is asked again. */
  clientCredentials(app: EntraApp, tenant: string, claims?: string): Promise<Tokens>;
  /** The identity of the machine that this process runs on. */
  managedIdentity(about: { readonly clientId?: string }): Promise<Tokens>;
}

export interface SignInWish {
  /** GUID or domain of a directory, or `organizations` where it is not known yet. */
  readonly tenant: string;
  readonly redirectUri: string;
  /** `vso.code_write`; none, or `.default`, means all that the app registration lists. */
  readonly scopes: readonly string[];
  readonly loginHint?: string;
  readonly domainHint?: string;
  readonly prompt?: "select_account" | "consent" | "login";
  /** What a refusal demanded (`details.claims`): JSON text. */
  readonly claims?: string;
}

export interface Begun {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A sign-in that somebody is expected back from. */
export type Pending = Omit<Begun, "url"> & Pick<SignInWish, "tenant" | "redirectUri">;

export interface RefreshWish {
  readonly tenant: string;
  readonly refreshToken: SecretValue;
  /** Those of the sign-in if absent; never more than these. */
  readonly scopes?: readonly string[];
  /** What Azure DevOps demands (a claims challenge): JSON text. */
  readonly claims?: string;
}

export interface Tokens {
  readonly accessToken: SecretValue;
  readonly expires: Date;
  readonly refreshToken?: SecretValue;
  /** What was granted, which may be less than what was asked: `vso.code_write`. Empty where Entra does not say. */
  readonly scopes: readonly string[];
}

export interface SignedIn extends Tokens {
  /** GUID of the directory that vouches for the person. */
  readonly tenant: string;
  readonly account: { readonly objectId: string; readonly name: string; readonly userName: string };
}

export interface EntraOptions {
  readonly addresses: Addresses;
  readonly now: () => Date;
  readonly log: Logger;
  readonly userAgent: string;
  /** Milliseconds for one answer. */
  readonly timeLimit?: number;
  /** Where App Service or Container Apps give out tokens of a managed identity. */
  readonly identityEndpoint?: IdentityEndpoint;
}

/** Entra's directory of personal Microsoft accounts. */
const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

export function openEntra(options: EntraOptions): Entra {
  const { log, now } = options;
  const configurations = openConfigurations(options);

  /** Everything that goes wrong within becomes an error that says at which step. */
  async function at<T>(step: SignInStep, tenant: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      const result = await work();
      log.debug({ step, tenant, milliseconds: Math.round(performance.now() - started) }, "entra answered");
      return result;
    } catch (error) {
      const failure = entraErrorOf(error, step);
      log.info({ step, tenant, code: failure.code, ...failure.details }, "entra refused");
      throw failure;
    }
  }

  return {
    begin: (app, wish) => at("directory", wish.tenant, () => begin(configurations, app, wish)),
    complete: (app, begun, cameBackTo) =>
      at("code", begun.tenant, async () => {
        const parameters = answerFor(begun, cameBackTo);
        const tokens = await redeem(configurations, app, begun, parameters);
        return { ...tokensOf(tokens, now()), ...whoSignedIn(tokens.claims()) };
      }),
    refresh: (app, { tenant, refreshToken, scopes, claims }) =>
      at("refresh", tenant, async () => {
        // Who it is, is known; and the old refresh token is used up, so the new one must not be lost to a clock of ours that is wrong.
        const configuration = await configurations.of(app, tenant, { idToken: "is not read" });
        const wanted = scopes === undefined ? {} : { scope: signInScope(scopes) };
        const parameters = { ...wanted, claims: claimsWith(claims) };
        return tokensOf(await refreshTokenGrant(configuration, refreshToken.reveal(), parameters), now());
      }),
    clientCredentials: (app, tenant, claims) =>
      at("app", tenant, async () => {
        const configuration = await configurations.of(app, tenant);
        const parameters = { scope: everyPermission, claims: claimsWith(claims) };
        return tokensOf(await clientCredentialsGrant(configuration, parameters), now());
      }),
    managedIdentity: ({ clientId }) =>
      at("app", "managed identity", async () => {
        const body = await askManagedIdentity(options, clientId);
        return tokensOf({ ...body, expires_in: secondsLeft(body, now()) }, now());
      }),
  };
}

function signInScope(scopes: readonly string[]): string {
  return `openid profile offline_access ${permissionsOf(scopes)}`;
}

async function begin(configurations: Configurations, app: EntraApp, wish: SignInWish): Promise<Begun> {
  const configuration = await configurations.of(app, wish.tenant);
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const nonce = randomNonce();
  const { loginHint, domainHint, prompt } = wish;
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: wish.redirectUri,
    response_mode: "query",
    scope: signInScope(wish.scopes),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    claims: claimsWith(wish.claims),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
    ...(domainHint === undefined ? {} : { domain_hint: domainHint }),
    ...(prompt === undefined ? {} : { prompt }),
  });
  return { url: url.href, state, nonce, verifier };
}

/** What came back through the browser, once it is known to answer this sign-in and to be no refusal. */
function answerFor({ state, redirectUri }: Pending, cameBackTo: string): URLSearchParams {
  const parameters = URL.parse(cameBackTo, redirectUri)?.searchParams ?? new URLSearchParams();
  if (parameters.get("state") !== state) {
    throw signInFailed("state-mismatch", "The state of the answer is not the one that was sent.", {
      step: "authorize",
    });
  }
  return parameters;
}

async function redeem(configurations: Configurations, app: EntraApp, begun: Pending, parameters: URLSearchParams) {
  const configuration = await configurations.of(app, begun.tenant, { idToken: "is proven" });
  // Behind a proxy the address may look different from inside; what counts is the one that was sent to Entra.
  const cameBackTo = new URL(begun.redirectUri);
  cameBackTo.search = parameters.toString();
  return authorizationCodeGrant(configuration, cameBackTo, {
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    pkceCodeVerifier: begun.verifier,
    idTokenExpected: true,
  });
}

function whoSignedIn(claims: IDToken | undefined): Pick<SignedIn, "tenant" | "account"> {
  const wire: Wire = { ...claims };
  const tenant = optionalText(wire, "tid")?.toLowerCase();
  const objectId = optionalText(wire, "oid");
  // Its issuer was checked; the directory it names must be the same.
  if (tenant === undefined || objectId === undefined || !optionalText(wire, "iss")?.toLowerCase().includes(tenant)) {
    throw new RemoteError("unexpected", "Microsoft Entra ID signed somebody in without saying who.");
  }
  if (tenant === personalAccounts) throw signInFailed("personal-account", "A personal Microsoft account signed in.");
  const userName = optionalText(wire, "preferred_username") ?? optionalText(wire, "email") ?? objectId;
  return { tenant, account: { objectId, name: optionalText(wire, "name") ?? userName, userName } };
}

function tokensOf(answer: Wire, now: Date): Tokens {
  const accessToken = optionalText(answer, "access_token");
  const seconds = answer.expires_in;
  if (accessToken === undefined || typeof seconds !== "number" || !(seconds > 0)) {
    throw new RemoteError("unexpected", "Microsoft Entra ID gave no token, or did not say how long it lives.");
  }
  const refreshToken = optionalText(answer, "refresh_token");
  return {
    accessToken: secretValue(accessToken),
    expires: new Date(now.getTime() + seconds * 1000),
    ...(refreshToken === undefined ? {} : { refreshToken: secretValue(refreshToken) }),
    scopes: grantedScopes(optionalText(answer, "scope")),
  };
}
