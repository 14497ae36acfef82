// What happens to a sign-in later: challenges, withdrawn consent, people and secrets that go. And apps that act for themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { secretValue } from "#model/secret-value.ts";
import { addServicePrincipal } from "../../../emulator/build-tenants.ts";
import { withdrawConsent } from "../../../emulator/entra/account-state.ts";
import { listOrganizations } from "../accounts.ts";
import { addressesFrom } from "../addresses.ts";
import { identify } from "../identify.ts";
import { bearer, emulatedDirectory, problemOf, refusal, signedIn, signIn } from "../testing/emulated-directory.ts";
import { scriptedService } from "../testing/scripted-service.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { openEntra } from "./open-entra.ts";
import { signInProblem } from "./sign-in-problem.ts";

test("whatever ends a sign-in has its name", async (t) => {
  const there = await emulatedDirectory(t);
  const { home, ada, registered, app, appWith } = there;
  const refreshed = async (with_ = app, day = 0) => {
    const { tenant, refreshToken } = await signedIn(there, home.id);
    return {
      after: async (change: () => unknown) => {
        await change();
        await there.emulator.clock.advance(day * 24 * 3600_000);
        return problemOf(there.entra.refresh(with_, { tenant, refreshToken }));
      },
    };
  };
  const account = home.accounts.get(ada.id);
  assert.ok(account);
  const nothing = () => undefined;
  assert.equal(await (await refreshed()).after(() => withdrawConsent(home, registered, ada.id)), "consent-missing");
  assert.equal(await (await refreshed(appWith("not the secret"))).after(nothing), "app-secret-wrong");
  assert.equal(await (await refreshed({ ...app, clientId: "nobody" })).after(nothing), "app-unknown");
  const revoke = () => {
    account.revokedUntil = Number.MAX_SAFE_INTEGER;
  };
  assert.equal(await (await refreshed()).after(revoke), "sign-in-revoked");
  account.revokedUntil = 0;
  assert.equal(await (await refreshed(app, 91)).after(nothing), "sign-in-expired");
  const interaction = await refreshed();
  home.behaviour.conditionalAccess = "wants interaction at refresh";
  assert.equal(await interaction.after(nothing), "interaction-needed");
  home.behaviour.conditionalAccess = "off";
  const disabled = await refreshed();
  account.disabled = true;
  assert.equal(await disabled.after(nothing), "account-disabled");
  account.disabled = false;
  const expiring = await refreshed();
  registered.secrets.splice(0, 1, { value: registered.clientSecret, expires: new Date(0) });
  assert.equal(await expiring.after(nothing), "app-secret-expired");
});

test("a claims challenge is answered with a token that meets it, or names the person who can", async (t) => {
  const there = await emulatedDirectory(t);
  const { home, ada, entra, app } = there;
  const { tenant, refreshToken, accessToken } = await signedIn(there, home.id);
  const account = home.accounts.get(ada.id);
  assert.ok(account);
  there.world.entra.sequence += 1;
  account.challengedUntil = there.world.entra.sequence;
  const asked: (string | undefined)[] = [];
  let current = accessToken;
  let next = refreshToken;
  const client = there.remote.organization("contoso", {
    is: "bearer",
    identity: "ada",
    async token(renew) {
      if (!renew) return current;
      asked.push(renew.claims);
      const tokens = await entra.refresh(app, { tenant, refreshToken: next, ...renew });
      current = tokens.accessToken;
      next = tokens.refreshToken ?? next;
      return current;
    },
  });
  assert.equal((await identify(client)).account.id, ada.id);
  assert.equal(asked.length, 1);
  assert.ok(asked[0]?.includes("access_token"));
  home.behaviour.conditionalAccess = "wants interaction at refresh";
  const error = await refusal(entra.refresh(app, { tenant, refreshToken: next, claims: asked[0] ?? "" }));
  assert.equal(signInProblem(error).code, "interaction-needed");
  assert.equal(typeof error.details.claims, "string", "to be passed on to the sign-in");
  home.behaviour.conditionalAccess = "off";
  await (await signIn(there, tenant, { claims: String(error.details.claims) })).complete();
  const broken = await refusal(entra.refresh(app, { tenant, refreshToken: next, claims: "no JSON" }));
  assert.equal(broken.code, "unexpected");
});

