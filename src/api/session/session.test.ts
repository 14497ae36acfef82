import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { setPasswordHash } from "#store/people/users.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Browser, cookieOf, openApi, passwordOf, type TestApi } from "../testing/open-api.ts";
import type { CreatedToken } from "../tokens/contract.ts";
import type { Session } from "./contract.ts";

const hour = 60 * 60_000;

describe("signing in", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    await api.addUser("max", "member");
  });
  after(() => api.close());

  const signIn = (name: string, password: string, headers: Record<string, string> = {}) =>
    api.server.inject({ method: "POST", url: "/api/session", payload: { name, password }, headers });

  it("gives a session whose cookie scripts cannot read", async () => {
    const answer = await signIn("Anna", passwordOf("anna"));
    assert.equal(answer.statusCode, 200);
    const [cookie] = answer.cookies;
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, "Lax");
    assert.equal(cookie?.secure, undefined);
    const session = answer.json<Session>();
    assert.deepEqual(session.user && { name: session.user.name, role: session.user.role }, {
      name: "anna",
      role: "administrator",
    });
    assert.equal(session.firstStart, false);
  });

  it("keeps in the database neither cookie nor password", async () => {
    const answer = await signIn("anna", passwordOf("anna"));
    const secret = cookieOf(answer).split("=")[1] ?? "";
    const rows = await api.store.db.selectFrom("sessions").selectAll().execute();
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes(secret));
    assert.ok(!api.logged.join("").includes(secret));
    assert.ok(!api.logged.join("").includes(passwordOf("anna")));
  });

  it("refuses a wrong password and an unknown name alike", async () => {
    const wrong = await signIn("max", "something else");
    const unknown = await signIn("nobody", "something else");
    for (const answer of [wrong, unknown]) {
      assert.equal(answer.statusCode, 401);
      assert.equal(answer.json<{ code: string }>().code, "wrong-password");
      assert.equal(answer.cookies.length, 0);
    }
    const words = (answer: typeof wrong) => answer.json<{ title: string }>().title;
    assert.equal(words(wrong), words(unknown));
  });

  it("begins a new session each time and ends the old one", async () => {
    const first = cookieOf(await signIn("anna", passwordOf("anna")));
    const second = cookieOf(await signIn("anna", passwordOf("anna"), { cookie: first }));
    assert.notEqual(first, second);
    const who = async (cookie: string) =>
      (await api.server.inject({ url: "/api/session", headers: { cookie } })).json<Session>().user?.name;
    assert.equal(await who(first), undefined);
    assert.equal(await who(second), "anna");
  });

  it("ends by signing out, and the cookie is worth nothing then", async () => {
    const browser = await api.browser("anna");
    const answer = await browser.call("DELETE", "/api/session");
    assert.equal(answer.statusCode, 204);
    assert.equal((await browser.call("GET", "/api/users")).statusCode, 401);
  });

  it("ends after twelve idle hours, and after a week in any case", async () => {
    const browser = await api.browser("max");
    const isSignedIn = async () => (await browser.call("GET", "/api/overview")).statusCode === 200;
    for (let passed = 0; passed < 160; passed += 10) {
      assert.equal(await isSignedIn(), true, `after ${passed} hours`);
      api.pass(10 * hour);
    }
    api.pass(9 * hour);
    assert.equal(await isSignedIn(), false);
    const other = await api.browser("max");
    api.pass(13 * hour);
    assert.equal((await other.call("GET", "/api/overview")).statusCode, 401);
  });

  it("is not kept alive by a page that nobody is at", async () => {
    const browser = await api.browser("max");
    const unattended = { "x-unattended": "1" };
    api.pass(11 * hour);
    assert.equal((await browser.call("GET", "/api/overview", undefined, unattended)).statusCode, 200);
    const news = await api.server.inject({
      url: "/api/live",
      headers: { cookie: browser.cookie },
      payloadAsStream: true,
    });
    assert.equal(news.statusCode, 200);
    news.stream().destroy();
    api.pass(2 * hour);
    assert.equal((await browser.call("GET", "/api/overview")).statusCode, 401);
  });

  it("leaves no row for visitors who do not sign in", async () => {
    const count = async () => (await api.store.db.selectFrom("sessions").select("id").execute()).length;
    const before = await count();
    const answer = await api.server.inject({ url: "/api/session" });
    assert.deepEqual([answer.json<Session>().user, answer.json<Session>().csrf, answer.cookies.length], [null, "", 0]);
    assert.equal(await count(), before);
  });

  it("is noted in the audit", async () => {
    const { rows } = await listAuditEvents(api.app.db, { is: "everything" }, { offset: 0, limit: 100 });
    assert.ok(rows.some(({ actor, action }) => actor === "anna" && action === "signed-in"));
  });
});

