import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fastify } from "fastify";
import type { ApiServer } from "./api-server.ts";
import { demandPermissions } from "./enforce-access.ts";
import { openApi, passwordOf, type TestApi } from "./testing/open-api.ts";

interface Described {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { summary?: string; "x-permission"?: string }>>;
}

describe("access", () => {
  let api: TestApi;
  let routes: { method: string; url: string; summary?: string; permission?: string }[];
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    await api.addUser("max", "member");
    const description = (await api.server.inject({ url: "/openapi.json" })).json<Described>();
    assert.equal(description.openapi, "3.1.0");
    routes = Object.entries(description.paths).flatMap(([url, methods]) =>
      Object.entries(methods).map(([method, route]) => ({
        method: method.toUpperCase(),
        url,
        ...(route.summary && { summary: route.summary }),
        ...(route["x-permission"] && { permission: route["x-permission"] }),
      })),
    );
  });
  after(() => api.close());

  const nothing = "00000000-0000-7000-8000-000000000000";
  const addressOf = (url: string) => url.replace("{number}", "1").replace(/\{\w+\}/g, nothing);

  it("is described for every route: a summary and a permission", () => {
    assert.ok(routes.length > 35, `${routes.length} routes`);
    assert.deepEqual(
      routes.filter(({ summary, permission }) => !summary || !permission),
      [],
    );
  });

  it("is refused to nobody in particular", async () => {
    for (const { method, url, permission } of routes) {
      if (permission === "public" || permission === "monitor") continue;
      const answer = await api.server.inject({ method: method as "GET", url: addressOf(url) });
      assert.equal(answer.statusCode, 401, `${method} ${url}`);
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    }
  });

  it("to administer is refused to members", async () => {
    const browser = await api.browser("max");
    const administered = routes.filter(({ permission }) => permission === "administer");
    assert.ok(administered.length >= 10);
    for (const { method, url } of administered) {
      const answer = await browser.call(method as "GET", addressOf(url), method === "GET" ? undefined : {});
      assert.equal(answer.statusCode, 403, `${method} ${url}`);
    }
  });

  it("by cookie needs the csrf token for every write", async () => {
    const browser = await api.browser("anna");
    const writes = routes.filter(
      ({ method, url }) =>
        method !== "GET" && !url.startsWith("/hooks") && url !== "/api/session" && url !== "/api/first-administrator",
    );
    assert.ok(writes.length >= 10);
    for (const { method, url } of writes) {
      for (const token of ["", "x".repeat(browser.csrf.length)]) {
        const answer = await browser.call(method as "POST", addressOf(url), {}, { "x-csrf-token": token });
        assert.equal(answer.json<{ code: string }>().code, "csrf", `${method} ${url}`);
      }
    }
  });

  it("from another site is refused, signing in included", async () => {
    const payload = { name: "anna", password: passwordOf("anna") };
    const from = (origin: string, host = "127.0.0.1:8700") =>
      api.server.inject({ method: "POST", url: "/api/session", payload, headers: { origin, host } });
    assert.equal((await from("https://evil.example")).statusCode, 403);
    assert.equal((await from("null")).statusCode, 403);
    assert.equal((await from("http://127.0.0.1:8700")).statusCode, 200);
    assert.equal((await from("http://localhost:5173", "localhost:5173")).statusCode, 200);
  });

  it("to figures is for administrators and programs on this machine", async () => {
    const near = await api.server.inject({ url: "/metrics" });
    assert.equal(near.statusCode, 200);
    assert.match(near.body, /sallyport_scans_last_day\{outcome="complete"\} 0/);
    assert.match(near.body, /process_cpu_user_seconds_total/);
    const far = (headers: Record<string, string> = {}) =>
      api.server.inject({ url: "/metrics", remoteAddress: "203.0.113.9", headers });
    assert.equal((await far()).statusCode, 401);
    const proxied = await api.server.inject({ url: "/metrics", headers: { "x-forwarded-for": "203.0.113.9" } });
    assert.equal(proxied.statusCode, 401);
    assert.equal((await far({ cookie: (await api.browser("anna")).cookie })).statusCode, 200);
    assert.equal((await far({ cookie: (await api.browser("max")).cookie })).statusCode, 403);
  });

  it("must be named: a route without permission or summary refuses to register", async () => {
    const server = fastify();
    demandPermissions(server as unknown as ApiServer);
    assert.throws(() => server.get("/a", async () => ""), /names no permission/);
    assert.throws(() => server.get("/b", { config: { permission: "read" } }, async () => ""), /has no summary/);
    server.get("/c", { config: { permission: "read" }, schema: { summary: "c" } }, async () => "");
    await server.close();
  });

  it("is logged by route, never by address", async () => {
    const secret = "a-secret-in-an-address";
    await api.server.inject({ url: `/sign-in/${secret}` });
    await api.server.inject({ method: "POST", url: `/hooks/${secret}` });
    await api.server.inject({ url: `/api/nowhere/${secret}` });
    assert.ok(api.logged.some((line) => line.includes('"route":"/sign-in/:token"')));
    assert.ok(!api.logged.join("").includes(secret));
  });
});
