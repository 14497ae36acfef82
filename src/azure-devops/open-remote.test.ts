import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { type EncodedPath, path } from "./organization-client.ts";
import { type ScriptedAnswer, scriptedService } from "./testing/scripted-service.ts";

const projects = path`/_apis/projects`;

/** The code of the error, and the error itself for more. */
async function refusal(call: Promise<unknown>): Promise<RemoteError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, "refused");
  return error;
}

test("calls carry the version, the credential and no wish for a sign-in page; names are encoded", async (t) => {
  const { client, requests } = await scriptedService(t, () => ({ body: { value: 1 } }));
  const name = "Größe & Co/100%";
  const { body } = await client.request({
    path: path`/${name}/_apis/x`,
    query: { $top: 1, a: "b c", none: undefined },
  });
  assert.deepEqual(body, { value: 1 });
  const [request] = requests;
  assert.equal(request?.url, "/contoso/Gr%C3%B6%C3%9Fe%20%26%20Co%2F100%25/_apis/x?$top=1&a=b%20c");
  assert.equal(request?.headers.accept, "application/json;api-version=7.1");
  assert.equal(request?.headers["x-tfs-fedauthredirect"], "Suppress");
  assert.equal(request?.headers["x-vss-forcemsapassthrough"], "true");
  assert.equal(request?.headers["user-agent"], "sallyport/test");
  assert.equal(request?.headers.authorization, `Basic ${Buffer.from(":one").toString("base64")}`);
  assert.equal(request?.headers["accept-language"], "*", "fetch's own: no language is asked for");
});

test("a bearer token is asked for before every call", async (t) => {
  const { remote, requests } = await scriptedService(t, () => ({ body: {} }));
  let count = 0;
  const token = async () => {
    count += 1;
    return secretValue(`t${count}`);
  };
  const client = remote.organization("contoso", { is: "bearer", identity: "ada", token });
  await client.request({ path: projects });
  await client.request({ path: projects });
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ["Bearer t1", "Bearer t2"],
  );
});

test("no name leads a call elsewhere", async (t) => {
  const { client, remote, requests } = await scriptedService(t, () => ({ body: {} }));
  for (const name of ["", ".", ".."]) assert.throws(() => path`/${name}/_apis`, /no name/);
  const outside = "/../../elsewhere" as EncodedPath;
  await client.request({ path: outside }).catch(() => undefined);
  const stranger = remote.organization("..", { is: "pat", value: secretValue("x") });
  await assert.rejects(stranger.request({ path: projects }), /no name/);
  for (const { url } of requests) assert.ok(url.startsWith("/"));
});

test("signed out has many faces", async (t) => {
  const page = { headers: { "content-type": "text/html; charset=utf-8" }, body: "<html>Sign In</html>" };
  const faces: readonly ScriptedAnswer[] = [
    { ...page, status: 203 },
    { ...page, status: 200 },
    { ...page, status: 401 },
    { status: 302, headers: { location: "https://spsprodcin2.vssps.visualstudio.com/_signin?realm=x" } },
    { status: 302, headers: { location: "/_signin" } },
    { status: 401, headers: { "www-authenticate": "Basic realm=x" }, body: "" },
    { status: 401, body: { count: 0, value: [] } },
    { status: 401, body: { typeKey: "UnauthorizedRequestException", message: "TF400813" } },
  ];
  for (const face of faces) {
    const { client } = await scriptedService(t, () => face);
    assert.equal((await refusal(client.request({ path: projects }))).code, "signed-out", JSON.stringify(face));
  }
});

test("a token without the scope is told from a bad one", async (t) => {
  const { client } = await scriptedService(t, (request) =>
    request.url?.includes("connectionData") ? { body: { instanceId: "x" } } : { status: 401, body: "" },
  );
  assert.equal((await refusal(client.request({ path: projects }))).code, "forbidden");
});

test("a challenge for claims asks for the person", async (t) => {
  const claims = Buffer.from('{"access_token":{"nbf":1}}').toString("base64");
  const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
  const { client } = await scriptedService(t, () => ({ status: 401, headers: { "www-authenticate": challenge } }));
  const error = await refusal(client.request({ path: projects }));
  assert.equal(error.code, "sign-in-again");
  assert.equal(error.details.claims, '{"access_token":{"nbf":1}}');
});

