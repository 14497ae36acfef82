/**
 * A running sign-in at a tenant: which account, may it, did it agree. Pages are shown only where Entra shows them: a browser
 * that is signed in, and a person who agreed before, pass through.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "../route.ts";
import type { User, World } from "../world.ts";
import { accountFailure, giveConsent, missingConsent } from "./account-state.ts";
import { rememberSignIn, signedInUsers } from "./browser.ts";
import { describeFailure, EntraError, type EntraFailure, failureLocation } from "./entra-error.ts";
import { findApp } from "./find-app.ts";
import { accountPage, administratorPage, consentPage, refusalPage } from "./pages.ts";
import { readScopes, resources } from "./permissions.ts";
import { readCapabilities } from "./read-capabilities.ts";
import { redirect } from "./redirect.ts";
import { loginBase, providerOf, type TenantProvider } from "./tenant-provider.ts";
import { type EntraApp, findUserByMail, type TenantState } from "./tenants.ts";

interface SignIn {
  readonly world: World;
  readonly tenant: TenantState;
  readonly app: EntraApp;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly tenantProvider: TenantProvider;
  /** As sent to the provider. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Of Entra: none, login, select_account, consent. */
  readonly prompt: string;
  readonly action: string;
}

export async function answerSignIn(
  world: World,
  tenant: TenantState,
  uid: string,
  request: IncomingMessage,
  response: ServerResponse,
  form: URLSearchParams | undefined,
): Promise<Answer> {
  const tenantProvider = providerOf(world, tenant);
  const interaction = await tenantProvider.provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction?.uid !== uid)
    return refusalPage(
      "Sorry, but we're having trouble signing you in",
      "AADSTS165000: Invalid Request: the sign-in has ended or belongs to another browser. Start again from the application.",
    );
  const params = interaction.params as Readonly<Record<string, string | undefined>>;
  const app = findApp(world, tenant, params.client_id);
  const signIn: SignIn = {
    world,
    tenant,
    app,
    request,
    response,
    tenantProvider,
    params,
    prompt: params.entra_prompt ?? "",
    action: `${loginBase(world)}/${tenant.id}/login/${uid}`,
  };
  try {
    return form ? await answerForm(signIn, form) : await answerArrival(signIn);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return back(signIn, error.failure);
  }
}

function back({ world, params }: SignIn, failure: EntraFailure): Answer {
  return redirect(failureLocation(world, params.redirect_uri ?? "", params.state, failure));
}

