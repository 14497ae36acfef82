/** Microsoft Entra ID at `login.microsoftonline.com`: which tenant and which of its endpoints a request is for, and how it is refused. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "../route.ts";
import type { Target } from "../server/handle-request.ts";
import { readBody } from "../server/read-body.ts";
import type { World } from "../world.ts";
import { askProvider } from "./ask-provider.ts";
import { answerAuthorize, answerOrganizationsLogin, passOn } from "./authorize.ts";
import { forgetSignIns } from "./browser.ts";
import { describeFailure, EntraError, entraError, failureAnswer } from "./entra-error.ts";
import { findApp } from "./find-app.ts";
import { discoveryDocument, keySet } from "./metadata.ts";
import { page, refusalPage } from "./pages.ts";
import { redirect } from "./redirect.ts";
import { answerSignIn } from "./sign-in.ts";
import { providerOf } from "./tenant-provider.ts";
import { findTenant, type TenantState } from "./tenants.ts";
import { answerToken } from "./token.ts";

interface EntraCall {
  readonly world: World;
  /** Absent at `organizations`. */
  readonly tenant: TenantState | undefined;
  /** After the tenant. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export async function answerEntra(
  world: World,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> {
  const [, name = "", rest = ""] = /^\/([^/]+)(\/.*)?$/.exec(target.path) ?? [];
  const isForPeople = /^\/(oauth2\/v2\.0\/(authorize|logout)|login)/.test(rest);
  try {
    const tenant = findTenant(world, decodeURIComponent(name));
    if (!tenant && !/^(organizations|common)$/i.test(name))
      throw entraError(
        "invalid_tenant",
        90002,
        `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
      );
    const call = { world, tenant, path: rest, search: target.search, request, response };
    const answer = await answerEndpoint(call);
    if (answer) return answer;
    return { status: 404, text: "", headers: { "Cache-Control": "private" } };
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    if (!isForPeople) return failureAnswer(world, error.failure);
    return refusalPage("Sorry, but we're having trouble signing you in", describeFailure(world, error.failure));
  }
}

async function answerEndpoint(call: EntraCall): Promise<Answer | undefined> {
  const { world, tenant, path, search, request } = call;
  const isGet = request.method === "GET";
  const name = tenant?.id ?? "organizations";
  switch (path) {
    case "/v2.0/.well-known/openid-configuration":
      return discoveryDocument(world, name);
    case "/discovery/v2.0/keys":
      return keySet(world, name);
    case "/oauth2/v2.0/authorize":
      return answerAuthorize(world, tenant, request, isGet ? search : await readForm(request));
    case "/oauth2/v2.0/token":
      return request.method === "POST" ? answerToken(world, tenant, request) : undefined;
    case "/oauth2/v2.0/logout":
      return answerLogout(call);
    default:
      return answerSteps(call);
  }
}

/** The pages between the authorize endpoint and the way back to the app. */
async function answerSteps({ world, tenant, path, request, response }: EntraCall): Promise<Answer | undefined> {
  const isGet = request.method === "GET";
  if (path === "/login" && !tenant && !isGet) return answerOrganizationsLogin(world, request, await readForm(request));
  if (!tenant) return undefined;
  const [, uid] = /^\/login\/([\w-]+)$/.exec(path) ?? [];
  if (uid) return answerSignIn(world, tenant, uid, request, response, isGet ? undefined : await readForm(request));
  const [, resumed] = /^\/oauth2\/v2\.0\/authorize\/([\w-]+)$/.exec(path) ?? [];
  if (!resumed) return undefined;
  const { app, redirectUri } = interactionFacts(world, tenant, resumed);
  const about = { app, redirectUri, capabilities: [] };
  return passOn(await askProvider(world, tenant, request, about, { method: "GET", path }));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request)).toString());
}

function interactionFacts(world: World, tenant: TenantState, uid: string) {
  const stored = providerOf(world, tenant).store.find("Interaction", uid);
  const params = (stored?.payload.params ?? {}) as Readonly<Record<string, string | undefined>>;
  return { app: findApp(world, tenant, params.client_id), redirectUri: params.redirect_uri ?? "" };
}

function answerLogout({ world, search, request }: EntraCall): Answer {
  const cookie = forgetSignIns(world, request);
  const after = search.get("post_logout_redirect_uri");
  const origin = after === null ? undefined : URL.parse(after)?.origin;
  const isKnown = [...world.entra.apps.values()].some((app) =>
    app.redirectUris.some((uri) => URL.parse(uri)?.origin === origin),
  );
  if (after !== null && isKnown) return redirect(after, [cookie]);
  return {
    ...page("You signed out of your account", "<p>It's a good idea to close all browser windows.</p>"),
    cookies: [cookie],
  };
}