test("refusals are told apart by status and type key, in any language, with a byte order mark too", async (t) => {
  const cases: readonly (readonly [number, string, string, string])[] = [
    [404, "GitRepositoryNotFoundException", "TF401019: ist nicht da", "not-found"],
    [400, "ProjectDoesNotExistWithNameException", "TF200016", "not-found"],
    [403, "GitPullRequestStatusNotEditableException", "geschlossen", "closed"],
    [403, "GitNeedsPermissionException", "TF401027", "forbidden"],
    [400, "SubscriptionException", "Zugriff auf PublisherSecurity/1234 verweigert", "forbidden"],
    [409, "GitPullRequestExistsException", "TF401179", "conflict"],
    [400, "InvalidArgumentValueException", "zu lang", "refused"],
    [415, "VssServiceException", "json-patch", "refused"],
    [500, "VssServiceException", "kaputt", "unavailable"],
  ];
  for (const [status, typeKey, message, code] of cases) {
    const body = `\uFEFF${JSON.stringify({ $id: "1", message, typeKey, errorCode: 0 })}`;
    const { client } = await scriptedService(t, () => ({
      status,
      headers: { "content-type": "application/json" },
      body,
    }));
    const error = await refusal(client.request({ path: projects }));
    assert.equal(error.code, code, typeKey);
    assert.equal(error.message, message);
    assert.equal(error.details.typeKey, typeKey);
  }
});

test("an unknown route answers in plain text", async (t) => {
  const text = "The controller for path '/x' was not found or does not implement IController.";
  const headers = { "content-type": "text/plain", "x-tfs-serviceerror": encodeURIComponent(text) };
  const { client } = await scriptedService(t, () => ({ status: 404, headers, body: text }));
  const error = await refusal(client.request({ path: projects }));
  assert.deepEqual([error.code, error.message], ["not-found", text]);
});

test("a renamed organization says its new name", async (t) => {
  const { client, url } = await scriptedService(t, (request) => ({
    status: 302,
    headers: { location: `${url}${request.url?.replace("contoso", "fabrikam%20inc")}` },
  }));
  const error = await refusal(client.request({ path: projects }));
  assert.equal(error.code, "not-found");
  assert.equal(error.details.renamedTo, "fabrikam inc");
});

test("what is no JSON, too large, too slow or not there", async (t) => {
  const text = await scriptedService(t, () => ({ headers: { "content-type": "application/json" }, body: "{oops" }));
  assert.equal((await refusal(text.client.request({ path: projects }))).code, "unexpected");
  const large = await scriptedService(t, () => ({ body: { a: "x".repeat(5000) } }), { bodyLimit: 1000 });
  const tooLarge = await refusal(large.client.request({ path: projects }));
  assert.deepEqual([tooLarge.code, tooLarge.details.reason], ["unexpected", "too-large"]);
  assert.equal(large.requests.length, 1);
  const slow = await scriptedService(t, () => undefined, { timeLimit: 50 });
  assert.equal((await refusal(slow.client.request({ path: projects }))).code, "timed-out");
  assert.equal(slow.requests.length, 2, "silence is asked once more");
  const gone = await scriptedService(t, () => ({ body: {} }));
  await gone.stop();
  assert.equal((await refusal(gone.client.request({ path: projects }))).code, "unreachable");
  assert.equal(gone.waits.length, 3);
  const stop = new AbortController();
  const cancelled = await scriptedService(t, () => {
    stop.abort();
    return undefined;
  });
  const error = await refusal(cancelled.client.request({ path: projects, signal: stop.signal }));
  assert.equal(error.code, "timed-out");
  assert.equal(cancelled.requests.length, 1);
});

test("a Retry-After on a good answer delays the next call and repeats nothing", async (t) => {
  const { client, requests, waits, clientWith } = await scriptedService(t, (_request, count) => ({
    body: { count },
    ...(count === 1 ? { headers: { "retry-after": "12" } } : {}),
  }));
  assert.deepEqual((await client.request({ path: projects })).body, { count: 1 });
  assert.deepEqual(waits, []);
  await clientWith("another").request({ path: projects });
  assert.deepEqual(waits, [], "another identity does not wait");
  await client.request({ path: projects });
  await client.request({ path: projects });
  assert.deepEqual(waits, [12_000]);
  assert.equal(requests.length, 4);
});

