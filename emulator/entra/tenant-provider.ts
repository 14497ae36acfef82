/**
 * One OpenID provider per tenant, in this process: `oidc-provider` keeps codes, PKCE, consent and rotation. What it says is
 * put into Entra's words at the edge (`handle-entra.ts`); it never sees a browser's session, which is Entra's own cookie.
 */
import { createHash, randomBytes, X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import Provider, { type AdapterPayload, type Configuration, type JWK, type JWKS } from "oidc-provider";
import type { World } from "../world.ts";
import { type AccessTokenRequest, appClaims, idClaims, userClaims } from "./claims.ts";
import { resources } from "./permissions.ts";
import { privateJwk } from "./signing-key.ts";
import type { EntraApp, TenantState } from "./tenants.ts";
import { createTokenStore, type TokenStore } from "./token-store.ts";

/** What the edge knows of a request that the provider answers. */
export interface ProviderRequest extends AccessTokenRequest {
  readonly app: EntraApp;
  readonly redirectUri?: string;
  readonly clientAuth?:
    | { readonly is: "secret"; readonly secret: string }
    | { readonly is: "certificate"; readonly jwks: JWKS };
}

export interface TenantProvider {
  readonly provider: Provider;
  readonly store: TokenStore;
}

const known = new WeakMap<IncomingMessage, ProviderRequest>();

/** Must precede the request's way into the provider. */
export function tellProvider(request: IncomingMessage, about: ProviderRequest): void {
  known.set(request, about);
}

/** `https://login.microsoftonline.com` of this emulator. */
export function loginBase(world: World): string {
  return `${world.baseUrl}/_hosts/login.microsoftonline.com`;
}

const providers = new WeakMap<TenantState, TenantProvider>();

export function providerOf(world: World, tenant: TenantState): TenantProvider {
  const found = providers.get(tenant) ?? createProvider(world, tenant);
  providers.set(tenant, found);
  return found;
}

function clientMetadata(id: string): AdapterPayload | undefined {
  const request = Provider.ctx ? known.get(Provider.ctx.req) : undefined;
  if (request?.app.clientId !== id) return undefined;
  const { app, clientAuth, redirectUri } = request;
  return {
    client_id: id,
    client_name: app.displayName,
    redirect_uris: [redirectUri ?? app.redirectUris[0] ?? "http://localhost/"],
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    response_types: ["code"],
    ...(clientAuth?.is === "certificate"
      ? { token_endpoint_auth_method: "private_key_jwt", jwks: clientAuth.jwks }
      : { token_endpoint_auth_method: "client_secret_post", client_secret: clientAuth?.secret ?? "not asked for" }),
  };
}

/** The same person has another `sub` in each app. */
function subjectFor(userId: string, clientId: string): string {
  return createHash("sha256").update(`${clientId} ${userId}`).digest("base64url");
}

const cookie = { httpOnly: true, sameSite: "lax", signed: true } as const;
const day = 24 * 3600;

function lifetimeOf(tenant: TenantState): number {
  return Math.round(tenant.behaviour.accessTokenMinutes * 60);
}

type JwtCustomizer = NonNullable<NonNullable<NonNullable<Configuration["formats"]>["customizers"]>["jwt"]>;

/** Entra's claims instead of the provider's. */
function writeAccessToken(world: World, tenant: TenantState, ...[ctx, token, jwt]: Parameters<JwtCustomizer>): void {
  const request = known.get(ctx.req);
  if (!request) throw new Error("a token is being made for nobody");
  const facts = { audience: String(jwt.payload.aud), lifetime: lifetimeOf(tenant) };
  jwt.header = { typ: "JWT", x5t: privateJwk().kid };
  if (!("accountId" in token)) {
    jwt.payload = appClaims(world, tenant, request, facts);
    return;
  }
  const subject = subjectFor(token.accountId, request.app.clientId);
  const { accountId: userId, scope = "" } = token;
  jwt.payload = userClaims(world, tenant, request, { ...facts, subject, userId, scope });
}

function featuresOf(tenant: TenantState): NonNullable<Configuration["features"]> {
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? [],
      getResourceServerInfo: (_ctx, indicator) => resourceServer(indicator, lifetimeOf(tenant)),
    },
  };
}

