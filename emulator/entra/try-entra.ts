/** For tests: two tenants, an app, an organization, and a browser that keeps cookies and fills in Entra's forms. */
import * as client from "openid-client";
import { addEntraApp, addGuest, addTenant } from "../build-tenants.ts";
import { addMembership, addOrganization, addUser } from "../build-world.ts";
import type { World } from "../world.ts";
import { azureDevOps } from "./permissions.ts";

export const callback = "http://127.0.0.1/api/sign-ins/callback";
export const everything = `${azureDevOps.id}/.default offline_access openid profile`;

/** Ada belongs to Brightwater and is a guest of Harbourline; Jonas belongs to Brightwater only. */
export function addEntraTo(world: World) {
  const brightwater = addTenant(world, { name: "Brightwater", domains: ["brightwater.example"] });
  const harbourline = addTenant(world, { name: "Harbourline", domains: ["harbourline.example"] });
  const organization = addOrganization(world, "brightwater", { tenantId: brightwater.id });
  const other = addOrganization(world, "harbourline", { tenantId: harbourline.id });
  const ada = addUser(world, "Ada Brandt", {
    mail: "ada@brightwater.example",
    organization,
    group: "collection administrators",
  });
  const jonas = addUser(world, "Jonas Lindqvist", { mail: "jonas@brightwater.example", organization });
  addGuest(world, ada, harbourline);
  addMembership(other, ada, "collection administrators");
  const app = addEntraApp(world, {
    displayName: "Sallyport at Brightwater",
    redirectUris: [callback],
    permissions: ["vso.code_write", "vso.project", "vso.graph", "User.Read"],
  });
  return { brightwater, harbourline, organization, other, ada, jonas, app };
}

export interface Page {
  readonly status: number;
  readonly text: string;
  /** Where a redirect left the emulator: the app's callback. */
  readonly callback?: URL;
  readonly url: string;
}

export interface Browser {
  open(url: string | URL): Promise<Page>;
  /** Submits the page's form that has the button or field, with the values given. */
  submit(page: Page, values: Readonly<Record<string, string>>): Promise<Page>;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

interface CookieJar {
  keep(response: Response): void;
  /** The Cookie header for a path. */
  cookiesFor(path: string): string;
}

function openJar(): CookieJar {
  const jar = new Map<string, Cookie>();
  return {
    keep(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = "", ...attributes] = line.split("; ");
        const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
        const isOver = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one));
        const key = `${path} ${pair.slice(0, pair.indexOf("="))}`;
        if (isOver) jar.delete(key);
        else jar.set(key, { value: pair, path });
      }
    },
    cookiesFor(path) {
      const cookies = [...jar.values()].filter((one) => path.startsWith(one.path));
      return cookies.map((one) => one.value).join("; ");
    },
  };
}

/** Follows redirects within the emulator, as a browser does, and stops at the app. */
export function openBrowser(baseUrl: string): Browser {
  const jar = openJar();

  async function go(address: string, form?: URLSearchParams): Promise<Page> {
    let url = address;
    let body = form;
    for (let hop = 0; hop < 10; hop += 1) {
      const headers = { cookie: jar.cookiesFor(new URL(url).pathname) };
      const init = body ? { method: "POST", body } : {};
      const response = await fetch(url, { ...init, redirect: "manual", headers });
      jar.keep(response);
      const text = await response.text();
      const location = response.headers.get("location");
      if (location === null) return { status: response.status, text, url };
      url = new URL(location, url).href;
      body = undefined;
      if (!url.startsWith(`${baseUrl}/`)) return { status: response.status, text, url, callback: new URL(url) };
    }
    throw new Error(`redirected too often: ${url}`);
  }

  return {
    open: (url) => go(String(url)),
    submit(page, values) {
      const wanted = Object.keys(values);
      const forms = [...page.text.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)];
      const form = forms.find(([, , inner = ""]) => wanted.every((name) => inner.includes(`name="${name}"`)));
      if (!form) throw new Error(`no form has ${wanted.join(", ")}: ${page.text}`);
      const hiddenFields = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;
      const body = new URLSearchParams();
      for (const [, name = "", value = ""] of (form[2] ?? "").matchAll(hiddenFields))
        body.set(unescaped(name), unescaped(value));
      for (const [name, value] of Object.entries(values)) body.set(name, value);
      return go(unescaped(form[1] ?? ""), body);
    },
  };
}

export interface StartedSignIn {
  readonly url: URL;
  /** Exchanges the code that the page's callback carries. */
  redeem(page: Page): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>;
  readonly checks: client.AuthorizationCodeGrantChecks;
}

/** openid-client as the judge: it discovers, signs in with PKCE, state and nonce, and refuses what is not as it must be. */
export function judgeEntra(world: World, entra: ReturnType<typeof addEntraTo>) {
  const login = `${world.baseUrl}/_hosts/login.microsoftonline.com`;
  const redirectUri = callback.replace("127.0.0.1", "127.0.0.1:8080");

  function discover(tenant: string, auth?: client.ClientAuth): Promise<client.Configuration> {
    const { clientId, clientSecret } = entra.app;
    const options = { execute: [client.allowInsecureRequests] };
    return client.discovery(new URL(`${login}/${tenant}/v2.0`), clientId, clientSecret, auth, options);
  }

  async function begin(
    config: client.Configuration,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<StartedSignIn> {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: everything,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      ...extra,
    });
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
    return { url, checks, redeem: (page) => client.authorizationCodeGrant(config, page.callback as URL, checks) };
  }

  /** All the way: a fresh browser, the account, consent if it is asked, the code, the tokens. */
  async function signIn(
    config: client.Configuration,
    extra: Readonly<Record<string, string>> = {},
    account = entra.ada.mail,
  ) {
    const started = await begin(config, extra);
    const browser = openBrowser(world.baseUrl);
    let page = await browser.submit(await browser.open(started.url), { account });
    if (page.text.includes("Permissions requested")) page = await browser.submit(page, { consent: "accept" });
    return started.redeem(page);
  }

  return { login, discover, begin, signIn };
}

/** What the token endpoint said when openid-client refused its answer. */
export async function refusalOf(promise: Promise<unknown>): Promise<{
  readonly error: string;
  readonly codes: unknown;
  readonly description: string;
  readonly body: Readonly<Record<string, unknown>>;
}> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof client.ResponseBodyError))
    throw new Error("no refusal of the token endpoint", { cause: error });
  const body = error.cause as Readonly<Record<string, unknown>>;
  return { error: error.error, codes: body.error_codes, description: error.error_description ?? "", body };
}
