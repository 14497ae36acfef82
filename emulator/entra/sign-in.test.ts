import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { azureDevOps } from "./permissions.ts";
import { addEntraTo, judgeEntra, openBrowser, type Page } from "./try-entra.ts";

describe("signing in with Microsoft Entra ID", () => {
  let one: TryWorld;
  let entra: ReturnType<typeof addEntraTo>;
  let judge: ReturnType<typeof judgeEntra>;
  before(async () => {
    one = await openTryWorld();
    entra = addEntraTo(one.emulator.world);
    judge = judgeEntra(one.emulator.world, entra);
  });
  beforeEach(() => {
    for (const tenant of [entra.brightwater, entra.harbourline]) {
      tenant.consents.clear();
      tenant.refusedApps.clear();
      Object.assign(tenant.behaviour, { consentNeedsAdministrator: false, conditionalAccess: "off" });
    }
  });
  after(() => one.close());

  const withToken = (path: string, token: string) =>
    one.ask("GET", path, { token: null, headers: { Authorization: `Bearer ${token}` } });
  /** What the app is told at its callback. */
  const told = ({ callback }: Page) => ({
    error: callback?.searchParams.get("error"),
    subcode: callback?.searchParams.get("error_subcode"),
    code: /^AADSTS(\d+): .* Trace ID: /.exec(callback?.searchParams.get("error_description") ?? "")?.[1],
  });
  const start = async (tenant: string, extra: Record<string, string> = {}) =>
    judge.begin(await judge.discover(tenant), extra);

  it("leads over account and consent to a token that Azure DevOps takes, in two tenants with one account", async () => {
    const browser = openBrowser(one.emulator.url);
    const started = await start(entra.brightwater.id);
    const accounts = await browser.open(started.url);
    assert.match(accounts.text, /Pick an account.*Ada Brandt/s);
    const consent = await browser.submit(accounts, { account: entra.ada.mail });
    for (const name of ["vso.code_write", "vso.graph", "User.Read"]) assert.ok(consent.text.includes(name), name);
    const done = await browser.submit(consent, { consent: "accept" });
    assert.equal(done.callback?.searchParams.get("iss"), null);
    const tokens = await started.redeem(done);
    const claims = tokens.claims();
    assert.equal(claims?.tid, entra.brightwater.id);
    assert.equal(claims?.preferred_username, "ada@brightwater.example");
    const granted = [".default", "vso.code_write", "vso.graph", "vso.project"];
    assert.deepEqual(
      tokens.scope?.split(" ").sort(),
      granted.map((name) => `${azureDevOps.id}/${name}`),
    );
    assert.ok((tokens.expires_in ?? 0) >= 3600 && (tokens.expires_in ?? 0) <= 5400);
    assert.ok(tokens.refresh_token);

    assert.equal((await withToken("/brightwater/_apis/projects", tokens.access_token)).status, 200);
    assert.equal((await withToken("/harbourline/_apis/projects", tokens.access_token)).status, 401, "of one tenant");
    assert.equal((await withToken("/fabrikam/_apis/projects", tokens.access_token)).status, 401);
    const pools = await withToken("/brightwater/_apis/distributedtask/pools", tokens.access_token);
    assert.equal(pools.status, 401, "a permission that was not asked for");
    const deployment = "/_hosts/app.vssps.visualstudio.com/_apis";
    const me = (await withToken(`${deployment}/profile/profiles/me`, tokens.access_token)).json;
    assert.equal(me.id, entra.ada.id);
    const organizations = await withToken(`${deployment}/accounts?memberId=${me.id}`, tokens.access_token);
    assert.deepEqual(
      organizations.json.value.map((account: { accountName: string }) => account.accountName),
      ["brightwater", "harbourline"],
    );

    const second = await start(entra.harbourline.id, { login_hint: entra.ada.mail });
    const guest = await browser.open(second.url);
    assert.match(guest.text, /Permissions requested/, "the browser is signed in; only consent is asked");
    const guestTokens = await second.redeem(await browser.submit(guest, { consent: "accept" }));
    assert.equal(guestTokens.claims()?.tid, entra.harbourline.id);
    assert.notEqual(guestTokens.claims()?.oid, claims?.oid);
    assert.equal((await withToken("/harbourline/_apis/projects", guestTokens.access_token)).status, 200);

    const third = await start(entra.brightwater.id);
    assert.ok((await browser.open(third.url)).callback?.searchParams.get("code"), "nothing is asked the second time");
    const fourth = await start(entra.brightwater.id, { prompt: "select_account" });
    assert.match((await browser.open(fourth.url)).text, /Pick an account/);
  });

  it("gives named permissions only, and no refresh token without offline_access", async () => {
    const scope = `openid ${azureDevOps.id}/vso.build https://app.vssps.visualstudio.com/vso.project`;
    const tokens = await judge.signIn(await judge.discover(entra.brightwater.id), { scope });
    assert.equal(tokens.refresh_token, undefined);
    assert.equal(tokens.scope, `${azureDevOps.id}/vso.build ${azureDevOps.id}/vso.project`);
    const builds = `/brightwater/_apis/git/repositories`;
    assert.equal((await withToken(builds, tokens.access_token)).status, 401);
  });

  it("tells the app that the person declined, or that an administrator is needed", async () => {
    const browser = openBrowser(one.emulator.url);
    const started = await start(entra.brightwater.id);
    const consent = await browser.submit(await browser.open(started.url), { account: entra.ada.mail });
    const cancelled = await browser.submit(consent, { consent: "cancel" });
    assert.deepEqual(told(cancelled), { error: "access_denied", subcode: "cancel", code: "65004" });
    assert.equal(cancelled.callback?.searchParams.get("state"), started.checks.expectedState);
    entra.brightwater.behaviour.consentNeedsAdministrator = true;
    const again = await start(entra.brightwater.id);
    const approval = await browser.open(again.url);
    assert.match(approval.text, /Need admin approval/);
    const returned = await browser.submit(approval, { consent: "return" });
    assert.deepEqual(told(returned), { error: "access_denied", subcode: null, code: "90094" });
  });

  it("shows who may not in, and leads back or to another account", async () => {
    const cases = [
      {
        code: "53003",
        arrange: () => Object.assign(entra.harbourline.behaviour, { conditionalAccess: "blocks sign-in" }),
        mail: entra.ada.mail,
      },
      {
        code: "50020",
        arrange: () => Object.assign(entra.harbourline.behaviour, { conditionalAccess: "off" }),
        mail: entra.jonas.mail,
      },
    ];
    for (const { code, arrange, mail } of cases) {
      arrange();
      const browser = openBrowser(one.emulator.url);
      const started = await start(entra.harbourline.id);
      const page = await browser.submit(await browser.open(started.url), { account: mail });
      assert.match(page.text, new RegExp(`AADSTS${code}: `));
      assert.match((await browser.submit(page, { other: "yes" })).text, /Pick an account/);
      assert.deepEqual(told(await browser.submit(page, { return: "yes" })), {
        error: "access_denied",
        subcode: code === "53003" ? "message_only" : null,
        code,
      });
    }
    const browser = openBrowser(one.emulator.url);
    const started = await start(entra.harbourline.id);
    const unknown = await browser.submit(await browser.open(started.url), { account: "nobody@brightwater.example" });
    assert.match(unknown.text, /AADSTS50034: .*Pick|Pick.*AADSTS50034: /s);
  });

  it("shows on a page what is wrong with the app, and tells the app what is wrong with the request", async () => {
    const browser = openBrowser(one.emulator.url);
    const open = async (extra: Record<string, string>, tenant = entra.brightwater.id) =>
      browser.open((await start(tenant, extra)).url);
    assert.match((await open({ redirect_uri: "https://elsewhere.example/callback" })).text, /AADSTS50011: /);
    assert.match((await open({ client_id: "3d1c6c31-0000-4000-8000-000000000000" })).text, /AADSTS700016: /);
    entra.brightwater.refusedApps.set(entra.app.clientId, "disabled");
    assert.match((await open({})).text, /AADSTS7000112: /);
    entra.brightwater.refusedApps.clear();
    const scope = (text: string) => open({ scope: text });
    assert.equal(told(await scope(`openid ${azureDevOps.id}/vso.nothing`)).code, "650053");
    assert.equal(told(await scope("499b84ac-0000-0000-0000-000000000000/vso.code")).code, "500011");
    assert.equal(told(await scope(`${azureDevOps.id}/.default User.Read`)).code, "70011");
    assert.deepEqual(told(await open({ prompt: "none" })), { error: "login_required", subcode: null, code: "50058" });
    const unknown = await fetch(`${judge.login}/nowhere.example/v2.0/.well-known/openid-configuration`);
    assert.equal(unknown.status, 400);
    const body = (await unknown.json()) as Record<string, unknown>;
    assert.equal(body.error, "invalid_tenant");
    assert.deepEqual(body.error_codes, [90002]);
  });

  it("finds a person's own tenant from `organizations`, and takes the code there", async () => {
    const response = await fetch(`${judge.login}/organizations/v2.0/.well-known/openid-configuration`);
    const metadata = (await response.json()) as Record<string, string>;
    assert.equal(metadata.issuer, `${judge.login}/{tenantid}/v2.0`);
    const browser = openBrowser(one.emulator.url);
    const { url, checks } = await start(entra.brightwater.id);
    const everywhere = new URL(`${metadata.authorization_endpoint}${url.search}`);
    const asked = await browser.open(everywhere);
    assert.match((await browser.submit(asked, { account: "x@nowhere.example" })).text, /AADSTS50034: /);
    const consent = await browser.submit(asked, { account: entra.jonas.mail });
    assert.ok(consent.url.startsWith(`${judge.login}/${entra.brightwater.id}/`));
    const done = await browser.submit(consent, { consent: "accept" });
    const form = new URLSearchParams({
      grant_type: "authorization_code",
      client_id: entra.app.clientId,
      client_secret: entra.app.clientSecret,
      code: done.callback?.searchParams.get("code") ?? "",
      redirect_uri: url.searchParams.get("redirect_uri") ?? "",
      code_verifier: checks.pkceCodeVerifier ?? "",
    });
    const answer = await fetch(String(metadata.token_endpoint), { method: "POST", body: form });
    assert.equal(answer.status, 200);
    const { id_token } = (await answer.json()) as { id_token: string };
    const claims = JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString());
    assert.deepEqual([claims.tid, claims.iss], [entra.brightwater.id, `${judge.login}/${entra.brightwater.id}/v2.0`]);
  });
});
