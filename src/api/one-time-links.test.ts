import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { makeFirstStartLink } from "./first-administrator/make-first-start-link.ts";
import type { Session } from "./session/contract.ts";
import type { ProblemDetails } from "./shapes/problem-details.ts";
import type { SignInLink } from "./sign-in-links/contract.ts";
import { cookieOf, openApi, type TestApi } from "./testing/open-api.ts";

const hour = 60 * 60_000;

describe("the first start", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
  });
  after(() => api.close());

  const tokenOf = (link: string | undefined) => new URL(link ?? "").searchParams.get("token") ?? "";
  const create = (token: string, name = "anna") => {
    const payload = { token, name, password: "twelve or more" };
    return api.server.inject({ method: "POST", url: "/api/first-administrator", payload });
  };

  const waiting = async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
      api.store.db,
    );
    return rows.length;
  };

  it("is said to the console", async () => {
    assert.equal((await api.server.inject({ url: "/api/session" })).json<Session>().firstStart, true);
  });

  it("refuses a wrong, an old and a used token, and lets one of two at the same moment win", async () => {
    assert.equal((await create("wrong")).json<ProblemDetails>().code, "forbidden");
    const old = tokenOf(await makeFirstStartLink(api.app));
    api.pass(25 * hour);
    assert.equal((await create(old)).statusCode, 403);
    const token = tokenOf(await makeFirstStartLink(api.app));
    const asked = await api.store.db.transaction().execute(async (tx) => {
      await tx.selectFrom("signInLinks").selectAll().forUpdate().execute();
      const both = [create(token, "anna"), create(token, "bert")];
      let answered = 0;
      for (const one of both) void one.then(() => (answered += 1));
      while ((await waiting()) + answered < both.length) await setTimeout(5);
      return { both };
    });
    const answers = await Promise.all(asked.both);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b),
      [200, 403],
    );
    const won = answers.find(({ statusCode }) => statusCode === 200);
    assert.ok(won);
    const session = won.json<Session>();
    assert.equal(session.user?.role, "administrator");
    const headers = { cookie: cookieOf(won) };
    assert.equal((await api.server.inject({ url: "/api/users", headers })).statusCode, 200);
  });

  it("is over once there is somebody", async () => {
    assert.equal(await makeFirstStartLink(api.app), undefined);
    assert.equal((await create("anything")).statusCode, 409);
    assert.equal((await api.server.inject({ url: "/api/session" })).json<Session>().firstStart, false);
  });
});

describe("sign-in links", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
  });
  after(() => api.close());

  async function makeLink(): Promise<string> {
    const browser = await api.browser("anna");
    const answer = await browser.call("POST", "/api/sign-in-links");
    assert.equal(answer.statusCode, 201);
    return new URL(answer.json<SignInLink>().url).pathname;
  }

  it("sign in once, and leave the address behind", async () => {
    const url = await makeLink();
    const answer = await api.server.inject({ url });
    assert.equal(answer.statusCode, 303);
    assert.equal(answer.headers.location, "/");
    assert.equal(answer.headers["referrer-policy"], "no-referrer");
    assert.equal(answer.headers["cache-control"], "no-store");
    const headers = { cookie: cookieOf(answer) };
    assert.equal((await api.server.inject({ url: "/api/session", headers })).json<Session>().user?.name, "anna");
    const again = await api.server.inject({ url });
    assert.equal(again.statusCode, 410);
    assert.equal(again.cookies.length, 0);
  });

  it("are not used up by a preview", async () => {
    const url = await makeLink();
    assert.equal((await api.server.inject({ method: "HEAD", url })).statusCode, 404);
    assert.equal((await api.server.inject({ url })).statusCode, 303);
  });

  it("expire, and are no first-start tokens", async () => {
    const url = await makeLink();
    const stored = await api.store.db.selectFrom("signInLinks").selectAll().execute();
    assert.ok(!JSON.stringify(stored).includes(url.split("/").at(-1) ?? ""));
    api.pass(2 * hour);
    assert.equal((await api.server.inject({ url })).statusCode, 410);
  });
});