test("X-RateLimit-Remaining 0 waits for the reset, and a date is understood", async (t) => {
  const reset = Date.parse("2026-03-01T12:00:09Z") / 1000;
  const { client, waits } = await scriptedService(t, (_request, count) => {
    if (count === 1) return { body: {}, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${reset}` } };
    if (count === 2) return { body: {}, headers: { "retry-after": "Sun, 01 Mar 2026 12:00:14 GMT" } };
    return { body: {}, headers: { "x-ratelimit-remaining": "5", "x-ratelimit-reset": `${reset + 900}` } };
  });
  for (let call = 0; call < 4; call += 1) await client.request({ path: projects });
  assert.deepEqual(waits, [9000, 5000]);
});

test("429 is repeated after its pause, a POST too; a long pause is handed to the caller", async (t) => {
  const busy = {
    status: 429,
    headers: { "retry-after": "3" },
    body: { message: "TF400733", typeKey: "RequestBlockedException" },
  };
  const short = await scriptedService(t, (_request, count) => (count <= 2 ? busy : { body: { done: true } }));
  const { body } = await short.client.request({ method: "POST", path: projects, body: {} });
  assert.deepEqual(body, { done: true });
  assert.deepEqual(short.waits, [3000, 3000]);
  const long = await scriptedService(t, () => ({ ...busy, headers: { "retry-after": "120" } }));
  const error = await refusal(long.client.request({ path: projects }));
  assert.deepEqual([error.code, error.retryAfter], ["rate-limited", 120_000]);
  assert.equal(long.requests.length, 1);
});

test("only what may be sent twice is repeated when the service is unwell", async (t) => {
  const script = (_request: unknown, count: number) => (count <= 2 ? { status: 503, body: "" } : { body: {} });
  const get = await scriptedService(t, script);
  await get.client.request({ path: projects });
  assert.equal(get.requests.length, 3);
  assert.ok(get.waits.length === 2 && get.waits.every((wait) => wait >= 200 && wait <= 800), get.waits.join());
  const post = await scriptedService(t, script);
  assert.equal((await refusal(post.client.request({ method: "POST", path: projects, body: {} }))).code, "unavailable");
  assert.equal(post.requests.length, 1);
  const harmless = await scriptedService(t, script);
  await harmless.client.request({ method: "POST", path: projects, body: {}, isRepeatable: true });
  assert.equal(harmless.requests.length, 3);
  const always = await scriptedService(t, () => ({ status: 502, body: "" }));
  assert.equal((await refusal(always.client.request({ path: projects }))).code, "unavailable");
  assert.equal(always.requests.length, 4);
  const broken = await scriptedService(t, () => ({ status: 500, body: "" }));
  await refusal(broken.client.request({ path: projects }));
  assert.equal(broken.requests.length, 1);
});

test("clients of one credential share a number of calls at once", async (t) => {
  let now = 0;
  let most = 0;
  const script = async () => {
    now += 1;
    most = Math.max(most, now);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    now -= 1;
    return { body: {} };
  };
  const { clientWith, requests } = await scriptedService(t, script, { callsAtOnce: 3 });
  const clients = [clientWith("same"), clientWith("same")];
  await Promise.all(clients.flatMap((client) => Array.from({ length: 20 }, () => client.request({ path: projects }))));
  assert.equal(requests.length, 40);
  assert.ok(most <= 3, `${most} at once`);
});

test("no credential in a log or an error", async (t) => {
  const { clientWith, logged } = await scriptedService(t, () => ({ status: 403, body: { message: "no" } }));
  const value = ["very", "secret", "value"].join("-");
  const error = await refusal(clientWith(value).request({ path: projects }));
  const all = JSON.stringify([logged, error.details, error.message]);
  assert.ok(!all.includes(value) && !all.includes(Buffer.from(`:${value}`).toString("base64")));
});
