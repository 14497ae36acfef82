// Sign-ins against the emulated Entra: its pages, its refusals, its tokens, and that Azure DevOps takes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import { addUser } from "../../../emulator/build-world.ts";
import { listOrganizations } from "../accounts.ts";
import { identify } from "../identify.ts";
import {
  bearer,
  emulatedDirectory,
  problemOf,
  redirectUri,
  refusal,
  scopes,
  signedIn,
  signIn,
} from "../testing/emulated-directory.ts";
import { openTestBrowser } from "../testing/test-browser.ts";

test("one person signs in to two directories, and each token opens the organizations of its own", async (t) => {
  const there = await emulatedDirectory(t);
  const browser = openTestBrowser(redirectUri);
  const first = await signedIn(there, there.home.id, { browser });
  const second = await signedIn(there, "harbour.example", { browser });
  assert.equal(first.tenant, there.home.id);
  assert.equal(second.tenant, there.away.id);
  assert.deepEqual(
    [first, second].map(({ account }) => [account.name, account.userName]),
    [
      ["Ada Brandt", "ada@contoso.example"],
      ["Ada Brandt", "ada@contoso.example"],
    ],
  );
  assert.notEqual(first.account.objectId, second.account.objectId);
  assert.deepEqual([...first.scopes].sort(), ["vso.code_write", "vso.project"]);
  assert.ok(first.refreshToken);
  const minutes = (first.expires.getTime() - there.options.now().getTime()) / 60_000;
  assert.ok(minutes > 55 && minutes < 95);
  const who = await identify(there.remote.organization("contoso", bearer(first.accessToken)));
  assert.equal(who.account.id, there.ada.id);
  await identify(there.remote.organization("harbour", bearer(second.accessToken)));
  const crossed = there.remote.organization("harbour", bearer(first.accessToken));
  assert.equal((await refusal(identify(crossed))).code, "signed-out");
  const listed = await listOrganizations(there.remote.account(bearer(first.accessToken)));
  assert.deepEqual(
    listed.map(({ name }) => name),
    ["contoso", "harbour"],
  );
});

test("without a directory the account leads home", async (t) => {
  const there = await emulatedDirectory(t);
  const { tenant, refreshToken } = await signedIn(there, "organizations");
  assert.equal(tenant, there.home.id);
  assert.ok(refreshToken);
  await there.entra.refresh(there.app, { tenant, refreshToken });
});

test("the answer must belong to the sign-in that was begun, and is good once", async (t) => {
  const there = await emulatedDirectory(t);
  const tenant = there.home.id;
  const { begun, address, complete } = await signIn(there, tenant);
  const with_ = (change: Partial<typeof begun>, to = address) =>
    there.entra.complete(there.app, { ...begun, ...change, tenant, redirectUri }, to);
  assert.equal(await problemOf(with_({ state: "another" })), "state-mismatch");
  assert.equal(await problemOf(with_({}, redirectUri)), "state-mismatch");
  await complete();
  assert.equal(await problemOf(complete()), "code-used");
  const verifier = await signIn(there, tenant);
  const forged = { ...verifier.begun, verifier: begun.verifier, tenant, redirectUri };
  assert.equal(await problemOf(there.entra.complete(there.app, forged, verifier.address)), "state-mismatch");
  const late = await signIn(there, tenant);
  await there.emulator.clock.advance(15 * 60_000);
  assert.equal(await problemOf(late.complete()), "sign-in-expired");
  const nonce = await signIn(there, tenant);
  const other = { ...nonce.begun, nonce: begun.nonce, tenant, redirectUri };
  assert.equal(await problemOf(there.entra.complete(there.app, other, nonce.address)), "state-mismatch");
});

test("what the pages refuse comes back with its reason", async (t) => {
  const there = await emulatedDirectory(t);
  const tenant = there.home.id;
  const cameBack = async (press: string, mail = there.ada.mail) => {
    const begun = await there.entra.begin(there.app, { tenant, redirectUri, scopes });
    const browser = openTestBrowser(redirectUri);
    let sight = await browser.open(begun.url);
    if (sight.is === "page" && sight.title === "Pick an account")
      sight = await browser.press("Next", { account: mail });
    if (sight.is === "page") sight = await browser.press(press);
    assert.equal(sight.is, "back", sight.is === "page" ? sight.html : "");
    const address = sight.is === "back" ? sight.address : "";
    return problemOf(there.entra.complete(there.app, { ...begun, tenant, redirectUri }, address));
  };
  assert.equal(await cameBack("Cancel"), "consent-declined");
  there.home.behaviour.consentNeedsAdministrator = true;
  assert.equal(await cameBack("Return"), "consent-needs-administrator");
  there.home.behaviour.consentNeedsAdministrator = false;
  const stranger = addUser(there.world, "Grace", { mail: "grace@harbour.example", tenant: there.away });
  assert.equal(await cameBack("Return", stranger.mail), "not-a-member");
  there.home.behaviour.conditionalAccess = "blocks sign-in";
  assert.equal(await cameBack("Return"), "conditional-access");
  there.home.behaviour.conditionalAccess = "off";
  const account = there.home.accounts.get(there.ada.id);
  assert.ok(account);
  account.disabled = true;
  assert.equal(await cameBack("Return"), "account-disabled");
});

test("a refresh rotates, keeps the scopes, and a reused refresh token ends the family", async (t) => {
  const there = await emulatedDirectory(t);
  const { tenant, refreshToken, accessToken } = await signedIn(there, there.home.id);
  assert.ok(refreshToken);
  const refresh = (token: SecretValue) => there.entra.refresh(there.app, { tenant, refreshToken: token });
  const next = await refresh(refreshToken);
  assert.ok(next.refreshToken);
  assert.notEqual(next.refreshToken.reveal(), refreshToken.reveal());
  assert.notEqual(next.accessToken.reveal(), accessToken.reveal());
  assert.deepEqual([...next.scopes].sort(), ["vso.code_write", "vso.project"]);
  await identify(there.remote.organization("contoso", bearer(next.accessToken)));
  assert.equal(await problemOf(refresh(refreshToken)), "sign-in-revoked");
  assert.equal(await problemOf(refresh(next.refreshToken)), "sign-in-revoked");
  assert.equal(await problemOf(refresh(secretValue("made up"))), "sign-in-revoked");
  there.home.behaviour.refreshTokens = "again";
  const lenient = await signedIn(there, there.home.id);
  await refresh(lenient.refreshToken);
  await refresh(lenient.refreshToken);
});
