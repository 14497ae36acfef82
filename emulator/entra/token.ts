/** The token endpoint: codes, refresh tokens and client credentials, with Entra's own reasons where one is refused. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Answer } from "../route.ts";
import { readBody } from "../server/read-body.ts";
import type { World } from "../world.ts";
import { accountFailure, consentFailure } from "./account-state.ts";
import { askProvider } from "./ask-provider.ts";
import { EntraError, type EntraFailure, entraError } from "./entra-error.ts";
import { assertionFailure, clientAuthOf, findApp, missingParameter, readCredential } from "./find-app.ts";
import { azureDevOps, findResource, type Resource, readScopes, requireOneResource, resources } from "./permissions.ts";
import { readCapabilities } from "./read-capabilities.ts";
import { type ProviderRequest, providerOf } from "./tenant-provider.ts";
import type { EntraApp, TenantState } from "./tenants.ts";
import type { StoredToken } from "./token-store.ts";

interface TokenCall {
  readonly world: World;
  readonly tenant: TenantState;
  readonly app: EntraApp;
  readonly form: URLSearchParams;
}

/** What goes to the provider, and what to say if it refuses. */
interface PreparedGrant {
  readonly form: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
  readonly refusal: EntraFailure;
}

/** `tenant` is absent at `organizations`, where the code or the refresh token tells it. */
export async function answerToken(
  world: World,
  tenant: TenantState | undefined,
  request: IncomingMessage,
): Promise<Answer> {
  const form = new URLSearchParams((await readBody(request)).toString());
  const grantType = form.get("grant_type");
  if (!grantType) throw missingParameter("grant_type");
  const prepare = grants[grantType];
  if (!prepare)
    throw entraError(
      "unsupported_grant_type",
      70003,
      `The app requested an unsupported grant type '${grantType}'. Please use a supported grant type.`,
    );
  const where = tenant ?? tenantOfGrant(world, form);
  const credential = readCredential(request, form);
  const app = findApp(world, where, credential.clientId);
  const clientAuth = clientAuthOf(world, app, credential);
  const prepared = prepare({ world, tenant: where, app, form });
  const capabilities = [...new Set([...readCapabilities(form.get("claims")), ...(prepared.capabilities ?? [])])];
  const about: ProviderRequest = { app, clientAuth, capabilities };
  const sent = new URLSearchParams({ grant_type: grantType, ...prepared.form });
  for (const name of ["client_id", "client_secret", "client_assertion", "client_assertion_type"]) {
    const value = form.get(name);
    if (value !== null) sent.set(name, value);
  }
  const answer = await askProvider(world, where, request, about, {
    method: "POST",
    path: "/oauth2/v2.0/token",
    form: sent,
  });
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  if (answer.status === 200) return tokenAnswer(body);
  if (body.error === "server_error") throw new Error(`the provider failed: ${answer.text}`);
  if (body.error === "invalid_client" && credential.assertion !== undefined)
    throw new EntraError(assertionFailure(credential.assertion));
  throw new EntraError(prepared.refusal);
}

function tokenAnswer(body: Readonly<Record<string, unknown>>): Answer {
  const { access_token, expires_in, id_token, refresh_token, scope } = body;
  const seconds = Number(expires_in);
  return {
    body: {
      token_type: "Bearer",
      ...(typeof scope === "string" ? { scope } : {}),
      expires_in: seconds,
      ext_expires_in: seconds,
      access_token,
      ...(refresh_token === undefined ? {} : { refresh_token }),
      ...(id_token === undefined ? {} : { id_token }),
    },
    headers: { "Cache-Control": "no-store, no-cache" },
  };
}

function tenantOfGrant(world: World, form: URLSearchParams): TenantState {
  const code = form.get("code") ?? "";
  const refreshToken = form.get("refresh_token") ?? "";
  const found = [...world.entra.tenants.values()].find((tenant) => {
    const { store } = providerOf(world, tenant);
    return store.find("AuthorizationCode", code) ?? store.find("RefreshToken", refreshToken);
  });
  if (found) return found;
  if (form.get("grant_type") === "client_credentials")
    throw entraError(
      "invalid_request",
      50059,
      "No tenant-identifying information found in either the request or implied by any provided credentials.",
    );
  throw entraError("invalid_grant", 70000, "Provided grant is invalid or malformed.");
}

function isStoredElsewhere(world: World, tenant: TenantState, model: string, id: string): boolean {
  return [...world.entra.tenants.values()].some(
    (other) => other !== tenant && providerOf(world, other).store.find(model, id) !== undefined,
  );
}

const malformed: EntraFailure = {
  error: "invalid_grant",
  code: 9002313,
  text: "Invalid request. Request is malformed or invalid.",
};

function prepareCode(call: TokenCall): PreparedGrant {
  const { world, tenant, form } = call;
  const code = form.get("code");
  const redirectUri = form.get("redirect_uri");
  if (!code) throw missingParameter("code");
  if (!redirectUri) throw missingParameter("redirect_uri");
  const { store } = providerOf(world, tenant);
  const stored = store.find("AuthorizationCode", code);
  if (!stored && isStoredElsewhere(world, tenant, "AuthorizationCode", code))
    throw entraError(
      "invalid_grant",
      700005,
      "The provided Authorization Code is intended to use against other tenant, thus rejected.",
    );
  if (!stored) throw new EntraError(malformed);
  const verifier = form.get("code_verifier");
  const asked = askedResource(call) ?? firstResource(stored);
  refuseAccount(call, String(stored.payload.accountId), undefined);
  return {
    form: {
      code,
      redirect_uri: redirectUri,
      ...(verifier === null ? {} : { code_verifier: verifier }),
      ...(asked ? { resource: asked.indicator } : {}),
    },
    capabilities: store.capabilities.get(String(stored.payload.grantId)) ?? [],
    refusal: codeFailure(world, stored, verifier, redirectUri),
  };
}

