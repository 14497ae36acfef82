import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";
import type { ApiTokens, CreatedToken } from "./contract.ts";

describe("API tokens", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    await api.addUser("max", "member");
  });
  after(() => api.close());

  const as = (token: string, method: "GET" | "POST", url: string, payload?: Record<string, unknown>) =>
    api.server.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) });

  it("act for their owner, without cookie and csrf", async () => {
    const browser = await api.browser("anna");
    const made = (await browser.call("POST", "/api/tokens", { name: "script" })).json<CreatedToken>();
    assert.match(made.token, /^spt_[\w-]{43}$/);
    assert.equal((await as(made.token, "GET", "/api/users")).statusCode, 200);
    const body = { name: "eve", password: "twelve or more", role: "member" };
    assert.equal((await as(made.token, "POST", "/api/users", body)).statusCode, 201);
    const stored = await api.store.db.selectFrom("apiTokens").selectAll().execute();
    assert.ok(!JSON.stringify(stored).includes(made.token));
    const listed = await browser.call("GET", "/api/tokens");
    assert.ok(!listed.body.includes(made.token));
    assert.deepEqual(
      listed.json<ApiTokens>().rows.map(({ name }) => name),
      ["script"],
    );
    assert.equal((await browser.call("DELETE", `/api/tokens/${made.id}`)).statusCode, 204);
    assert.equal((await as(made.token, "GET", "/api/users")).statusCode, 401);
  });

  it("can do no more than their owner", async () => {
    const browser = await api.browser("max");
    const { token } = (await browser.call("POST", "/api/tokens", { name: "mine" })).json<CreatedToken>();
    assert.equal((await as(token, "GET", "/api/overview")).statusCode, 200);
    assert.equal((await as(token, "GET", "/api/users")).statusCode, 403);
  });

  it("expire", async () => {
    const browser = await api.browser("anna");
    const expires = new Date(api.app.now().getTime() + 60_000).toISOString();
    const { token } = (await browser.call("POST", "/api/tokens", { name: "short", expires })).json<CreatedToken>();
    assert.equal((await as(token, "GET", "/api/users")).statusCode, 200);
    api.pass(61_000);
    assert.equal((await as(token, "GET", "/api/users")).statusCode, 401);
    const past = await browser.call("POST", "/api/tokens", { name: "late", expires });
    assert.equal(past.statusCode, 422);
    assert.equal(past.json<ProblemDetails>().detail, "In expires: must be in the future.");
  });

  it("of others cannot be seen or revoked", async () => {
    const anna = await api.browser("anna");
    const max = await api.browser("max");
    const { id } = (await anna.call("POST", "/api/tokens", { name: "hers" })).json<CreatedToken>();
    const { rows } = (await max.call("GET", "/api/tokens")).json<ApiTokens>();
    assert.ok(!rows.some((row) => row.id === id));
    assert.equal((await max.call("DELETE", `/api/tokens/${id}`)).statusCode, 404);
  });

  it("that are wrong are refused, even beside a good cookie", async () => {
    const { cookie } = await api.browser("anna");
    for (const authorization of ["Bearer nonsense", "Basic abc", "Bearer"]) {
      const answer = await api.server.inject({ url: "/api/session", headers: { authorization, cookie } });
      assert.equal(answer.statusCode, 401, authorization);
    }
  });
});