test("an app acts for itself with a secret, with a certificate, and as the identity of its machine", async (t) => {
  const there = await emulatedDirectory(t);
  const { home, away, registered, entra, app, contoso, world } = there;
  assert.equal(await problemOf(entra.clientCredentials(app, home.id)), "app-unknown");
  const principal = addServicePrincipal(world, home, registered, contoso);
  const { privateKey, certificate } = selfSigned("sallyport");
  const signed = {
    clientId: app.clientId,
    proof: { is: "certificate", privateKey: secretValue(privateKey), certificate },
  } as const;
  assert.equal(await problemOf(entra.clientCredentials(signed, home.id)), "app-secret-wrong");
  registered.certificates.push(certificate);
  world.entra.managedIdentity = { tenantId: home.id, clientId: app.clientId };
  const own = await entra.managedIdentity({});
  for (const tokens of [
    await entra.clientCredentials(app, home.id),
    await entra.clientCredentials(signed, "contoso.example"),
    own,
    await entra.managedIdentity({ clientId: app.clientId }),
  ]) {
    assert.equal(tokens.refreshToken, undefined);
    assert.ok(tokens.expires > there.options.now());
    const who = await identify(there.remote.organization("contoso", bearer(tokens.accessToken)));
    assert.equal(who.account.id, principal.id);
    assert.deepEqual(await listOrganizations(there.remote.account(bearer(tokens.accessToken))), []);
  }
  assert.equal(await problemOf(entra.clientCredentials(app, away.id)), "app-unknown");
  const foreign = { ...signed, proof: { ...signed.proof, certificate: selfSigned("other").certificate } };
  assert.equal(await problemOf(entra.clientCredentials(foreign, home.id)), "app-secret-wrong");
  assert.equal(await problemOf(entra.managedIdentity({ clientId: "nobody" })), "app-unknown");
});

test("people sign in with a certificate, too", async (t) => {
  const there = await emulatedDirectory(t);
  const { privateKey, certificate } = selfSigned("sallyport");
  there.registered.certificates.push(certificate);
  const proof = { is: "certificate", privateKey: secretValue(privateKey), certificate } as const;
  const app = { clientId: there.app.clientId, proof };
  const { tenant, refreshToken } = await signedIn(there, there.home.id, { app });
  await there.entra.refresh(app, { tenant, refreshToken });
});

test("App Service gives out tokens at an address of its own", async (t) => {
  const { url, requests } = await scriptedService(t, () => ({
    body: { access_token: "opaque", expires_on: String(Math.floor(Date.now() / 1000) + 3600), token_type: "Bearer" },
  }));
  const entra = openEntra({
    addresses: addressesFrom(url),
    log: pino({ level: "silent" }),
    userAgent: "sallyport/test",
    now: () => new Date(),
    identityEndpoint: { address: `${url}/msi/token`, header: secretValue("from the environment") },
  });
  const { expires } = await entra.managedIdentity({ clientId: "mine" });
  assert.ok(Math.abs(expires.getTime() - Date.now() - 3600_000) < 5_000);
  const [request] = requests;
  assert.equal(request?.headers["x-identity-header"], "from the environment");
  const resource = "499b84ac-1321-427f-aa17-267ca6975798";
  assert.equal(request?.url, `/msi/token?api-version=2019-08-01&resource=${resource}&client_id=mine`);
});

test("a machine without an identity says so, and nothing secret is logged", async (t) => {
  const there = await emulatedDirectory(t);
  const { accessToken, refreshToken } = await signedIn(there, there.home.id);
  await problemOf(there.entra.refresh(there.app, { tenant: there.home.id, refreshToken: secretValue("made-up") }));
  const log = there.logged.join("");
  assert.match(log, /entra answered.*entra refused/s);
  for (const secret of [accessToken, refreshToken, there.app.proof.value, secretValue("made-up")]) {
    assert.ok(!log.includes(secret.reveal()));
  }
  const gone = openEntra({
    ...there.options,
    addresses: { ...there.options.addresses, "169.254.169.254": "http://127.0.0.1:9" },
  });
  const error = await refusal(gone.managedIdentity({}));
  assert.equal(error.code, "unreachable");
  assert.match(signInProblem(error).title, /no such managed identity/);
});
