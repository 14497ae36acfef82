// What Entra itself would never send: the refusal of forged, foreign and broken answers.
import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { addressesFrom } from "../addresses.ts";
import { scriptedService } from "../testing/scripted-service.ts";
import { openEntra } from "./open-entra.ts";
import { signInProblem } from "./sign-in-problem.ts";

const tenant = "11111111-2222-4333-8444-555555555555";
const other = "99999999-2222-4333-8444-555555555555";
const app = { clientId: "sallyport", proof: { is: "secret", value: secretValue("x") } } as const;
const redirectUri = "https://sallyport.example/api/sign-ins/callback";
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

function idToken(claims: Readonly<Record<string, unknown>>, key = keys.privateKey): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "RS256", kid: "one", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(key, "base64url")}`;
}

interface Script {
  readonly document?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: typeof keys.privateKey;
  readonly token?: { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown };
  readonly now?: () => Date;
}

/** Signs somebody in at an issuer that answers so; what comes of it. */
async function signIn(t: TestContext, name: string, script: Script) {
  let nonce = "";
  let base = "";
  const { url, requests } = await scriptedService(t, async (request) => {
    const issuer = name === "organizations" ? `${base}/{tenantid}/v2.0` : `${base}/${tenant}/v2.0`;
    const endpoints = { authorization_endpoint: `${base}/a`, token_endpoint: `${base}/t`, jwks_uri: `${base}/k` };
    if (request.url?.endsWith("/openid-configuration")) return { body: { issuer, ...endpoints, ...script.document } };
    if (request.url?.endsWith("/k")) {
      return { body: { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig" }] } };
    }
    if (script.token) return script.token;
    const seconds = Math.floor(Date.now() / 1000);
    const person = { tid: tenant, oid: "o", sub: "s", name: "Ada", preferred_username: "ada@contoso.example" };
    const times = { iat: seconds, nbf: seconds, exp: seconds + 3600 };
    const claims = { iss: `${base}/${tenant}/v2.0`, aud: "sallyport", nonce, ...person, ...times, ...script.claims };
    return {
      body: { token_type: "Bearer", access_token: "opaque", expires_in: 3600, id_token: idToken(claims, script.key) },
    };
  });
  base = `${url}/_hosts/login.microsoftonline.com`;
  const options = { addresses: addressesFrom(url), log: pino({ level: "silent" }), userAgent: "sallyport/test" };
  const entra = openEntra({ ...options, now: script.now ?? (() => new Date()) });
  const begun = await entra.begin(app, { tenant: name, redirectUri, scopes: [] });
  ({ nonce } = begun);
  const answer = entra.complete(app, { ...begun, tenant: name, redirectUri }, `/callback?code=c&state=${begun.state}`);
  return { answer, requests };
}

function withProblem(code: string) {
  return (error: unknown) => {
    assert.ok(error instanceof RemoteError, String(error));
    assert.equal(signInProblem(error).code, code, error.message);
    assert.equal(error.cause, undefined, "causes hold tokens");
    return true;
  };
}

test("a person of any directory is taken at the word of their own directory only", async (t) => {
  for (const name of [tenant, "organizations", "contoso.example"]) {
    const { answer, requests } = await signIn(t, name, {});
    assert.deepEqual((await answer).account, { objectId: "o", name: "Ada", userName: "ada@contoso.example" });
    assert.ok(requests.every(({ headers }) => headers["user-agent"] === "sallyport/test"));
  }
  const refusals: readonly (readonly [string, string, Script])[] = [
    [tenant, "wrong-directory", { claims: { iss: "https://login.microsoftonline.com/x/v2.0" } }],
    ["organizations", "wrong-directory", { claims: { tid: other } }],
    [tenant, "other", { claims: { tid: other } }],
    [tenant, "other", { claims: { tid: undefined } }],
    [tenant, "other", { claims: { aud: "another app" } }],
    [tenant, "other", { claims: { exp: 1000 } }],
    [tenant, "state-mismatch", { claims: { nonce: "another" } }],
    [tenant, "other", { key: stranger.privateKey }],
  ];
  for (const [name, problem, script] of refusals) {
    await assert.rejects((await signIn(t, name, script)).answer, withProblem(problem), JSON.stringify(script.claims));
  }
});

test("a wrong clock is called a wrong clock, up to five minutes it does not matter", async (t) => {
  const off = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });
  await (await signIn(t, tenant, off(-4))).answer;
  await assert.rejects((await signIn(t, tenant, off(-6))).answer, (error) => {
    assert.ok(error instanceof RemoteError);
    return signInProblem(error).title === "The clocks do not agree";
  });
});

test("secrets are not sent to addresses that a document makes up", async (t) => {
  const foreign = [
    { token_endpoint: "https://evil.example/t" },
    { jwks_uri: "https://login.microsoftonline.com.evil.example/k" },
    { issuer: "https://evil.example/v2.0" },
  ];
  for (const document of foreign) await assert.rejects(signIn(t, tenant, { document }), withProblem("other"));
  await assert.rejects(signIn(t, "../secrets", {}), withProblem("wrong-directory"));
});

test("troubles on the way pass, and refusals with a challenge are read from the body", async (t) => {
  const failing = async (token: NonNullable<Script["token"]>) => {
    const error = await (await signIn(t, tenant, { token })).answer.catch((reason: unknown) => reason);
    assert.ok(error instanceof RemoteError);
    return error;
  };
  const busy = await failing({ status: 429, headers: { "retry-after": "7" }, body: {} });
  assert.deepEqual([busy.code, busy.retryAfter], ["rate-limited", 7000]);
  assert.equal((await failing({ status: 503, body: "<html>" })).code, "unavailable");
  assert.equal((await failing({ status: 200, body: "<html>" })).code, "unexpected");
  assert.equal((await failing({ status: 302, headers: { location: "/" }, body: "" })).code, "unexpected");
  const body = { error: "invalid_client", error_description: "AADSTS7000222: Expired.", error_codes: [7000222] };
  const headers = { "www-authenticate": 'Bearer realm="x"' };
  assert.equal((await failing({ status: 401, headers, body })).details.problem, "app-secret-expired");
});
