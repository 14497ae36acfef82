import assert from "node:assert/strict";
import type { webcrypto } from "node:crypto";
import { after, before, describe, it } from "node:test";
import * as client from "openid-client";
import { addEntraApp, addServicePrincipal } from "../build-tenants.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { azureDevOps } from "./permissions.ts";
import type { EntraApp } from "./tenants.ts";
import { makeCertificate } from "./try-certificate.ts";
import { addEntraTo, judgeEntra, refusalOf } from "./try-entra.ts";

describe("service principals and managed identities", () => {
  let one: TryWorld;
  let entra: ReturnType<typeof addEntraTo>;
  let app: EntraApp;
  const certificate = makeCertificate("robot");
  before(async () => {
    one = await openTryWorld();
    entra = addEntraTo(one.emulator.world);
    const { world } = one.emulator;
    app = addEntraApp(world, { displayName: "Robot", redirectUris: [], permissions: [], certificate: certificate.pem });
    addServicePrincipal(world, entra.brightwater, app, entra.organization, "readers");
  });
  after(() => one.close());

  const scope = `${azureDevOps.id}/.default`;
  const withToken = (path: string, token: string) =>
    one.ask("GET", path, { token: null, headers: { Authorization: `Bearer ${token}` } });
  function discover(auth: client.ClientAuth): Promise<client.Configuration> {
    const { login } = judgeEntra(one.emulator.world, entra);
    const options = { execute: [client.allowInsecureRequests] };
    return client.discovery(new URL(`${login}/${entra.brightwater.id}/v2.0`), app.clientId, undefined, auth, options);
  }
  async function key(pair: { readonly privateKey: typeof certificate.privateKey }): Promise<webcrypto.CryptoKey> {
    const pkcs8 = pair.privateKey.export({ format: "der", type: "pkcs8" });
    return crypto.subtle.importKey("pkcs8", pkcs8, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, false, ["sign"]);
  }
  const assertion = async (pair: typeof certificate, thumbprint: string | undefined, audience?: string, hoursOff = 0) =>
    client.PrivateKeyJwt(await key(pair), {
      [client.modifyAssertion](header, payload) {
        const ahead = Math.round((one.emulator.clock.now().getTime() - Date.now()) / 1000) + hoursOff * 3600;
        for (const name of ["iat", "nbf", "exp"] as const) payload[name] = Number(payload[name]) + ahead;
        if (thumbprint) header["x5t#S256"] = thumbprint;
        if (audience) payload.aud = audience;
      },
    });

  it("act with secret or certificate, without refresh token, and see what they are members of", async () => {
    const config = await discover(client.ClientSecretPost(app.clientSecret));
    const tokens = await client.clientCredentialsGrant(config, { scope });
    assert.equal(tokens.refresh_token, undefined);
    assert.equal((await withToken("/brightwater/_apis/projects", tokens.access_token)).status, 200);
    assert.equal((await withToken("/harbourline/_apis/projects", tokens.access_token)).status, 401);
    const deployment = "/_hosts/app.vssps.visualstudio.com/_apis";
    const me = (await withToken(`${deployment}/profile/profiles/me`, tokens.access_token)).json;
    const accounts = await withToken(`${deployment}/accounts?memberId=${me.id}`, tokens.access_token);
    assert.deepEqual(accounts.json.value, []);
    const named = await client.clientCredentialsGrant(
      await discover(await assertion(certificate, certificate.thumbprint)),
      { scope },
    );
    const identity = await one.ask("GET", "/brightwater/_apis/connectionData", {
      token: null,
      version: "7.1-preview",
      headers: { Authorization: `Bearer ${named.access_token}` },
    });
    assert.match(identity.json.authenticatedUser.subjectDescriptor, /^aadsp\./);
    const graph = "/_hosts/vssps.dev.azure.com/brightwater/_apis/graph/serviceprincipals?api-version=7.1-preview.1";
    assert.equal((await withToken(graph, named.access_token)).json.count, 1);
  });

  it("are refused with the reason", async () => {
    const grant = async (auth: client.ClientAuth, asked = scope) =>
      (await refusalOf(client.clientCredentialsGrant(await discover(auth), { scope: asked }))).codes;
    const secret = client.ClientSecretPost(app.clientSecret);
    assert.deepEqual(await grant(secret, `${azureDevOps.id}/vso.code`), [1002012]);
    assert.deepEqual(await grant(secret, "https://elsewhere.example/.default"), [500011]);
    assert.deepEqual(await grant(await assertion(certificate, undefined)), [5002723], "no thumbprint");
    const other = makeCertificate("other");
    assert.deepEqual(await grant(await assertion(other, other.thumbprint)), [700027], "not registered");
    assert.deepEqual(await grant(await assertion(other, certificate.thumbprint)), [700027], "signed by another key");
    const elsewhere = "https://elsewhere.example/oauth2";
    assert.deepEqual(await grant(await assertion(certificate, certificate.thumbprint, elsewhere)), [700023]);
    for (const hoursOff of [-1, 1]) {
      const late = await assertion(certificate, certificate.thumbprint, undefined, hoursOff);
      assert.deepEqual(await grant(late), [700024]);
    }
    await one.emulator.clock.advance(24 * 3600_000);
    assert.deepEqual(await grant(await assertion(other, certificate.thumbprint)), [700027]);
    const good = await discover(await assertion(certificate, certificate.thumbprint));
    assert((await client.clientCredentialsGrant(good, { scope })).access_token);
  });

  it("get a token from the machine that they are the identity of", async () => {
    const { world, url } = one.emulator;
    const ask = (query: string, headers: Record<string, string> = { Metadata: "true" }) =>
      fetch(`${url}/_hosts/169.254.169.254/metadata/identity/oauth2/token?${query}`, { headers });
    const good = `api-version=2018-02-01&resource=${azureDevOps.id}`;
    assert.equal((await ask(good)).status, 400, "no identity yet");
    world.entra.managedIdentity = { tenantId: entra.brightwater.id, clientId: app.clientId };
    assert.equal((await ask(good, {})).status, 400);
    assert.equal((await ask("api-version=2018-02-01")).status, 400);
    const answer = (await (await ask(good)).json()) as Record<string, string>;
    assert.equal(answer.resource, azureDevOps.id);
    assert.equal(answer.expires_in, "86400");
    assert.equal((await withToken("/brightwater/_apis/projects", answer.access_token ?? "")).status, 200);
  });
});
