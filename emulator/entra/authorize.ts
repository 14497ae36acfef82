/** The authorize endpoint: what is wrong with a request is told on a page or to the app, the rest goes to the tenant's provider. */
import type { IncomingMessage } from "node:http";
import type { Answer } from "../route.ts";
import type { World } from "../world.ts";
import { askProvider, type ProviderAnswer } from "./ask-provider.ts";
import { rememberSignIn, signedInUsers } from "./browser.ts";
import { EntraError, entraError, failureLocation } from "./entra-error.ts";
import { findApp, missingParameter } from "./find-app.ts";
import { accountPage } from "./pages.ts";
import { type AskedScopes, readScopes, resources } from "./permissions.ts";
import { redirect } from "./redirect.ts";
import { loginBase } from "./tenant-provider.ts";
import { type EntraApp, findUserByMail, homeTenant, type TenantState } from "./tenants.ts";

const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(?=\/|$)/;

/** As registered; an address of this machine may have any port. */
function isRegistered(app: EntraApp, redirectUri: string): boolean {
  const plain = (uri: string) => uri.replace(loopback, "http://$1");
  return app.redirectUris.some(
    (registered) =>
      registered === redirectUri || (loopback.test(registered) && plain(registered) === plain(redirectUri)),
  );
}

/** Throws what is shown on a page: no app, no address to go back to. */
function trustedParts(world: World, tenant: TenantState | undefined, params: URLSearchParams) {
  const app = findApp(world, tenant, params.get("client_id"));
  const redirectUri = params.get("redirect_uri") ?? app.redirectUris[0] ?? "";
  if (!isRegistered(app, redirectUri))
    throw entraError(
      "invalid_request",
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${app.clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this.`,
    );
  return { app, redirectUri };
}

/** Throws what the app is told. */
function readRequest(app: EntraApp, params: URLSearchParams): AskedScopes {
  const type = params.get("response_type");
  if (!type) throw missingParameter("response_type");
  if (type !== "code")
    throw entraError(
      "unsupported_response_type",
      700054,
      `response_type '${type}' is not enabled for the application.`,
    );
  const scope = params.get("scope");
  if (!scope) throw missingParameter("scope");
  const method = params.get("code_challenge_method");
  if (params.has("code_challenge") && method !== "S256")
    throw entraError("invalid_request", 9002313, "Invalid request. The emulator takes PKCE with S256 only.");
  return readScopes(app, scope);
}

export async function answerAuthorize(
  world: World,
  tenant: TenantState | undefined,
  request: IncomingMessage,
  params: URLSearchParams,
): Promise<Answer> {
  const { app, redirectUri } = trustedParts(world, tenant, params);
  try {
    const scopes = readRequest(app, params);
    if (!tenant) return discoverHome(world, request, app, params);
    const query = providerQuery(app, redirectUri, params, scopes);
    const answer = await askProvider(
      world,
      tenant,
      request,
      { app, redirectUri, capabilities: [] },
      { method: "GET", path: "/oauth2/v2.0/authorize", query },
    );
    return passOn(answer);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const location = failureLocation(world, redirectUri, params.get("state") ?? undefined, error.failure);
    return redirect(location);
  }
}

/** The request in the words of the provider, which always asks for consent: the pages decide whether to show it. */
function providerQuery(
  app: EntraApp,
  redirectUri: string,
  params: URLSearchParams,
  scopes: AskedScopes,
): URLSearchParams {
  const defaults = scopes.defaults.map((resource) => `${resource.prefix}.default`);
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    prompt: "consent",
    scope: [...scopes.openId, ...defaults, ...scopes.permissions].join(" "),
    entra_prompt: params.get("prompt") ?? "",
    entra_capabilities: params.get("claims") ?? "",
  });
  const kept = ["state", "login_hint", "code_challenge", "code_challenge_method", "response_mode"];
  // the provider takes a nonce for ID tokens only
  if (scopes.openId.includes("openid")) kept.push("nonce");
  for (const name of kept) {
    const value = params.get(name);
    if (value !== null) query.set(name, value);
  }
  // the first is what a code is exchanged for; a refresh may ask for any of them
  const also = resources.filter((one) => scopes.permissions.some((permission) => permission.startsWith(one.prefix)));
  for (const resource of new Set([...scopes.resources, ...also])) query.append("resource", resource.indicator);
  return query;
}

/** The provider's answer without what Entra does not send. */
export function passOn(answer: ProviderAnswer): Answer {
  if (answer.location === undefined) {
    if (answer.status >= 500) throw new Error(`the provider failed: ${answer.text}`);
    throw entraError("invalid_request", 9002313, "Invalid request. Request is malformed or invalid.");
  }
  const location = new URL(answer.location);
  if (location.searchParams.has("iss")) {
    location.searchParams.delete("iss");
    if (location.searchParams.has("code")) location.searchParams.set("session_state", crypto.randomUUID());
  }
  return redirect(location.href, answer.cookies);
}

/** At `organizations` nobody knows the directory yet: the account tells it. */
function discoverHome(world: World, request: IncomingMessage, app: EntraApp, params: URLSearchParams): Answer {
  const prompt = params.get("prompt");
  const hinted = params.get("login_hint") ?? undefined;
  const signedIn = signedInUsers(world, request);
  const known =
    hinted === undefined ? signedIn : signedIn.filter((user) => user.mail.toLowerCase() === hinted.toLowerCase());
  const [only] = known;
  const home = only && known.length === 1 ? homeTenant(world, only) : undefined;
  if (only && home && prompt !== "select_account" && prompt !== "login")
    return continueAt(world, home.id, params, only.mail);
  if (prompt === "none")
    throw entraError("login_required", 50058, "A silent sign-in request was sent but no user is signed in.");
  return organizationsPage(world, request, app, params, hinted);
}

function organizationsPage(
  world: World,
  request: IncomingMessage,
  app: EntraApp,
  params: URLSearchParams,
  hint: string | undefined,
  refusal?: string,
): Answer {
  return accountPage({
    where: "any organization",
    app: app.displayName,
    action: `${loginBase(world)}/organizations/login`,
    accounts: signedInUsers(world, request),
    hint,
    fields: [["request", params.toString()]],
    ...(refusal ? { refusal } : {}),
  });
}

function continueAt(world: World, tenantId: string, params: URLSearchParams, mail: string, cookie?: string): Answer {
  const query = new URLSearchParams(params);
  query.set("login_hint", mail);
  query.delete("prompt");
  const asked = params.get("prompt");
  if (asked === "consent" || asked === "none") query.set("prompt", asked);
  return redirect(`${loginBase(world)}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`, cookie ? [cookie] : []);
}

/** What the account page of `organizations` sends. */
export function answerOrganizationsLogin(world: World, request: IncomingMessage, form: URLSearchParams): Answer {
  const params = new URLSearchParams(form.get("request") ?? "");
  const { app } = trustedParts(world, undefined, params);
  const mail = form.get("account") ?? "";
  const user = findUserByMail(world, mail);
  const home = user ? homeTenant(world, user) : undefined;
  if (!user || !home) {
    const refusal = user
      ? "AADSTS500200: This is a personal Microsoft account. It cannot be used here; use a work or school account."
      : "AADSTS50034: This username may be incorrect. Make sure you typed it correctly. Otherwise, contact your admin.";
    return organizationsPage(world, request, app, params, mail, refusal);
  }
  return continueAt(world, home.id, params, user.mail, rememberSignIn(world, request, user));
}