/** The one account of this browser that the request can mean, if there is just one. */
function silentAccount({ world, request, params }: SignIn): User | undefined {
  const hint = params.login_hint?.toLowerCase();
  const candidates = signedInUsers(world, request).filter((user) => !hint || user.mail.toLowerCase() === hint);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function answerArrival(signIn: SignIn): Answer | Promise<Answer> {
  const user = silentAccount(signIn);
  if (signIn.prompt === "none") {
    if (user) return proceed(signIn, user);
    throw new EntraError({
      error: "login_required",
      code: 50058,
      text: "A silent sign-in request was sent but no user is signed in.",
    });
  }
  if (user && signIn.prompt !== "select_account" && signIn.prompt !== "login") return proceed(signIn, user);
  return askAccount(signIn);
}

function askAccount(signIn: SignIn, refusal?: string): Answer {
  const { world, tenant, request, app, action, params } = signIn;
  const own = [...tenant.accounts.keys()].flatMap((id) => world.users.get(id) ?? []);
  const accounts = [...new Set([...signedInUsers(world, request), ...own])];
  const hint = params.login_hint;
  const hinted = accounts.filter((user) => user.mail.toLowerCase() === hint?.toLowerCase());
  return accountPage({
    where: tenant.name,
    app: app.displayName,
    action,
    accounts: hinted.length > 0 && signIn.prompt !== "select_account" ? hinted : accounts,
    hint,
    ...(refusal ? { refusal } : {}),
  });
}

async function answerForm(signIn: SignIn, form: URLSearchParams): Promise<Answer> {
  const { world } = signIn;
  if (form.has("other")) return askAccount(signIn);
  const mail = form.get("account") ?? "";
  const user = findUserByMail(world, mail);
  if (form.has("return")) {
    const failure = user ? accountFailure(world, signIn.tenant, signIn.app, user.id) : undefined;
    return back(signIn, failure ? { ...failure, error: "access_denied" } : declined());
  }
  if (!user)
    return askAccount(
      signIn,
      `AADSTS50034: We couldn't find an account with the username ${mail}. Check the spelling, or ask your admin.`,
    );
  const consent = form.get("consent");
  if (consent === "cancel") return back(signIn, declined());
  if (consent === "return") return back(signIn, administratorNeeded(signIn));
  if (consent === "accept") giveConsent(signIn.tenant, signIn.app, user.id, wantedPermissions(signIn));
  const cookie = rememberSignIn(world, signIn.request, user);
  const answer = await proceed(signIn, user, consent === "accept");
  return { ...answer, cookies: [...(answer.cookies ?? []), cookie] };
}

function declined(): EntraFailure {
  return {
    error: "access_denied",
    code: 65004,
    text: "User declined to consent to access the app.",
    suberror: "cancel",
  };
}

function administratorNeeded({ tenant, app }: SignIn): EntraFailure {
  return {
    error: "access_denied",
    code: 90094,
    text: `An administrator of ${tenant.name} has set a policy that prevents you from granting ${app.displayName} the permissions it is requesting. Contact an administrator of ${tenant.name}, who can grant permissions to this app on your behalf.`,
  };
}

/** Everything that this request wants the person to agree to, with OpenID words in front. */
function wantedPermissions({ app, params }: SignIn): readonly string[] {
  const words = (params.scope ?? "").split(" ");
  const { openId } = readScopes(app, words.filter((word) => !word.includes("/")).join(" "));
  return [...openId, ...words.filter((word) => word.includes("/") && !word.endsWith("/.default"))];
}

async function proceed(signIn: SignIn, user: User, hasAgreed = false): Promise<Answer> {
  const { world, tenant, app, prompt, action } = signIn;
  const failure = accountFailure(world, tenant, app, user.id);
  if (failure) {
    if (prompt === "none") throw new EntraError({ ...failure, error: "interaction_required" });
    // told to the app only when the person goes back to it
    const way = { action, account: user.mail };
    return refusalPage("Sorry, but we're having trouble signing you in", describeFailure(world, failure), way);
  }
  const missing = missingConsent(tenant, app, user.id, wantedPermissions(signIn));
  if (missing.length > 0 || (prompt === "consent" && !hasAgreed)) {
    if (prompt === "none")
      throw new EntraError({
        error: "consent_required",
        code: 65001,
        text: `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.displayName}'. Send an interactive authorization request for this user and resource.`,
      });
    const asked = { app: app.displayName, tenant: tenant.name, user, action };
    if (tenant.behaviour.consentNeedsAdministrator && missing.length > 0) return administratorPage(asked);
    return consentPage({ ...asked, permissions: prompt === "consent" ? wantedPermissions(signIn) : missing });
  }
  return finish(signIn, user);
}

async function finish(signIn: SignIn, user: User): Promise<Answer> {
  const { world, tenant, app, request, response, params, tenantProvider } = signIn;
  const { provider, store } = tenantProvider;
  const grant = new provider.Grant({ accountId: user.id, clientId: app.clientId });
  const words = (params.scope ?? "").split(" ");
  grant.addOIDCScope(words.filter((word) => !word.includes("/")).join(" "));
  for (const resource of resources)
    grant.addResourceScope(resource.indicator, words.filter((word) => word.startsWith(resource.prefix)).join(" "));
  const account = tenant.accounts.get(user.id);
  if (account && tenant.behaviour.conditionalAccess === "wants interaction at refresh") {
    world.entra.sequence += 1;
    account.interactedAt = world.entra.sequence;
  }
  const grantId = await grant.save();
  store.capabilities.set(grantId, readCapabilities(params.entra_capabilities));
  const returnTo = await provider.interactionResult(request, response, {
    login: { accountId: user.id, amr: ["pwd"] },
    consent: { grantId },
  });
  return redirect(returnTo, [rememberSignIn(world, request, user)]);
}
