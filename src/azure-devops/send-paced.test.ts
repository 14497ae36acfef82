import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import type { Credential, Renewal } from "./credential.ts";
import { path, type RemoteRequest } from "./organization-client.ts";
import { type ScriptedAnswer, scriptedService } from "./testing/scripted-service.ts";

const projects = { path: path`/_apis/projects` };

async function refusal(call: Promise<unknown>): Promise<RemoteError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, "refused");
  return error;
}

/** Gives `t1` until it is renewed, then `t2` and so on; tells what it was asked with. */
function bearer(identity = "ada"): { readonly credential: Credential; readonly renewals: Renewal[] } {
  const renewals: Renewal[] = [];
  const token = async (renew?: Renewal) => {
    if (renew) renewals.push(renew);
    return secretValue(`t${renewals.length + 1}`);
  };
  return { credential: { is: "bearer", identity, token }, renewals };
}

const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
const challenge: ScriptedAnswer = {
  status: 401,
  headers: {
    "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`,
  },
};

test("a challenge for claims is answered with a new token and the call repeated once, a POST too", async (t) => {
  const { remote, requests } = await scriptedService(t, ({ headers }) =>
    headers.authorization === "Bearer t2" ? { body: { done: true } } : challenge,
  );
  const { credential, renewals } = bearer();
  const client = remote.organization("contoso", credential);
  const { body } = await client.request({ ...projects, method: "POST", body: {} });
  assert.deepEqual([body, renewals, requests.length], [{ done: true }, [{ claims }], 2]);

  const always = await scriptedService(t, () => challenge);
  const stubborn = bearer();
  const error = await refusal(always.remote.organization("contoso", stubborn.credential).request(projects));
  assert.equal(error.code, "sign-in-again");
  assert.deepEqual([stubborn.renewals.length, always.requests.length], [1, 2]);
});

test("a token that died early is renewed once for all calls under way; one without the scope is not", async (t) => {
  const { remote, requests } = await scriptedService(t, ({ headers }) =>
    headers.authorization === "Bearer t1" ? { status: 401, body: "" } : { body: {} },
  );
  const { credential, renewals } = bearer();
  const client = remote.organization("contoso", credential);
  await Promise.all([1, 2, 3, 4].map(() => client.request(projects)));
  assert.deepEqual(renewals, [{}]);
  await client.request(projects);
  assert.equal(requests.at(-1)?.headers.authorization, "Bearer t2");

  const poor = await scriptedService(t, ({ url }) =>
    url?.includes("connectionData") ? { body: {} } : { status: 401, body: "" },
  );
  const other = bearer();
  const error = await refusal(poor.remote.organization("contoso", other.credential).request(projects));
  assert.deepEqual([error.code, other.renewals], ["forbidden", []]);
});

test("a refusal says which scope or right is missing", async (t) => {
  const whoIs = (url = "") => url.includes("connectionData");
  const { client } = await scriptedService(t, ({ url }) => (whoIs(url) ? { body: {} } : { status: 401, body: "" }));
  const scopes: readonly (readonly [RemoteRequest, string | undefined])[] = [
    [projects, "vso.project"],
    [{ path: path`/A/_apis/git/repositories/x/pullRequests/1/threads` }, "vso.code_write"],
    [{ path: path`/A/_apis/build/builds` }, "vso.build"],
    [{ path: path`/A/_apis/build/generalsettings` }, "vso.project"],
    [{ path: path`/_apis/somethingelse` }, undefined],
  ];
  for (const [request, scope] of scopes) {
    const { code, details, message } = await refusal(client.request(request));
    assert.deepEqual([code, details.missing], ["forbidden", scope === undefined ? undefined : { scope }]);
    if (scope) assert.ok(message.includes(`(${scope})`), message);
  }
  const rights: readonly (readonly [string, string | undefined])[] = [
    [
      "Access Denied: Ada needs the following permission(s) on the resource PublisherSecurity/1 to perform this action: Edit Subscription",
      "Edit subscriptions",
    ],
    ["Zugriff auf PublisherSecurity/1 verweigert", "Edit subscriptions"],
    [
      "TF401027: Sie benötigen die Git-Berechtigung 'PullRequestContribute', um diese Aktion auszuführen.",
      "Contribute to pull requests",
    ],
    ["TF401027: You need the Git 'SomethingNew' permission.", "SomethingNew"],
    ["no", undefined],
  ];
  for (const [message, right] of rights) {
    const refusing = await scriptedService(t, () => ({ status: 403, body: { message, typeKey: "X" } }));
    const { details } = await refusal(refusing.client.request(projects));
    assert.deepEqual(details.missing, right === undefined ? undefined : { right });
  }
});

test("what was spent is counted by organization and purpose, and how an identity stands is told", async (t) => {
  const reset = Date.parse("2026-03-01T12:04:00Z") / 1000;
  const rate = { "x-ratelimit-limit": "200", "x-ratelimit-reset": `${reset}`, "x-ratelimit-resource": "Core" };
  const { remote, waits } = await scriptedService(t, ({ url }, count) => {
    if (count === 1) return { status: 429, headers: { "retry-after": "3" }, body: {} };
    if (url?.includes("broken")) return { status: 500, body: "" };
    return { body: {}, headers: { ...rate, "x-ratelimit-remaining": "24", "x-ratelimit-delay": "1.5" } };
  });
  const credential: Credential = { is: "pat", value: secretValue("one") };
  const urgent = remote.organization("contoso", credential, "pull-request");
  await urgent.request(projects);
  await refusal(urgent.request({ path: path`/_apis/broken` }));
  const late = await refusal(remote.organization("contoso", credential).request(projects));
  assert.deepEqual([late.code, late.retryAfter], ["rate-limited", 237_000]);
  await remote.account(credential, "person").request({ path: path`/_apis/profile/profiles/me` });
  assert.deepEqual(waits, [3000]);
  const none = { refused: 0, failed: 0, delayedMilliseconds: 0 };
  assert.deepEqual(remote.takeSpend(), [
    { organization: "contoso", purpose: "pull-request", calls: 3, refused: 1, failed: 1, delayedMilliseconds: 4500 },
    { ...none, organization: "", purpose: "person", calls: 1, delayedMilliseconds: 1500 },
  ]);
  assert.deepEqual(remote.takeSpend(), []);
  const resetAt = new Date(reset * 1000);
  assert.deepEqual(remote.paces(), [{ organization: "contoso", limit: 200, remaining: 24, resetAt, waiting: 0 }]);
});

test("a clock that is wrong, ours or theirs, makes no pause of hours", async (t) => {
  const theirs = "Sun, 01 Mar 2026 17:00:00 GMT";
  const reset = Date.parse(theirs) / 1000 + 20;
  const { client, waits } = await scriptedService(t, () => ({
    body: {},
    headers: { date: theirs, "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${reset}` },
  }));
  for (let call = 0; call < 2; call += 1) await client.request(projects);
  assert.deepEqual(waits, [20_000]);
});