describe("one's own password", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    await api.addUser("max", "member");
  });
  after(() => api.close());

  const signIn = async (name: string, password: string) =>
    (await api.server.inject({ method: "POST", url: "/api/session", payload: { name, password } })).statusCode;

  it("is changed by who knows it: only the browser that asked stays signed in, and API tokens stay", async () => {
    const [here, there, anna] = await Promise.all([api.browser("max"), api.browser("max"), api.browser("anna")]);
    const { token } = (await here.call("POST", "/api/tokens", { name: "script" })).json<CreatedToken>();
    const body = { current: passwordOf("max"), password: "another one of max" };
    assert.equal((await here.call("PUT", "/api/session/password", body)).statusCode, 204);
    const seen = async (browser: Browser) => (await browser.call("GET", "/api/overview")).statusCode;
    assert.deepEqual([await seen(here), await seen(there), await seen(anna)], [200, 401, 200]);
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await api.server.inject({ url: "/api/overview", headers })).statusCode, 200);
    assert.deepEqual([await signIn("max", passwordOf("max")), await signIn("max", body.password)], [401, 200]);
    const { rows } = await listAuditEvents(api.app.db, { is: "everything" }, { offset: 0, limit: 100 });
    const event = rows.find(({ action }) => action === "password-changed");
    assert.deepEqual([event?.actor, event?.subject, event?.data], ["max", "max", {}]);
    assert.ok(!api.logged.join("").includes(body.password));
  });

  it("lets nobody in any more once it was changed, not even who was let in by it in the same moment", async () => {
    const { id } = await api.addUser("kim", "member");
    const kim = await api.browser("kim");
    const change = { current: passwordOf("kim"), password: "another one of kim" };
    const answers = await api.store.db.transaction().execute(async (tx) => {
      await setPasswordHash(tx, id, "none that fits");
      const given = [
        signIn("kim", passwordOf("kim")),
        kim.call("PUT", "/api/session/password", change).then(({ statusCode }) => statusCode),
      ];
      let answered = 0;
      for (const one of given) void one.then(() => (answered += 1));
      while ((await waiting()) + answered < given.length) await setTimeout(5);
      return { given };
    });
    assert.deepEqual(await Promise.all(answers.given), [401, 422]);
  });

  const waiting = async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
      api.store.db,
    );
    return rows.length;
  };

  it("stays as it is for who does not know it, and cannot be guessed through an open console", async () => {
    const anna = await api.browser("anna");
    const change = async (current: string, password = "another one of anna") =>
      anna.call("PUT", "/api/session/password", { current, password });
    const wrong = await change("something else");
    assert.deepEqual([wrong.statusCode, wrong.json<ProblemDetails>().errors?.[0]?.pointer], [422, "#/current"]);
    assert.equal((await change(passwordOf("anna"), "short")).statusCode, 422);
    for (let guess = 1; guess < 10; guess += 1) await change(`guess ${guess}`);
    assert.equal((await change(passwordOf("anna"))).statusCode, 429);
    assert.equal(await signIn("anna", passwordOf("anna")), 200);
    assert.equal((await api.server.inject({ method: "PUT", url: "/api/session/password" })).statusCode, 401);
  });
});

describe("sign-in limits", () => {
  it("stop a guesser by name and address, and let others in", async () => {
    const api = await openApi();
    try {
      await api.addUser("anna", "administrator");
      await api.addUser("max", "member");
      const signIn = (name: string, password: string) =>
        api.server.inject({ method: "POST", url: "/api/session", payload: { name, password } });
      for (let guess = 0; guess < 10; guess += 1) {
        assert.equal((await signIn(guess % 2 ? "anna" : "ANNA", `guess ${guess}`)).statusCode, 401);
      }
      const stopped = await signIn("anna", passwordOf("anna"));
      assert.equal(stopped.statusCode, 429);
      assert.equal(stopped.json<{ code: string }>().code, "too-many-requests");
      assert.ok(Number(stopped.headers["retry-after"]) > 0);
      assert.equal((await signIn("max", passwordOf("max"))).statusCode, 200);
    } finally {
      await api.close();
    }
  });
});

describe("behind https", () => {
  it("the cookie is secure and bound to the host", async () => {
    const api = await openApi({ publicUrl: "https://sallyport.example.com" });
    try {
      await api.addUser("anna", "administrator");
      const payload = { name: "anna", password: passwordOf("anna") };
      const answer = await api.server.inject({ method: "POST", url: "/api/session", payload });
      const [cookie] = answer.cookies;
      assert.equal(cookie?.secure, true);
      assert.ok(cookie?.name.startsWith("__Host-"));
      assert.match(String(answer.headers["strict-transport-security"]), /max-age=31536000/);
    } finally {
      await api.close();
    }
  });
});