/** In seconds. */
function lifetimes(world: World, tenant: TenantState): Configuration["ttl"] {
  return {
    AccessToken: () => lifetimeOf(tenant),
    ClientCredentials: () => lifetimeOf(tenant),
    AuthorizationCode: 600,
    Grant: 3650 * day,
    // the ID token ends on the emulator's clock too
    IdToken: () => Math.ceil((world.clock.now().getTime() - Date.now()) / 1000) + 3600,
    Interaction: 3600,
    RefreshToken: 90 * day,
    Session: 3600,
  };
}

function configuration(world: World, tenant: TenantState, store: TokenStore): Configuration {
  return {
    adapter: (model) => store.adapter(model),
    jwks: { keys: [privateJwk()] } as unknown as JWKS,
    cookies: {
      keys: [randomBytes(16).toString("hex")],
      names: { interaction: "_interaction", resume: "_resume", session: "_session" },
      long: cookie,
      short: cookie,
    },
    routes: { authorization: "/oauth2/v2.0/authorize", token: "/oauth2/v2.0/token" },
    scopes: ["openid", "profile", "email", "offline_access"],
    claims: {
      openid: ["sub", "tid", "oid", "ver", "iat", "nbf", "uti", "aio"],
      profile: ["name", "preferred_username"],
      email: ["email"],
    },
    conformIdTokenClaims: false,
    subjectTypes: ["pairwise"],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectFor(accountId, client.clientId),
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_post", "client_secret_basic", "private_key_jwt"],
    pkce: { required: () => false },
    // The times of client assertions are judged before, on the emulator's clock.
    clockTolerance: 3650 * day,
    extraParams: ["entra_prompt", "entra_capabilities"],
    features: featuresOf(tenant),
    formats: { customizers: { jwt: (ctx, token, jwt) => writeAccessToken(world, tenant, ctx, token, jwt) } },
    ttl: lifetimes(world, tenant),
    issueRefreshToken: (_ctx, _client, code) => code.scopes.has("offline_access"),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    loadExistingGrant: (ctx) =>
      ctx.oidc.result?.consent?.grantId ? ctx.oidc.provider.Grant.find(ctx.oidc.result.consent.grantId) : undefined,
    findAccount(_ctx, id) {
      const user = world.users.get(id);
      const account = tenant.accounts.get(id);
      if (!user || !account) return undefined;
      return { accountId: id, claims: () => ({ sub: id, ...idClaims(world, tenant, user, account) }) };
    },
    interactions: {
      url: (_ctx, interaction) => `${loginBase(world)}/${tenant.id}/login/${interaction.uid}`,
    },
    renderError(ctx, out) {
      ctx.type = "json";
      ctx.body = out;
    },
  };
}

function resourceServer(indicator: string, lifetime: number) {
  const resource = resources.find((one) => one.indicator === indicator);
  if (!resource) throw new Error(`there is no resource ${indicator}`);
  const names = [...resource.permissions, ".default"].map((permission) => `${resource.prefix}${permission}`);
  return {
    scope: names.join(" "),
    audience: resource.id,
    accessTokenTTL: lifetime,
    accessTokenFormat: "jwt" as const,
    jwt: { sign: { alg: "RS256" as const } },
  };
}

function createProvider(world: World, tenant: TenantState): TenantProvider {
  const store = createTokenStore(world, tenant, clientMetadata);
  const provider = new Provider(`${loginBase(world)}/${tenant.id}/v2.0`, configuration(world, tenant, store));
  provider.on("server_error", (_ctx, error) => console.error(`emulator: the provider of ${tenant.name} failed`, error));
  // a client assertion may name the tenant by a domain, too
  Object.assign(provider.OIDCContext.prototype, {
    clientJwtAuthExpectedAudience: () =>
      new Set(
        [tenant.id, ...tenant.domains].flatMap((name) => [
          `${loginBase(world)}/${name}/oauth2/v2.0/token`,
          `${loginBase(world)}/${name}/v2.0`,
        ]),
      ),
  });
  return { provider, store };
}

/** The key of a registered certificate in PEM, with the names that a client assertion may call it by. */
export function readCertificate(pem: string): {
  readonly jwk: JWK;
  readonly names: readonly string[];
} {
  const certificate = new X509Certificate(pem);
  const names = ["sha1", "sha256"].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(certificate.raw).digest();
    return [digest.toString("base64url"), digest.toString("hex"), digest.toString("hex").toUpperCase()];
  });
  return { jwk: certificate.publicKey.export({ format: "jwk" }) as JWK, names };
}
