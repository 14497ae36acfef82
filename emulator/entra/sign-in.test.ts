import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as client from "openid-client";
import { addOrganization, addUser } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { azureDevOps } from "./permissions.ts";
import { addEntraTo, type Browser, callback, everything, openBrowser, type Page } from "./try-entra.ts";

describe("signing in with Microsoft Entra ID", () => {
  let one: TryWorld;
  let entra: ReturnType<typeof addEntraTo>;
  before(async () => {
    one = await openTryWorld();
    entra = addEntraTo(one.emulator.world);
  });
  after(() => one.close());

  const login = () => `${one.emulator.url}/_hosts/login.microsoftonline.com`;
  const discover = (tenant: string, auth?: client.ClientAuth) =>
    client.discovery(new URL(`${login()}/${tenant}/v2.0`), entra.app.clientId, entra.app.clientSecret, auth, {
      execute: [client.allowInsecureRequests],
    });
  const redirectUri = callback.replace("127.0.0.1", "127.0.0.1:8080");

  async function begin(config: client.Configuration, extra: Record<string, string> = {}) {
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
    return { url, checks, redeem: (page: Page) => client.authorizationCodeGrant(config, page.callback as URL, checks) };
  }

  async function agree(browser: Browser, page: Page, account = entra.ada.mail): Promise<Page> {
    const asked = await browser.submit(page, { account });
    return browser.submit(asked, { consent: "accept" });
  }

  it("leads from a domain over account and consent to a token that Azure DevOps takes, in two tenants with one account", async () => {
    const config = await discover(entra.brightwater.id);
    assert.equal(config.serverMetadata().issuer, `${login()}/${entra.brightwater.id}/v2.0`);
    const browser = openBrowser(one.emulator.url);
    const start = await begin(config);
    const accounts = await browser.open(start.url);
    assert.match(accounts.text, /Pick an account.*Ada Brandt/s);
    const consent = await browser.submit(accounts, { account: entra.ada.mail });
    for (const name of ["vso.code_write", "vso.graph", "User.Read"]) assert.ok(consent.text.includes(name), name);
    const done = await browser.submit(consent, { consent: "accept" });
    assert.equal(done.callback?.searchParams.get("iss"), null);
    const tokens = await start.redeem(done);
    const claims = tokens.claims();
    assert.equal(claims?.tid, entra.brightwater.id);
    assert.equal(claims?.preferred_username, "ada@brightwater.example");
    assert.deepEqual(tokens.scope?.split(" ").sort(), [
      `${azureDevOps.id}/.default`,
      `${azureDevOps.id}/vso.code_write`,
      `${azureDevOps.id}/vso.graph`,
      `${azureDevOps.id}/vso.project`,
    ]);
    assert.ok((tokens.expires_in ?? 0) >= 3600 && (tokens.expires_in ?? 0) <= 5400);
    assert.ok(tokens.refresh_token);
    const headers = { Authorization: `Bearer ${tokens.access_token}` };
    const asAda = (path: string) => one.ask("GET", path, { token: null, headers });
    assert.equal((await asAda("/brightwater/_apis/projects")).status, 200);
    assert.equal((await asAda("/harbourline/_apis/projects")).status, 401, "a token is for one tenant");
    assert.equal((await asAda("/fabrikam/_apis/projects")).status, 401);
    const build = await asAda("/brightwater/_apis/distributedtask/pools");
    assert.equal(build.status, 401, "a permission that was not asked for");
    const me = (await asAda("/_hosts/app.vssps.visualstudio.com/_apis/profile/profiles/me")).json;
    assert.equal(me.id, entra.ada.id);
    const accountsOf = await asAda(`/_hosts/app.vssps.visualstudio.com/_apis/accounts?memberId=${me.id}`);
    assert.deepEqual(
      accountsOf.json.value.map((account: { accountName: string }) => account.accountName),
      ["brightwater", "harbourline"],
    );

    const second = await begin(await discover(entra.harbourline.id), { login_hint: entra.ada.mail });
    const guest = await browser.open(second.url);
    assert.match(guest.text, /Permissions requested/, "the browser is signed in; only consent is asked");
    const guestTokens = await second.redeem(await browser.submit(guest, { consent: "accept" }));
    assert.equal(guestTokens.claims()?.tid, entra.harbourline.id);
    assert.notEqual(guestTokens.claims()?.oid, claims?.oid);
    const other = await one.ask("GET", "/harbourline/_apis/projects", {
      token: null,
      headers: { Authorization: `Bearer ${guestTokens.access_token}` },
    });
    assert.equal(other.status, 200);

    const third = await begin(config);
    assert.ok((await browser.open(third.url)).callback?.searchParams.get("code"), "the second time nothing is asked");
  });

  void addOrganization;
  void addUser;
  void agree;
});