/** Why the provider refuses this code, if it does. */
function codeFailure(world: World, stored: StoredToken, verifier: string | null, redirectUri: string): EntraFailure {
  const failure = (code: number, text: string): EntraFailure => ({ error: "invalid_grant", code, text });
  if (stored.consumed || stored.isRevoked)
    return failure(
      54005,
      "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    );
  if (stored.expires <= world.clock.now().getTime())
    return failure(
      70008,
      "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
    );
  if (stored.payload.redirectUri !== redirectUri)
    return failure(
      500112,
      `The reply address '${redirectUri}' does not match the reply address '${stored.payload.redirectUri}' provided when requesting Authorization code.`,
    );
  const challenge = createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url");
  if (stored.payload.codeChallenge !== undefined && stored.payload.codeChallenge !== challenge)
    return failure(
      501481,
      "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    );
  return malformed;
}

function askedResource({ app, form }: TokenCall): Resource | undefined {
  const scope = form.get("scope");
  if (!scope) return undefined;
  const asked = readScopes(app, scope);
  requireOneResource(asked, scope);
  return asked.resources[0];
}

function firstResource(stored: StoredToken): Resource | undefined {
  const granted = [stored.payload.resource].flat();
  return resources.find((one) => one.indicator === granted[0]);
}

function refuseAccount(call: TokenCall, userId: string, stored: StoredToken | undefined): void {
  const failure = accountFailure(call.world, call.tenant, call.app, userId, stored?.sequence);
  if (failure) throw new EntraError(failure);
}

/** A policy that came after the person signed in: a refresh does not satisfy it, signing in again does. */
function refuseWithoutInteraction({ tenant }: TokenCall, userId: string, stored: StoredToken): void {
  if (tenant.behaviour.conditionalAccess !== "wants interaction at refresh") return;
  const interactedAt = tenant.accounts.get(userId)?.interactedAt ?? 0;
  if (interactedAt > 0 && stored.sequence > interactedAt) return;
  throw new EntraError({
    error: "interaction_required",
    code: 50076,
    text: `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${azureDevOps.id}'.`,
    suberror: "basic_action",
    claims: JSON.stringify({ access_token: { capolids: { essential: true, values: [tenant.id] } } }),
  });
}

function prepareRefresh(call: TokenCall): PreparedGrant {
  const { world, tenant, form, app } = call;
  const token = form.get("refresh_token");
  if (!token) throw missingParameter("refresh_token");
  const stored = providerOf(world, tenant).store.find("RefreshToken", token);
  if (!stored) throw entraError("invalid_grant", 70000, "Provided grant is invalid or malformed.");
  if (stored.expires <= world.clock.now().getTime())
    throw entraError(
      "invalid_grant",
      700082,
      "The refresh token has expired due to inactivity. The token was issued to you and was inactive for 90.00:00:00.",
    );
  const userId = String(stored.payload.accountId);
  refuseAccount(call, userId, stored);
  refuseWithoutInteraction(call, userId, stored);
  const granted = String(stored.payload.scope ?? "").split(" ");
  const asked = askedResource(call) ?? firstResource(stored);
  const failure = consentFailure(tenant, app, userId, wanted(call, granted, asked));
  if (failure) throw new EntraError(failure);
  return {
    form: {
      refresh_token: token,
      scope: wanted(call, granted, asked).join(" "),
      ...(asked ? { resource: asked.indicator } : {}),
    },
    refusal: {
      error: "invalid_grant",
      code: 70000,
      text: "Provided grant is invalid or malformed. The refresh token was used before or belongs to another application; it and those that came from it are revoked.",
    },
  };
}

/** The scopes of a refresh: all that were granted, or those of them that it names. */
function wanted({ app, form }: TokenCall, granted: readonly string[], resource: Resource | undefined): string[] {
  const scope = form.get("scope");
  const asked = scope ? readScopes(app, scope) : undefined;
  const openId = granted.filter((word) => !word.includes("/"));
  const permissions = granted.filter((word) => resource !== undefined && word.startsWith(resource.prefix));
  if (!asked || asked.defaults.length > 0 || asked.resources.length === 0) return [...openId, ...permissions];
  const more = asked.permissions.filter((permission) => !granted.includes(permission));
  return [...openId, ...permissions.filter((permission) => asked.permissions.includes(permission)), ...more];
}

function prepareClientCredentials({ tenant, app, form }: TokenCall): PreparedGrant {
  const scope = form.get("scope");
  if (!scope) throw missingParameter("scope");
  const resource = scope.endsWith("/.default") ? findResource(scope.slice(0, -"/.default".length)) : undefined;
  if (!scope.endsWith("/.default") || scope.includes(" "))
    throw entraError(
      "invalid_scope",
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  if (!resource)
    throw entraError(
      "invalid_resource",
      500011,
      `The resource principal named ${scope.slice(0, -"/.default".length)} was not found in the tenant named ${tenant.name}.`,
    );
  if (!tenant.servicePrincipals.has(app.clientId))
    throw entraError(
      "unauthorized_client",
      7000229,
      `The client application ${app.clientId} is missing service principal in the tenant ${tenant.id}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    );
  return { form: { scope: `${resource.prefix}.default`, resource: resource.indicator }, refusal: malformed };
}

const grants: Readonly<Record<string, (call: TokenCall) => PreparedGrant>> = {
  authorization_code: prepareCode,
  refresh_token: prepareRefresh,
  client_credentials: prepareClientCredentials,
};
