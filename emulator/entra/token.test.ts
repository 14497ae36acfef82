import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import * as client from "openid-client";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { challengeTokens, revokeSessions, withdrawConsent } from "./account-state.ts";
import { azureDevOps } from "./permissions.ts";
import { addEntraTo, judgeEntra, openBrowser, refusalOf } from "./try-entra.ts";

const hour = 3_600_000;

describe("tokens of Microsoft Entra ID", () => {
  let one: TryWorld;
  let entra: ReturnType<typeof addEntraTo>;
  let judge: ReturnType<typeof judgeEntra>;
  let config: client.Configuration;
  before(async () => {
    one = await openTryWorld();
    entra = addEntraTo(one.emulator.world);
    judge = judgeEntra(one.emulator.world, entra);
    config = await judge.discover(entra.brightwater.id);
  });
  beforeEach(() => {
    Object.assign(entra.brightwater.behaviour, { conditionalAccess: "off", refreshTokens: "once" });
  });
  after(() => one.close());

  const call = (token: string) =>
    one.ask("GET", "/brightwater/_apis/projects", { token: null, headers: { Authorization: `Bearer ${token}` } });
  const refresh = (token: string | undefined, extra: Record<string, string> = {}) =>
    client.refreshTokenGrant(config, token ?? "", extra);
  const cp1 = { claims: JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } }) };

  async function code(extra: Record<string, string> = {}) {
    const started = await judge.begin(config, extra);
    const browser = openBrowser(one.emulator.url);
    let page = await browser.submit(await browser.open(started.url), { account: entra.ada.mail });
    if (!page.callback) page = await browser.submit(page, { consent: "accept" });
    return { started, page, exchange: () => started.redeem(page) };
  }

  it("takes a code once, in time, with its verifier and address, in its tenant", async () => {
    const { clock } = one.emulator;
    const twice = await code();
    const first = await twice.exchange();
    const second = await refusalOf(twice.exchange());
    assert.deepEqual([second.error, second.codes], ["invalid_grant", [54005]]);
    assert.match(
      second.description,
      /^AADSTS54005: .* Trace ID: .* Correlation ID: .* Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    );
    assert.deepEqual((await refusalOf(refresh(first.refresh_token))).codes, [70000], "its tokens are dead, too");
    const late = await code();
    await clock.advance(11 * 60_000);
    assert.deepEqual((await refusalOf(late.exchange())).codes, [70008]);
    const { started, page } = await code();
    const wrong = client.authorizationCodeGrant(config, page.callback as URL, {
      ...started.checks,
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
    });
    assert.deepEqual((await refusalOf(wrong)).codes, [501481]);
    const elsewhere = await judge.discover(entra.harbourline.id);
    const abroad = client.authorizationCodeGrant(elsewhere, (await code()).page.callback as URL, started.checks);
    await assert.rejects(abroad, "the state is another one");
    const form = (redirect: string, tenant: string, value: string) =>
      fetch(`${judge.login}/${tenant}/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          client_id: entra.app.clientId,
          client_secret: entra.app.clientSecret,
          code: value,
          redirect_uri: redirect,
        }),
      }).then((response) => response.json() as Promise<{ error_codes: number[] }>);
    const fresh = async () => (await code()).page.callback?.searchParams.get("code") ?? "";
    const uri = started.url.searchParams.get("redirect_uri") ?? "";
    assert.deepEqual((await form(uri, "harbourline.example", await fresh())).error_codes, [700005]);
    assert.deepEqual(
      (await form("http://127.0.0.1:9/api/sign-ins/callback", "brightwater.example", await fresh())).error_codes,
      [500112],
    );
  });

  it("rotates refresh tokens; one used twice ends its family, unless the tenant lets it", async () => {
    const { refresh_token: first } = await judge.signIn(config);
    const rotated = await refresh(first);
    assert.ok(rotated.refresh_token && rotated.refresh_token !== first);
    assert.equal((await call(rotated.access_token)).status, 200);
    const reused = await refusalOf(refresh(first));
    assert.deepEqual([reused.error, reused.codes], ["invalid_grant", [70000]]);
    assert.deepEqual((await refusalOf(refresh(rotated.refresh_token))).codes, [70000]);
    entra.brightwater.behaviour.refreshTokens = "again";
    const { refresh_token: lasting } = await judge.signIn(config);
    await refresh(lasting);
    assert.ok((await refresh(lasting)).refresh_token);
  });

  it("gives a refresh what was granted, or the part of it that it names", async () => {
    const { refresh_token: token } = await judge.signIn(config);
    const part = await refresh(token, { scope: `${azureDevOps.id}/vso.project` });
    assert.equal(part.scope, `${azureDevOps.id}/vso.project`);
    assert.deepEqual(
      (await refusalOf(refresh(part.refresh_token, { scope: `${azureDevOps.id}/vso.build` }))).codes,
      [65001],
    );
    const both = await refusalOf(refresh(part.refresh_token, { scope: `${azureDevOps.id}/vso.project User.Read` }));
    assert.deepEqual([both.error, both.codes], ["invalid_scope", [28000]]);
    const whole = await refresh(part.refresh_token, { scope: `${azureDevOps.id}/.default` });
    assert.equal(whole.scope?.split(" ").length, 4);
    const graph = await refresh(whole.refresh_token, { scope: "openid User.Read" });
    assert.equal(graph.scope, "https://graph.microsoft.com/User.Read");
    assert.equal((await call(graph.access_token)).status, 401, "meant for somebody else");
  });

  it("lives by the emulator's clock", async () => {
    const { clock } = one.emulator;
    const tokens = await judge.signIn(config);
    await clock.advance(74 * 60_000);
    assert.equal((await call(tokens.access_token)).status, 200);
    await clock.advance(2 * 60_000);
    assert.equal((await call(tokens.access_token)).status, 401);
    const renewed = await refresh(tokens.refresh_token);
    assert.equal((await call(renewed.access_token)).status, 200);
    await clock.advance(91 * 24 * hour);
    assert.deepEqual((await refusalOf(refresh(renewed.refresh_token))).codes, [700082]);
  });

  it("refuses a refresh for what happened to the person, the app or the policy", async () => {
    const { brightwater, ada, app } = entra;
    const account = brightwater.accounts.get(ada.id);
    assert.ok(account);
    const fresh = async () => (await judge.signIn(config)).refresh_token;
    let token = await fresh();
    account.disabled = true;
    assert.deepEqual((await refusalOf(refresh(token))).codes, [50057]);
    account.disabled = false;
    brightwater.behaviour.conditionalAccess = "wants interaction at refresh";
    const wanted = await refusalOf(refresh(token));
    assert.deepEqual(
      [wanted.error, wanted.codes, wanted.body.suberror],
      ["interaction_required", [50076], "basic_action"],
    );
    const after = await fresh();
    assert.ok((await refresh(after)).access_token, "signing in again satisfies the policy");
    brightwater.behaviour.conditionalAccess = "off";
    withdrawConsent(brightwater, app, ada.id);
    const withdrawn = await refusalOf(refresh(token));
    assert.deepEqual(
      [withdrawn.error, withdrawn.codes, withdrawn.body.suberror],
      ["invalid_grant", [65001], "consent_required"],
    );
    token = await fresh();
    revokeSessions(one.emulator.world, brightwater, ada);
    assert.deepEqual((await refusalOf(refresh(token))).codes, [50173]);
    token = await fresh();
    brightwater.refusedApps.set(app.clientId, "absent");
    const absent = await refusalOf(refresh(token));
    assert.deepEqual([absent.error, absent.codes], ["unauthorized_client", [700016]]);
    brightwater.refusedApps.clear();
    brightwater.accounts.delete(ada.id);
    assert.deepEqual((await refusalOf(refresh(token))).codes, [50020]);
    brightwater.accounts.set(ada.id, account);
  });

  it("challenges only clients that can handle it, and is content with a refresh", async () => {
    const { brightwater, ada } = entra;
    const able = await judge.signIn(config, cp1);
    const plain = await judge.signIn(config);
    challengeTokens(one.emulator.world, brightwater, ada);
    assert.equal((await call(plain.access_token)).status, 200);
    const refused = await call(able.access_token);
    assert.equal(refused.status, 401);
    const header = refused.headers.get("www-authenticate") ?? "";
    assert.match(header, /^Bearer realm="", authorization_uri="[^"]+", error="insufficient_claims", claims="[^"]+"$/);
    const claims = Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? "", "base64").toString();
    assert.equal(JSON.parse(claims).access_token.nbf.essential, true);
    const merged = JSON.stringify({
      access_token: { ...JSON.parse(claims).access_token, xms_cc: { values: ["cp1"] } },
    });
    const renewed = await refresh(able.refresh_token, { claims: merged });
    assert.equal((await call(renewed.access_token)).status, 200);
  });

  it("says what is wrong with the app's credential", async () => {
    const discover = (auth: client.ClientAuth) => judge.discover(entra.brightwater.id, auth);
    const grant = (auth: client.ClientAuth) =>
      discover(auth).then((wrong) =>
        refusalOf(client.clientCredentialsGrant(wrong, { scope: `${azureDevOps.id}/.default` })),
      );
    const bad = await grant(client.ClientSecretPost("wrong"));
    assert.deepEqual([bad.error, bad.codes], ["invalid_client", [7000215]]);
    assert.deepEqual((await grant(client.None())).codes, [7000218]);
    assert.deepEqual(
      (await grant(client.ClientSecretBasic(entra.app.clientSecret))).codes,
      [7000229],
      "good, but no service principal",
    );
    const [secret] = entra.app.secrets;
    assert.ok(secret);
    secret.expires = one.emulator.clock.now();
    const expired = await grant(client.ClientSecretPost(entra.app.clientSecret));
    delete secret.expires;
    assert.deepEqual([expired.error, expired.codes], ["invalid_client", [7000222]]);
  });
});
