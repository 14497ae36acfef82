/** People after they were added: what they may is changed, and they are removed. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { insertInstance } from "#store/instances/instances.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import type { SignInLink } from "../sign-in-links/contract.ts";
import { openApi, passwordOf, type TestApi } from "../testing/open-api.ts";
import type { CreatedToken } from "../tokens/contract.ts";
import type { Users } from "./contract.ts";

describe("people", () => {
  let api: TestApi;
  let anna: Awaited<ReturnType<TestApi["browser"]>>;
  before(async () => {
    api = await openApi();
    await api.addUser("anna", "administrator");
    anna = await api.browser("anna");
  });
  after(() => api.close());

  const rowOf = async (name: string) => {
    const row = (await anna.call("GET", "/api/users")).json<Users>().rows.find((one) => one.name === name);
    assert.ok(row);
    return row;
  };

  it("see what they are given later, and no longer what is taken away", async () => {
    const { id } = await api.addUser("max", "member");
    const max = await api.browser("max");
    const instance = await insertInstance(api.store.db, {
      name: "Contoso",
      takes: { is: "existing" },
      createdBy: "anna",
    });
    const seen = async () => (await max.call("GET", `/api/instances/${instance}`)).statusCode;
    assert.equal(await seen(), 404);
    const given = await anna.call("PUT", `/api/users/${id}`, { role: "member", instances: [instance] });
    assert.equal(given.statusCode, 204, given.body);
    assert.deepEqual([await seen(), (await rowOf("max")).instances], [200, [instance]]);
    await anna.call("PUT", `/api/users/${id}`, { role: "member", instances: [] });
    assert.equal(await seen(), 404);
    assert.equal((await max.call("GET", "/api/users")).statusCode, 403);
    await anna.call("PUT", `/api/users/${id}`, { role: "administrator", instances: [] });
    assert.equal((await max.call("GET", "/api/users")).statusCode, 200);
    const unknown = "0199f1a2-6d1e-7000-8a51-0c5d2f6f1a11";
    const wrong = await anna.call("PUT", `/api/users/${id}`, { role: "member", instances: [unknown] });
    assert.deepEqual([wrong.statusCode, (await rowOf("max")).role], [422, "administrator"]);
  });

  it("are out at once when they are removed, with their tokens", async () => {
    const { id } = await api.addUser("eve", "member");
    const eve = await api.browser("eve");
    const { token } = (await eve.call("POST", "/api/tokens", { name: "script" })).json<CreatedToken>();
    assert.equal((await anna.call("DELETE", `/api/users/${id}`)).statusCode, 204);
    assert.equal((await eve.call("GET", "/api/overview")).statusCode, 401);
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await api.server.inject({ url: "/api/overview", headers })).statusCode, 401);
    assert.equal((await anna.call("DELETE", `/api/users/${id}`)).statusCode, 404);
    const [event] = (await listAuditEvents(api.store.db, { is: "everything" }, { offset: 0, limit: 1 })).rows;
    assert.deepEqual([event?.actor, event?.action, event?.subject], ["anna", "user-removed", "eve"]);
  });

  it("get a new password, which ends what the former let in but their tokens", async () => {
    const { id } = await api.addUser("zoe", "administrator");
    const zoe = await api.browser("zoe");
    const { token } = (await zoe.call("POST", "/api/tokens", { name: "script" })).json<CreatedToken>();
    const link = new URL((await zoe.call("POST", "/api/sign-in-links")).json<SignInLink>().url).pathname;
    const password = "chosen by anna";
    const short = await anna.call("PUT", `/api/users/${id}/password`, { password: "short" });
    assert.equal(short.statusCode, 422);
    assert.equal((await anna.call("PUT", `/api/users/${id}/password`, { password })).statusCode, 204);
    assert.equal((await zoe.call("GET", "/api/overview")).statusCode, 401);
    assert.equal((await api.server.inject({ url: link })).statusCode, 410);
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await api.server.inject({ url: "/api/overview", headers })).statusCode, 200);
    const signIn = async (payload: object) =>
      (await api.server.inject({ method: "POST", url: "/api/session", payload })).statusCode;
    assert.equal(await signIn({ name: "zoe", password: passwordOf("zoe") }), 401);
    assert.equal(await signIn({ name: "zoe", password }), 200);
    const { rows } = await listAuditEvents(api.store.db, { is: "everything" }, { offset: 0, limit: 9 });
    const event = rows.find(({ action }) => action === "password-changed");
    assert.deepEqual([event?.actor, event?.subject, event?.data], ["anna", "zoe", {}]);
    await anna.call("DELETE", `/api/users/${id}`);
  });

  it("are given one by administrators, who change their own in another way", async () => {
    const { id } = await rowOf("anna");
    const body = { password: "twelve or more" };
    assert.equal((await anna.call("PUT", `/api/users/${id}/password`, body)).statusCode, 409);
    const { id: other } = await api.addUser("kim", "member");
    const kim = await api.browser("kim");
    assert.equal((await kim.call("PUT", `/api/users/${other}/password`, body)).statusCode, 403);
    const unknown = "0199f1a2-6d1e-7000-8a51-0c5d2f6f1a11";
    assert.equal((await anna.call("PUT", `/api/users/${unknown}/password`, body)).statusCode, 404);
  });

  it("do not do either to themselves, so that an administrator is left", async () => {
    const { id } = await rowOf("anna");
    assert.equal((await anna.call("DELETE", `/api/users/${id}`)).statusCode, 409);
    assert.equal((await anna.call("PUT", `/api/users/${id}`, { role: "member", instances: [] })).statusCode, 409);
  });

  const waiting = async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
      api.store.db,
    );
    return rows.length;
  };

  /** Both orders are let in while both are administrators, and meet the other's only where they change something. */
  async function atOnce(orders: readonly (() => Promise<{ readonly statusCode: number }>)[]): Promise<number[]> {
    const answers = await api.store.db.transaction().execute(async (tx) => {
      await tx.selectFrom("users").select("id").forUpdate().execute();
      const given = orders.map(async (order) => order());
      while ((await waiting()) < orders.length) await setTimeout(5);
      return { given };
    });
    return (await Promise.all(answers.given)).map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
  }

  for (const [what, method, body] of [
    ["remove", "DELETE", undefined],
    ["take the rights of", "PUT", { role: "member", instances: [] }],
  ] as const) {
    it(`leave an administrator when two ${what} each other in the same moment`, async () => {
      const [ann, ben] = await Promise.all(
        ["ann", "ben"].map((name) => api.addUser(`${name} ${what}`, "administrator")),
      );
      assert.ok(ann && ben);
      const [annOnline, benOnline] = await Promise.all([ann, ben].map(({ name }) => api.browser(name)));
      const answers = await atOnce([
        async () => annOnline!.call(method, `/api/users/${ben.id}`, body),
        async () => benOnline!.call(method, `/api/users/${ann.id}`, body),
      ]);
      assert.deepEqual(answers, [204, 403]);
      const left = (await anna.call("GET", "/api/users"))
        .json<Users>()
        .rows.filter(({ id }) => id === ann.id || id === ben.id);
      assert.equal(left.filter(({ role }) => role === "administrator").length, 1);
    });
  }
});
