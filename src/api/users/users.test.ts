/** People after they were added: what they may is changed, and they are removed. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { insertInstance } from "#store/instances/instances.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";
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

  it("do not do either to themselves, so that an administrator is left", async () => {
    const { id } = await rowOf("anna");
    assert.equal((await anna.call("DELETE", `/api/users/${id}`)).statusCode, 409);
    assert.equal((await anna.call("PUT", `/api/users/${id}`, { role: "member", instances: [] })).statusCode, 409);
  });
});
